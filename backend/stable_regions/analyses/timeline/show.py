"""Regions over training shown: how many, how alike, how sharp, and their areas."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stable_regions.pictures.look import Look
from stable_regions.pictures.planes import NO_CHART
from stable_regions.pictures.show import Absent, Show
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    import plotly.graph_objects as go


def figure(result: Result, parts: Sequence[Result], look: Look) -> "go.Figure":
    """Four rows of lines over one axis of checkpoints."""
    from stable_regions.pictures.training import timeline_lines

    return timeline_lines(result)


SHOW = Show(
    table=Absent("It has a table for frames, one for regions and one for events; take .npz."),
    chart=NO_CHART,
    picture=Absent("It is lines over training; take .html."),
    film=Absent("Ask for an animation of the same slice."),
    figure=figure,
    brings="frames",
)
