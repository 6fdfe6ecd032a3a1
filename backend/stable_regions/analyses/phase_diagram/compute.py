"""Computing a phase diagram: coarse points first, each level only what the one before it lacks."""

from collections.abc import Iterator, Mapping
from time import perf_counter

import numpy as np
from jaxtyping import Float

from stable_regions.analyses.mean_field import followed, projected
from stable_regions.analyses.phase_diagram.schema import PhaseDiagramRequest
from stable_regions.analyses.report import PartReady, Report
from stable_regions.maths.mean_field.recursion import LANES, Parameters, from_row
from stable_regions.maths.mean_field.regimes import REGIMES, exponents
from stable_regions.maths.mean_field.run import Run
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.provenance import recorded
from stable_regions.schemas.result import Json, Result
from stable_regions.settings import Settings

UNITS = {
    "x": "the parameter's own unit",
    "y": "the parameter's own unit",
    "exponents": "natural logarithm for each token",
    "errors": "standard error of the exponents",
    "regime": "index of the metadata's regimes",
    "period": "tokens; 0: none",
}


def axis(range_: tuple[float, float], resolution: int) -> Float[np.ndarray, " values"]:
    """Evenly spaced values, both ends included; a coarser axis is every other one of the next, to the bit."""
    low, high = range_
    return low + (high - low) * (np.arange(resolution) / (resolution - 1))


def parameters(
    request: PhaseDiagramRequest, x: Float[np.ndarray, " lanes"], y: Float[np.ndarray, " lanes"]
) -> Parameters:
    """β, γ and ε of some points."""
    fixed: dict[str, object] = {"beta": request.beta, "gamma": request.gamma, "epsilon": request.epsilon}
    return Parameters.of(*(fixed | {request.x: x, request.y: y}).values())


def compute(request: PhaseDiagramRequest, settings: Settings, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """Each coarser level as a part, then the result."""
    begun = perf_counter()
    projection, said = projected(request.network)
    more: dict[str, Json] = {**said, "regimes": list[Json](REGIMES)}
    total, each = request.work().points, request.discard + request.steps
    before: dict[str, np.ndarray] | None = None
    for level in [*request.parts(), request]:
        assert isinstance(level, PhaseDiagramRequest)
        size = level.resolution
        file = known.get(key_of(level, ()))
        if file is not None and level is not request:
            before = {name: np.asarray(array) for name, array in Result.from_bytes(file).arrays.items()}
            continue
        x, y = axis(request.x_range, size), axis(request.y_range, size)
        arrays: dict[str, np.ndarray] = {
            "x": x,
            "y": y,
            "exponents": np.zeros((request.exponents, size, size)),
            "errors": np.zeros((request.exponents, size, size)),
            "regime": np.zeros((size, size), dtype=np.int8),
            "period": np.zeros((size, size), dtype=np.int32),
        }
        lacking = np.ones((size, size), dtype=bool)
        if before is not None:
            lacking[::2, ::2] = False
            for name in ("exponents", "errors", "regime", "period"):
                arrays[name][..., ::2, ::2] = before[name]
        rows, columns = np.nonzero(lacking)
        done = each * int(size * size - len(rows))
        for first in range(0, len(rows), LANES):
            row, column = rows[first : first + LANES], columns[first : first + LANES]
            at = parameters(request, x[column], y[row])
            start = from_row(projection, at, 0)
            run = Run(projection, at, start, request.discard, request.steps, request.exponents)
            yield from followed(run, "points", done, total)
            done += each * len(row)
            found, largest = run.settled(), exponents(run.blocks())
            arrays["exponents"][:, row, column] = largest.mean
            arrays["errors"][:, row, column] = np.where(np.isfinite(largest.error), largest.error, np.nan)
            arrays["regime"][row, column], arrays["period"][row, column] = found
        before = arrays
        yield PartReady(level, recorded(level, arrays, UNITS, perf_counter() - begun, more))
