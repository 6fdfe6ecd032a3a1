"""A point shown: its likeliest next tokens."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stable_regions.pictures.look import Look
from stable_regions.pictures.planes import NO_CHART, NO_FILM
from stable_regions.pictures.show import Absent, Show
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    import plotly.graph_objects as go


def figure(result: Result, parts: Sequence[Result], look: Look) -> "go.Figure":
    """Bars of the likeliest next tokens in each context."""
    from stable_regions.pictures.token_bars import token_bars

    return token_bars(result, look.palette)


SHOW = Show(
    table=Absent("It has a row of tokens for each context; take .npz."),
    chart=NO_CHART,
    picture=Absent("It is one point; take .html."),
    film=NO_FILM,
    figure=figure,
)
