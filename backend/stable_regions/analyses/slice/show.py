"""A slice shown: the field, and a row a point."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stable_regions.pictures.look import Look
from stable_regions.pictures.planes import NO_CHART, NO_FILM, plane_picture, plane_table
from stable_regions.pictures.show import Show
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    import plotly.graph_objects as go


def figure(result: Result, parts: Sequence[Result], look: Look) -> "go.Figure":
    """The map, with the anchors on it; it answers the pointer."""
    from stable_regions.pictures.plane_figure import slice_figure, with_anchors

    return with_anchors(slice_figure(result, look), result, look.palette)


SHOW = Show(
    table=plane_table,
    chart=NO_CHART,
    picture=plane_picture,
    film=NO_FILM,
    figure=figure,
)
