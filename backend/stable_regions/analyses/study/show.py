"""A study shown: medians with their intervals and controls over training, a row a cell."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from stable_regions.pictures.chart import Axis, Chart, Line
from stable_regions.pictures.series import LAYER, lies_over, models_of, numbers
from stable_regions.pictures.show import Absent, Columns, Show
from stable_regions.schemas.path import CALLED, CONTROLS
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    pass


def chart(result: Result, parts: Sequence[Result]) -> Chart:
    """Median sharpness with interval, quartiles and controls over training tokens, or what is known of: steps, else parameters.

    Of one checkpoint at several layers, over the layers. A colour and a symbol for each model, a dash for each layer.
    """
    models = result.metadata["models"]
    assert isinstance(models, list)
    over, along = lies_over(result)
    layers = sorted({int(layer) for layer in result["write_layer"]})
    groups = [layers] if along == LAYER else [[layer] for layer in layers]
    lines: list[Line] = []
    for model in sorted({int(place) for place in result["model"]}):
        for dash, group in enumerate(groups):
            rows = (result["model"] == model) & np.isin(result["write_layer"], group)
            order = np.argsort(over[rows], kind="stable")
            values = {name: numbers(result[name][rows][order]) for name in ("median", "lower", "upper")}
            own = str(models[model]).rpartition("/")[2]
            name = f"{own}, layer {group[0]}" if len(groups) > 1 else own
            x = numbers(over[rows][order])
            sure = [(float(low), float(high)) for low, high in result["interval"][rows][order]]
            lines.append(
                Line(name, x, values["median"], values["lower"], values["upper"], look=model, dash=dash, inner=sure)
            )
    recipe = result.recipe
    at = f"write layer {layers[0]}, " if len(layers) == 1 else ""
    return Chart(
        title=f"Sharpness under {recipe['distance']}: medians, 95 % intervals (thick), quartiles; {recipe['pairs']:,} pairs",
        x=Axis(along, low=0) if along == LAYER else Axis(along, logarithmic=True),
        y=Axis("sharpness (1: a straight line)", low=0),
        lines=[*lines, *_controls(result, over)],
        note=f"{at}{recipe['prompt_tokens']}-token prompts of {recipe['corpus']}, seed {recipe['seed']}, "
        f"{recipe['steps']} steps; grey: medians of the controls",
    )


def _controls(result: Result, over: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[Line]:
    """A grey band for each control: its medians at each place, from the lowest to the highest of the models and layers."""
    lines: list[Line] = []
    x = [float(place) for place in np.unique(over)]
    for row, name in enumerate(CONTROLS):
        medians = [result["control_quartiles"][over == place, row, 1].astype(float) for place in x]
        low, high = ([float(end(values)) for values in medians] for end in (np.min, np.max))
        middle = [(a + b) / 2 for a, b in zip(low, high, strict=True)]
        lines.append(Line(CALLED[name], x, middle, low, high, kind="band", dash=row + 1, quiet=True))
    return lines


def table(result: Result) -> Columns:
    """One row a cell."""
    models = result.metadata["models"]
    assert isinstance(models, list)
    return {
        "model": [models[int(place)] for place in result["model"]],
        "revision": [model["revision"] for model in models_of(result)],
        **{name: result[name] for name in ("parameters", "step", "tokens", "write_layer")},
        **{f"sharpness_{name}": result[name] for name in ("lower", "median", "upper")},
        **{f"median_95_{end}": result["interval"][:, place] for place, end in enumerate(("low", "high"))},
        **{f"{name}_median": result["control_quartiles"][:, row, 1] for row, name in enumerate(CONTROLS)},
        "width_alpha_lower": result["width_lower"],
        "width_alpha_median": result["width"],
        "width_alpha_upper": result["width_upper"],
        **{name: result[name] for name in ("pairs", "left_out")},
    }


SHOW = Show(
    table=table,
    chart=chart,
    picture=Absent("It is no picture of a plane; take its chart, .svg."),
    film=Absent("It does not move; take its chart, .svg."),
)
