"""A veil shown: how far the plane is from real activations."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stable_regions.pictures.look import Look
from stable_regions.pictures.planes import NO_CHART, NO_FILM
from stable_regions.pictures.show import Absent, Show
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    import plotly.graph_objects as go


def figure(result: Result, parts: Sequence[Result], look: Look) -> "go.Figure":
    """The distance from real activations, those near the plane, and the anchors."""
    from stable_regions.pictures.maps import veil_map
    from stable_regions.pictures.plane_figure import with_anchors

    return with_anchors(veil_map(result), result, look.palette)


SHOW = Show(
    table=Absent("Its points and its bank are of two lengths; take .npz."),
    chart=NO_CHART,
    picture=Absent("It is drawn over a slice; take .html, or the slice's own .png."),
    film=NO_FILM,
    figure=figure,
)
