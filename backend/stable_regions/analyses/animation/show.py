"""An animation shown: its frames as a film and side by side; as a figure, sharpness over training."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stable_regions.pictures.look import Look
from stable_regions.pictures.show import Absent, Show
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from PIL import Image


def picture(result: Result, parts: Sequence[Result], look: Look) -> "Image.Image":
    """All checkpoints side by side."""
    from stable_regions.pictures.film import side_by_side

    return side_by_side(parts, look)


def film(result: Result, parts: Sequence[Result], look: Look) -> "Sequence[Image.Image]":
    """One image a checkpoint, all in one look."""
    from stable_regions.pictures.film import images

    return images(parts, look)


def figure(result: Result, parts: Sequence[Result], look: Look) -> "go.Figure":
    """Sharpness of the border along A→B at each checkpoint."""
    from stable_regions.pictures.training import sharpness_line

    return sharpness_line(result)


SHOW = Show(
    table=Absent("Each frame has a table of its own; ask for the slice at that checkpoint."),
    chart=Absent("It is a film; take .gif or .mp4."),
    picture=picture,
    film=film,
    figure=figure,
    brings="frames",
)
