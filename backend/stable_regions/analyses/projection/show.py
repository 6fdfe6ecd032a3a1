"""Projections shown: where further prompts fall on the plane."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stable_regions.pictures.look import Look
from stable_regions.pictures.planes import NO_CHART, NO_FILM
from stable_regions.pictures.show import Absent, Show
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    import plotly.graph_objects as go


def figure(result: Result, parts: Sequence[Result], look: Look) -> "go.Figure":
    """The prompts at their projections, a ring as large as they are off the plane, and the anchors."""
    from stable_regions.pictures.maps import projection_map
    from stable_regions.pictures.plane_figure import with_anchors

    return with_anchors(projection_map(result), result, look.palette)


SHOW = Show(
    table=Absent("It has several tables; take .npz."),
    chart=NO_CHART,
    picture=Absent("It is drawn over a slice; take .html, or the slice's own .png."),
    film=NO_FILM,
    figure=figure,
)
