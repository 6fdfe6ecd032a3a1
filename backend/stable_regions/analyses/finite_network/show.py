"""A finite network shown: its distance to the mean field over the tokens, and the overlaps as a table."""

from collections.abc import Sequence

import numpy as np

from stable_regions.pictures.chart import Axis, Chart, Line
from stable_regions.pictures.show import Absent, Columns, Show
from stable_regions.schemas.result import Result


def table(result: Result) -> Columns:
    """A row a token: the mean field, the kept replicas, the distance of all of them."""
    features = result["mean_field"].shape[1]
    columns: dict[str, list[float] | list[int]] = {"token": list(range(1, len(result["mean_field"]) + 1))}
    for a in range(features):
        columns[f"mean_field_{a + 1}"] = result["mean_field"][:, a].tolist()
    for replica, rows in enumerate(result["output"]):
        for a in range(features):
            columns[f"replica_{replica + 1}_{a + 1}"] = rows[:, a].tolist()
    return {**columns, "rms_distance": result["distance"].tolist()}


def chart(result: Result, parts: Sequence[Result]) -> Chart:
    """Root mean square distance over the tokens, and 1/√N."""
    steps = [float(t) for t in range(1, len(result["distance"]) + 1)]
    units = result.recipe["units"]
    assert isinstance(units, int)
    law = 1 / float(np.sqrt(units))
    lines = [
        Line("replicas to mean field", steps, result["distance"].tolist(), kind="line"),
        Line("1/√N", steps, [law] * len(steps), kind="line", look=1, dash=1),
    ]
    mean, deviation = result["z"].tolist()
    note = f"One-step z: {mean:.3f} ± {deviation:.3f}. First five tokens: {result['short'][0]:.3f} times 1/√N."
    title = f"{units:,} units, β = {result.recipe['beta']}"
    return Chart(title, Axis("token"), Axis("root mean square distance, overlap"), lines, note=note)


SHOW = Show(
    table=table,
    chart=chart,
    picture=Absent("It is a series; take its chart, .svg."),
    film=Absent("It is a series; take its chart, .svg."),
)
