"""What a result can be shown as: each analysis says it of its own, in `show.py`.

A kind that an analysis does not have is `Absent`, with the reason; asked for all the same, it is refused with that reason
and never drawn as something else.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from stable_regions.pictures.chart import Chart
from stable_regions.pictures.look import Look
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from PIL import Image

Columns = Mapping[str, Iterable[object]]
"""A table: columns of one length by name, units in the names."""


@dataclass(frozen=True)
class Absent:
    """A kind that there is not, and why: one sentence that says what to take instead."""

    why: str


@dataclass(frozen=True)
class Show:
    """What one analysis' results are shown as. `parts` of a result are the results it names, if it `brings` them.

    Attributes:
        table: the columns of its CSV.
        chart: lines, bars and bands; its SVG, and its figure if it has no other.
        picture: an image; its PNG.
        film: images of one size, in order; its GIF and MP4.
        figure: a plotly figure; None: the chart's. Import plotly inside: it is slow, and seldom needed.
        brings: which list in the metadata names parts that come with an answer; "": none.
    """

    table: Callable[[Result], Columns] | Absent
    chart: Callable[[Result, Sequence[Result]], Chart] | Absent
    picture: "Callable[[Result, Sequence[Result], Look], Image.Image] | Absent"
    film: "Callable[[Result, Sequence[Result], Look], Sequence[Image.Image]] | Absent"
    figure: "Callable[[Result, Sequence[Result], Look], go.Figure] | Absent | None" = None
    brings: Literal["", "frames", "cells"] = ""

    def absent(self, kind: str) -> str | None:
        """Why there is no file of a kind; None: there is one.

        Raises:
            ValueError: files of that kind are unknown.
        """
        match kind:
            case "npz" | "safetensors" | "json":
                return None
            case "csv":
                found = self.table
            case "svg":
                found = self.chart
            case "png":
                found = self.picture
            case "gif" | "mp4":
                found = self.film
            case "html":
                found = self.chart if self.figure is None else self.figure
            case _:
                raise ValueError(f"nothing is saved as {kind!r}; known are {', '.join(KINDS)}")
        return found.why if isinstance(found, Absent) else None

    @property
    def kinds(self) -> tuple[str, ...]:
        """Suffixes that a result can be saved with."""
        return tuple(kind for kind in KINDS if self.absent(kind) is None)


KINDS = ("gif", "mp4", "png", "npz", "safetensors", "csv", "svg", "html", "json")
"""Every kind of file."""
