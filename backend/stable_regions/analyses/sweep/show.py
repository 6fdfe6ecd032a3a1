"""A sweep shown: the curves of its cells, or what they say over checkpoints and layers."""

from collections.abc import Sequence

import numpy as np

from stable_regions.pictures.chart import Axis, Chart, Line
from stable_regions.pictures.series import LAYER, lies_over, listed, models_of, numbers
from stable_regions.pictures.show import Absent, Columns, Show
from stable_regions.schemas.result import Result


def chart(result: Result, parts: Sequence[Result]) -> Chart:
    """The curves of a sweep's cells, from first to last; where they have none, sharpness over checkpoints, or how well
    d(1) tells meanings apart, a line for each layer.
    """
    inner = result.recipe.get("request")
    model = inner.get("model") if isinstance(inner, dict) else None
    name = f"{model['name']}: " if isinstance(model, dict) else ""
    if parts and all("curve" in cell.arrays and "distance" not in cell.arrays for cell in parts):
        return Chart(f"{name}curves", Axis("share of the way", low=0, high=1), Axis("d / d(1)", low=0), _curves(parts))
    judged = "auc" in result.arrays
    over, along = lies_over(result)
    values = result["auc"][:, 0] if judged else result["sharpness"]
    lines: list[Line] = []
    for place, layer in enumerate(sorted({int(layer) for layer in result["write_layer"]})):
        rows = result["write_layer"] == layer
        order = np.argsort(over[rows], kind="stable")
        lines.append(Line(f"layer {layer}", numbers(over[rows][order]), numbers(values[rows][order]), look=place))
    return Chart(
        title=name + ("d(1) tells same from different meaning" if judged else "sharpness"),
        x=Axis(along, logarithmic=along != LAYER),
        y=Axis("AUC (0.5: guessing)", low=0, high=1) if judged else Axis("sharpness (1: a straight line)", low=0),
        lines=lines,
    )


def _curves(cells: Sequence[Result]) -> list[Line]:
    """One line a cell, from dark to light."""
    lines: list[Line] = []
    for place, cell in enumerate(cells):
        model = cell.recipe["model"]
        revision = model["revision"] if isinstance(model, dict) else ""
        name = f"{revision}, layer {cell.recipe['write_layer']}"
        shade = place / max(1, len(cells) - 1)
        lines.append(Line(name, numbers(cell["alpha"]), numbers(cell["curve"]), kind="line", shade=shade))
    return lines


def table(result: Result) -> Columns:
    """One row a cell."""
    scores = result.metadata.get("scores")
    areas = (
        {f"auc_{name}": column for name, column in zip(listed(scores), result["auc"].T, strict=True)} if scores else {}
    )
    return {
        "model": [model["name"] for model in models_of(result)],
        "revision": [model["revision"] for model in models_of(result)],
        **{name: result[name] for name in ("step", "tokens", "write_layer", "sharpness")},
        **areas,
    }


SHOW = Show(
    table=table,
    chart=chart,
    picture=Absent("It is no picture of a plane; take its chart, .svg."),
    film=Absent("It does not move; take its chart, .svg."),
    brings="cells",
)
