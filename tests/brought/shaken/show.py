"""It shown: the lengths in order."""

from collections.abc import Sequence

import numpy as np

from stable_regions.pictures.chart import Axis, Chart, Line
from stable_regions.pictures.series import numbers
from stable_regions.pictures.show import Absent, Columns, Show
from stable_regions.schemas.result import Result


def table(result: Result) -> Columns:
    """One row a step."""
    return {"moved": result["moved"]}


def chart(result: Result, parts: Sequence[Result]) -> Chart:
    """The lengths, shortest first, over the share of the steps."""
    moved = np.sort(result["moved"])
    share = numbers(np.linspace(0, 1, len(moved)))
    return Chart(
        "how far the output moves",
        Axis("share of the steps", low=0, high=1),
        Axis("length", low=0),
        [Line("steps", share, numbers(moved), kind="line")],
    )


SHOW = Show(
    table=table,
    chart=chart,
    picture=Absent("It is no picture of a plane; take its chart, .svg."),
    film=Absent("It does not move; take its chart, .svg."),
)
