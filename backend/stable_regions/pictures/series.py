"""From arrays to a chart's lines: numbers, histograms, and what a study or sweep lies over."""

from collections.abc import Sequence

import numpy as np

from stable_regions.pictures.chart import Line
from stable_regions.schemas.result import Json, Result

BINS = 30
"""Of a histogram."""


LAYER = "write layer ℓ"
"""What the cells of one checkpoint lie over."""


def numbers(values: np.ndarray[tuple[int, ...], np.dtype[np.generic]] | Sequence[Json]) -> list[float]:
    """An array as plain numbers."""
    return [float(value) for value in np.asarray(values, dtype=np.float64)]


def histogram(rows: Sequence[tuple[str, np.ndarray[tuple[int], np.dtype[np.float64]]]]) -> list[Line]:
    """Counts in bins of equal width that all rows share; bars about the bins' middles."""
    every = np.concatenate([values for _, values in rows])
    if not len(every):
        return []
    edges = np.histogram_bin_edges(every, bins=BINS, range=(0, float(np.quantile(every, 0.98)) * 1.02 or 1))
    middles = numbers((edges[1:] + edges[:-1]) / 2)
    counts = [np.histogram(np.minimum(values, edges[-1]), bins=edges)[0] for _, values in rows]
    return [
        Line(name, middles, numbers(count), kind="bars", look=place)
        for place, ((name, _), count) in enumerate(zip(rows, counts, strict=True))
    ]


def lies_over(result: Result) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], str]:
    """What the cells of a study or sweep lie over: tokens, steps, parameters, the write layer, or merely their order."""
    for name, words in (("tokens", "training tokens"), ("step", "training steps"), ("parameters", "parameters")):
        if name in result.arrays and int(result[name].min()) >= 0 and len(np.unique(result[name])) > 1:
            return result[name].astype(np.float64), words
    if len(np.unique(result["write_layer"])) > 1:
        return result["write_layer"].astype(np.float64), LAYER
    return np.arange(1, 1 + len(result["write_layer"]), dtype=np.float64), "cell"


def models_of(result: Result) -> list[dict[str, Json]]:
    """The checkpoint of each cell of a study or sweep."""
    found: list[dict[str, Json]] = []
    for cell in listed(result.metadata["cells"]):
        assert isinstance(cell, dict)
        request = cell["request"]
        assert isinstance(request, dict)
        model = request["model"]
        assert isinstance(model, dict)
        found.append(model)
    return found


def listed(value: Json) -> list[Json]:
    """A JSON list."""
    assert isinstance(value, list)
    return value


def texts(result: Result) -> dict[str, Json]:
    """What a person reads for each token, by its id."""
    tokens = result.metadata.get("tokens")
    return tokens if isinstance(tokens, dict) else {}


def text_of(known: dict[str, Json], token: object) -> Json:
    """A token's text, or its number where it is not known."""
    return known.get(str(token), f"#{token}")
