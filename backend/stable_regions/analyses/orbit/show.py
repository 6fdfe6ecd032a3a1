"""An orbit shown: a table with a row a token, and its first feature over time."""

from collections.abc import Sequence

import numpy as np

from stable_regions.pictures.chart import Axis, Chart, Line
from stable_regions.pictures.show import Absent, Columns, Show
from stable_regions.schemas.result import Result

DRAWN = 400
"""Tokens that the chart shows, the last ones."""


def table(result: Result) -> Columns:
    """A row a token; a column for each overlap and feature."""
    names = ("output", "value", "query", "key", "attention")
    columns = {f"{name}_{a + 1}": result[name][:, a] for name in names for a in range(result[name].shape[1])}
    return {"token": range(len(result["output"])), **columns}


def chart(result: Result, parts: Sequence[Result]) -> Chart:
    """The features' output overlaps over the last tokens."""
    series = np.asarray(result["output"][-DRAWN:])
    first = len(result["output"]) - len(series)
    lines = [
        Line(f"m{a + 1}", [float(first + t) for t in range(len(series))], series[:, a].tolist(), kind="line", look=a)
        for a in range(series.shape[1])
    ]
    period = result.metadata["period"]
    regime = f"period {period}" if result.metadata["regime"] == "periodic" else str(result.metadata["regime"])
    exponents = ", ".join(f"λ{k + 1} = {value:.4f}" for k, value in enumerate(result["exponents"].tolist()))
    title = f"Mean-field self-attention, β = {result.recipe['beta']}: {regime}"
    return Chart(title, Axis("token"), Axis("output overlap, semantic part"), lines, note=exponents)


SHOW = Show(
    table=table,
    chart=chart,
    picture=Absent("It is a series; take its chart, .svg."),
    film=Absent("It is a series; take its chart, .svg."),
)
