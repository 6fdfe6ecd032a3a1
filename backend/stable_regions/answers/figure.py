"""Results as plotly.py figures: what `result.figure()` shows in a notebook."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from stable_regions.answers.shown import chart, refuse_absent, shown_as
from stable_regions.pictures.lines import plotted
from stable_regions.pictures.look import Look, Normalisation, Palette, Triple
from stable_regions.pictures.show import Absent
from stable_regions.schemas.result import Result

QUIET_CONFIG = {"displaylogo": False, "showSendToCloud": False}
"""Plotly's page offers to upload charts unless it is told not to."""


class QuietFigure(go.Figure):
    """A plotly figure that offers no upload, neither shown nor displayed by a notebook."""

    def show(self, *args: Any, **kwargs: Any) -> None:  # plotly's own open signature
        super().show(*args, **{**kwargs, "config": {**QUIET_CONFIG, **(kwargs.get("config") or {})}})

    def _ipython_display_(self) -> None:
        self.show()


def figure(
    result: Result,
    palette: Palette = "paper",
    normalisation: Normalisation = "frame",
    sequence: Triple | None = None,
    frames: Sequence[Result] = (),
) -> go.Figure:
    """A plotly figure of a result: its analysis' own, or its chart."""
    show, look = shown_as(result), Look(palette=palette, normalisation=normalisation, sequence=sequence)
    refuse_absent(show, "html", result)
    if isinstance(show.figure, Absent | None):
        return QuietFigure(plotted(chart(result, frames)))
    return QuietFigure(show.figure(result, frames, look))


def page(chart: go.Figure) -> str:
    """The figure as one HTML file that opens from a disk, plotly inside, without its upload button."""
    return chart.to_html(include_plotlyjs=True, config={**QUIET_CONFIG})
