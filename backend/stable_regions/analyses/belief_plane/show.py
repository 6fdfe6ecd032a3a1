"""The beliefs of a plane shown: points as rows; the plane in the beliefs' colours."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from stable_regions.pictures.look import Look
from stable_regions.pictures.planes import NO_CHART, NO_FILM
from stable_regions.pictures.series import listed
from stable_regions.pictures.show import Columns, Show
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from PIL import Image


def table(result: Result) -> Columns:
    """One row a point, β then α rising."""
    belief = np.asarray(result["belief"])
    words = [str(word) for word in listed(result.metadata["words"])]
    tokens = result.metadata["tokens"]
    assert isinstance(tokens, dict)
    rows, columns, _ = belief.shape
    return {
        "alpha": np.tile(result["alpha"], rows),
        "beta": np.repeat(result["beta"], columns),
        **{f"belief_{state}": belief[:, :, n].reshape(-1) for n, state in enumerate(listed(result.metadata["states"]))},
        "word": [words[n] for n in result["word"].reshape(-1)],
        "name": [str(tokens[str(token)]) for token in result["name"].reshape(-1)],
    }


def picture(result: Result, parts: Sequence[Result], look: Look) -> "Image.Image":
    """The plane in the beliefs' colours, β upward."""
    from PIL import Image

    from stable_regions.pictures.simplex import belief_colours

    belief = np.asarray(result["belief"])
    pixels = belief_colours(belief.reshape(-1, belief.shape[2]).astype(np.float64)).reshape(*belief.shape[:2], 3)
    return Image.fromarray(pixels[::-1]).resize((look.size, look.size), Image.Resampling.NEAREST)


def figure(result: Result, parts: Sequence[Result], look: Look) -> "go.Figure":
    """The same with its axes and the anchors."""
    from stable_regions.pictures.maps import belief_map
    from stable_regions.pictures.plane_figure import with_anchors

    return with_anchors(belief_map(result), result, look.palette)


SHOW = Show(table=table, chart=NO_CHART, picture=picture, film=NO_FILM, figure=figure)
