"""Results as charts: one function for each analysis whose result is lines."""

from collections.abc import Callable, Sequence

import numpy as np

from stable_regions.pictures.chart import Axis, Chart, Line
from stable_regions.schemas.result import Json, Result

BINS = 30
"""Of a histogram."""


def curve(result: Result) -> Chart:
    """A curve of a pair of prompts, or of a line: c(α), and the straight line it would be without regions."""
    sharp, wide = (float(result[name][0]) for name in ("sharpness", "width"))
    defined = bool(np.isfinite(sharp))
    straight = Line("a straight line", [0, 1], [0, 1], kind="line", look=4, dash=2)
    own = Line("d(α) / d(1)", _numbers(result["alpha"]), _numbers(result["curve"]), kind="line")
    along = "share of the way" if result.recipe["analysis"] == "line" else "α, share of the way from A to B"
    return Chart(
        title=f"sharpness {sharp:.2f}, width {wide:.2f}" if defined else str(result.metadata["undefined"]),
        x=Axis(along, low=0, high=1),
        y=Axis(f"{result.recipe['distance']}, d(α) / d(1)", low=0),
        lines=[straight, own] if defined else [straight],
    )


def study(result: Result) -> Chart:
    """Median sharpness with quartiles over training tokens, or what is known of: steps, else the model's parameters.

    A colour and a symbol for each model, a dash for each layer.
    """
    models = result.metadata["models"]
    assert isinstance(models, list)
    over, along = _over(result)
    layers = sorted({int(layer) for layer in result["write_layer"]})
    lines: list[Line] = []
    for model in sorted({int(place) for place in result["model"]}):
        for layer in layers:
            rows = (result["model"] == model) & (result["write_layer"] == layer)
            order = np.argsort(over[rows], kind="stable")
            values = {name: _numbers(result[name][rows][order]) for name in ("median", "lower", "upper")}
            name = f"{models[model]}, layer {layer}" if len(layers) > 1 else str(models[model])
            x = _numbers(over[rows][order])
            lines.append(
                Line(name, x, values["median"], values["lower"], values["upper"], look=model, dash=layers.index(layer))
            )
    recipe = result.recipe
    at = f"write layer {layers[0]}, " if len(layers) == 1 else ""
    return Chart(
        title=f"Sharpness under {recipe['distance']}: medians and quartiles over {recipe['pairs']:,} pairs",
        x=Axis(along, logarithmic=True),
        y=Axis("sharpness (1: a straight line)", low=0),
        lines=lines,
        note=f"{at}{recipe['prompt_tokens']}-token prompts from the corpus {recipe['corpus']}, seed {recipe['seed']}",
    )


def study_cell(result: Result) -> Chart:
    """How the sharpness of a cell's pairs is distributed."""
    values = result["sharpness"].astype(float)
    recipe = result.recipe
    model = recipe["model"]
    assert isinstance(model, dict)
    return Chart(
        title=f"{model['name']} {model['revision']}, layer {recipe['write_layer']}",
        x=Axis(f"sharpness under {recipe['distance']} (last bar: and above)", low=0),
        y=Axis("pairs", low=0),
        lines=_histogram([("pairs", values[~np.isnan(values)])]),
    )


def meaning(result: Result) -> Chart:
    """How far the output goes along the paths of similar and of dissimilar pairs."""
    recipe, model = result.recipe, result.recipe["model"]
    assert isinstance(model, dict)
    alpha = _numbers(result["alpha"])
    names = ("same meaning", "different meaning")
    lines = [
        Line(name, alpha, _numbers(median), _numbers(low), _numbers(high), kind="band", look=place)
        for place, (name, (low, median, high)) in enumerate(zip(names, result["curves"], strict=True))
    ]
    return Chart(
        title=f"{model['name']} {model['revision']}, layer {recipe['write_layer']}: "
        f"d(1) tells meanings apart with AUC {float(result['auc'][0]):.3f}",
        x=Axis("α, share of the way from A to B", low=0, high=1),
        y=Axis(f"d(α), {recipe['distance']}: median and quartiles", low=0),
        lines=lines,
    )


def sweep(result: Result, cells: Sequence[Result] = ()) -> Chart:
    """The curves of a sweep's cells, from first to last; where they have none, sharpness over checkpoints, or how well
    d(1) tells meanings apart, a line for each layer.
    """
    inner = result.recipe.get("request")
    model = inner.get("model") if isinstance(inner, dict) else None
    name = f"{model['name']}: " if isinstance(model, dict) else ""
    if cells and all("curve" in cell.arrays and "distance" not in cell.arrays for cell in cells):
        return Chart(f"{name}curves", Axis("share of the way", low=0, high=1), Axis("d / d(1)", low=0), _curves(cells))
    judged = "auc" in result.arrays
    over, along = _over(result)
    values = result["auc"][:, 0] if judged else result["sharpness"]
    lines: list[Line] = []
    for place, layer in enumerate(sorted({int(layer) for layer in result["write_layer"]})):
        rows = result["write_layer"] == layer
        order = np.argsort(over[rows], kind="stable")
        lines.append(Line(f"layer {layer}", _numbers(over[rows][order]), _numbers(values[rows][order]), look=place))
    return Chart(
        title=name + ("d(1) tells same from different meaning" if judged else "sharpness"),
        x=Axis(along, logarithmic=True),
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
        lines.append(Line(name, _numbers(cell["alpha"]), _numbers(cell["curve"]), kind="line", shade=shade))
    return lines


CHARTS: dict[str, Callable[[Result], Chart]] = {
    "curve": curve,
    "line": curve,
    "study": study,
    "study_cell": study_cell,
    "meaning": meaning,
    "sweep": sweep,
}
"""Results that are drawn as lines and bars."""


def chart(result: Result, cells: Sequence[Result] = ()) -> Chart:
    """The chart of a result whose analysis is in `CHARTS`; of a sweep also from its cells, where they are at hand."""
    analysis = str(result.recipe["analysis"])
    return sweep(result, cells) if analysis == "sweep" else CHARTS[analysis](result)


def _over(result: Result) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], str]:
    """What the cells of a study or sweep lie over: tokens, steps, parameters, or merely their order."""
    for name, words in (("tokens", "training tokens"), ("step", "training steps"), ("parameters", "parameters")):
        if name in result.arrays and int(result[name].min()) >= 0 and len(np.unique(result[name])) > 1:
            return result[name].astype(np.float64), words
    return np.arange(1, 1 + len(result["write_layer"]), dtype=np.float64), "cell"


def _histogram(rows: Sequence[tuple[str, np.ndarray[tuple[int], np.dtype[np.float64]]]]) -> list[Line]:
    """Counts in bins of equal width that all rows share; bars about the bins' middles."""
    every = np.concatenate([values for _, values in rows])
    if not len(every):
        return []
    edges = np.histogram_bin_edges(every, bins=BINS, range=(0, float(np.quantile(every, 0.98)) * 1.02 or 1))
    middles = _numbers((edges[1:] + edges[:-1]) / 2)
    counts = [np.histogram(np.minimum(values, edges[-1]), bins=edges)[0] for _, values in rows]
    return [
        Line(name, middles, _numbers(count), kind="bars", look=place)
        for place, ((name, _), count) in enumerate(zip(rows, counts, strict=True))
    ]


def _numbers(values: np.ndarray[tuple[int, ...], np.dtype[np.generic]] | Sequence[Json]) -> list[float]:
    return [float(value) for value in np.asarray(values, dtype=np.float64)]
