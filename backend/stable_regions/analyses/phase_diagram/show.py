"""A phase diagram shown: its picture coloured by the largest exponent, a row a point."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from stable_regions.maths.mean_field.regimes import REGIMES
from stable_regions.pictures.exponent_colours import colours
from stable_regions.pictures.look import Look
from stable_regions.pictures.show import Absent, Columns, Show
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from PIL import Image


def table(result: Result) -> Columns:
    """A row a point, x fastest."""
    side = len(result["x"])
    columns = {
        str(result.recipe["x"]): np.tile(result["x"], side).tolist(),
        str(result.recipe["y"]): np.repeat(result["y"], side).tolist(),
        "regime": [REGIMES[int(code)] for code in result["regime"].ravel()],
        "period_tokens": [int(length) or "" for length in result["period"].ravel()],
    }
    for k, plane in enumerate(result["exponents"]):
        columns[f"lambda{k + 1}_per_token"] = plane.ravel().tolist()
    return columns


def picture(result: Result, parts: Sequence[Result], look: Look) -> "Image.Image":
    """λ1 over the two parameters, y upward: blue below 0, white at 0, red above."""
    from PIL import Image

    pixels = colours(np.asarray(result["exponents"][0]))[::-1].round().astype(np.uint8)
    each = max(1, round(look.size / len(pixels)))
    return Image.fromarray(pixels.repeat(each, axis=0).repeat(each, axis=1))


def figure(result: Result, parts: Sequence[Result], look: Look) -> "go.Figure":
    """λ1 as a heat map with its regimes under the pointer."""
    import plotly.graph_objects as go

    names = [[REGIMES[int(code)] for code in row] for row in result["regime"]]
    scale = [[0.0, "rgb(64,118,255)"], [0.5, "rgb(244,244,246)"], [1.0, "rgb(255,74,60)"]]
    heat = go.Heatmap(
        x=result["x"].tolist(),
        y=result["y"].tolist(),
        z=result["exponents"][0].tolist(),
        text=names,
        zmid=0,
        zmin=-0.12,
        zmax=0.12,
        colorscale=scale,
        colorbar={"title": {"text": "λ1"}},
    )
    axes = {"xaxis": {"title": {"text": result.recipe["x"]}}, "yaxis": {"title": {"text": result.recipe["y"]}}}
    return go.Figure([heat], {"title": {"text": "Mean-field self-attention: largest exponent"}, **axes})


SHOW = Show(
    table=table,
    chart=Absent("It is a map; take its picture, .png, or .html."),
    picture=picture,
    film=Absent("It does not move; take its picture, .png."),
    figure=figure,
)
