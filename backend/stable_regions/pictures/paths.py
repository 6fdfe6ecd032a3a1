"""A path and what comes out along it: the chart and the table of a curve, and of a line across a plane."""

from collections.abc import Iterable, Sequence

import numpy as np

from stable_regions.pictures.chart import Axis, Chart, Line
from stable_regions.pictures.series import numbers, text_of, texts
from stable_regions.pictures.show import Columns
from stable_regions.schemas.path import CALLED, CONTROLS
from stable_regions.schemas.result import Result


def path_chart(result: Result, parts: Sequence[Result]) -> Chart:
    """A curve of a pair of prompts, or of a line: c(α), and the straight line it would be without regions."""
    sharp, wide = (float(result[name][0]) for name in ("sharpness", "width"))
    defined = bool(np.isfinite(sharp))
    straight = Line("a straight line", [0, 1], [0, 1], kind="line", look=4, dash=2)
    own = Line("d(α) / d(1)", numbers(result["alpha"]), numbers(result["curve"]), kind="line")
    along = "share of the way" if result.recipe["analysis"] == "line" else "α, share of the way from A to B"
    return Chart(
        title=f"sharpness {sharp:.2f}, width {wide:.2f}" if defined else str(result.metadata["undefined"]),
        x=Axis(along, low=0, high=1),
        y=Axis(f"{result.recipe['distance']}, d(α) / d(1)", low=0),
        lines=[straight, *_controls(result), own] if defined else [straight],
        note=_beside(result),
    )


def _controls(result: Result) -> list[Line]:
    """The curves of the controls, thin; a line across a plane has none."""
    if "control" not in result.arrays:
        return []
    x = numbers(result["alpha"])
    return [
        Line(CALLED[name], x, numbers(result["control"][row]), kind="line", dash=row + 1, quiet=True)
        for row, name in enumerate(CONTROLS)
    ]


def _beside(result: Result) -> str:
    """The number of samples, and what the controls read."""
    steps = f"{len(result['alpha'])} steps"
    if "control" not in result.arrays:
        return steps
    read = (f"{CALLED[name]} {float(result['control_sharpness'][row]):.2f}" for row, name in enumerate(CONTROLS))
    return f"{steps}; controls: {', '.join(read)}"


def path_table(result: Result) -> Columns:
    """One row a sample; `coordinates` as two columns, tokens as text."""
    known = texts(result)
    columns: dict[str, Iterable[object]] = {name: result[name] for name in ("alpha", "curve")}
    if "logit_diff" in result.arrays:
        columns["logit_diff"] = result["logit_diff"]
    if "coordinates" in result.arrays:
        columns |= zip(("coordinates_alpha", "coordinates_beta"), result["coordinates"].T, strict=True)
    if "control" in result.arrays:
        columns |= {f"{name}_curve": result["control"][row] for row, name in enumerate(CONTROLS)}
    columns["top_token"] = [text_of(known, token) for token in result["top_token"]]
    return columns
