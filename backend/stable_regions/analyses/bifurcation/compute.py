"""Computing a bifurcation diagram: coarse values first, each level only what the one before it lacks."""

from collections.abc import Generator, Iterator, Mapping
from time import perf_counter
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from stable_regions.analyses.bifurcation.schema import BifurcationRequest
from stable_regions.analyses.mean_field import followed, projected
from stable_regions.analyses.report import PartReady, Progress, Report
from stable_regions.maths.mean_field.networks import Projection
from stable_regions.maths.mean_field.recursion import LANES, Context, Parameters, Recursion, from_row
from stable_regions.maths.mean_field.regimes import REGIMES, exponents
from stable_regions.maths.mean_field.run import Run
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.provenance import recorded
from stable_regions.schemas.result import Json, Result
from stable_regions.settings import Settings

SLAB = 1e-3
UNITS = {
    "axis": "the parameter's own unit",
    "density": "steps, by bin and value",
    "clipped": "steps outside the span",
    "exponents": "natural logarithm for each token",
    "errors": "standard error of the exponents",
    "regime": "index of the metadata's regimes",
    "period": "tokens; 0: none",
    "smallest": "overlap, −1 to 1",
    "largest": "overlap, −1 to 1",
}


def values(request: BifurcationRequest) -> Float[np.ndarray, " values"]:
    """The axis; a coarser request's values are every other one of the next, to the bit."""
    low, high = request.range
    return low + (high - low) * (np.arange(request.resolution) / (request.resolution - 1))


def parameters(request: BifurcationRequest, axis: Float[np.ndarray, " values"]) -> Parameters:
    """β, γ and ε along the axis."""
    fixed: dict[str, object] = {"beta": request.beta, "gamma": request.gamma, "epsilon": request.epsilon}
    return Parameters.of(*(fixed | {request.axis: axis}).values())


class Recorder:
    """Counts the chosen series of some lanes into bins, as the steps go by."""

    def __init__(self, request: BifurcationRequest, lanes: int) -> None:
        self.density = np.zeros((request.bins, lanes), dtype=np.uint32)
        self.clipped = np.zeros(lanes, dtype=np.uint32)
        self.smallest = np.full(lanes, np.inf)
        self.largest = np.full(lanes, -np.inf)
        self._request = request
        self._lanes = np.arange(lanes)
        self._scale = request.bins / (request.span[1] - request.span[0])

    def __call__(self, step: int, orbit: Recursion) -> None:
        request = self._request
        feature = request.feature - 1
        series = orbit.output() if request.series == "output" else getattr(orbit, request.series)
        now = series[feature]
        np.minimum(self.smallest, now, out=self.smallest)
        np.maximum(self.largest, now, out=self.largest)
        if request.section == "clock" and orbit.position != 1 % orbit.projection.context:
            return
        kept = self._lanes
        if request.section == "slab":
            (kept,) = np.nonzero(np.abs(series[(feature + 1) % len(series)]) <= SLAB)
        bins = np.floor((now[kept] - request.span[0]) * self._scale).astype(np.int64)
        bins[now[kept] == request.span[1]] = request.bins - 1
        inside = (bins >= 0) & (bins < request.bins)
        self.density[bins[inside], kept[inside]] += 1
        self.clipped[kept[~inside]] += 1


class Measured(NamedTuple):
    """What is known of some values; the last axis of every array."""

    arrays: dict[str, np.ndarray]

    @classmethod
    def of(cls, axis: Float[np.ndarray, " lanes"], run: Run, recorder: Recorder) -> "Measured":
        found, largest = run.settled(), exponents(run.blocks())
        return cls(
            {
                "axis": axis,
                "density": recorder.density,
                "clipped": recorder.clipped,
                "exponents": largest.mean,
                "errors": np.where(np.isfinite(largest.error), largest.error, np.nan),
                "regime": found.regime,
                "period": found.period.astype(np.int32),
                "smallest": recorder.smallest,
                "largest": recorder.largest,
            }
        )


def merged(pieces: list[Measured]) -> Measured:
    """All pieces as one, in the order of the axis."""
    order = np.argsort(np.concatenate([piece.arrays["axis"] for piece in pieces]), kind="stable")
    return Measured(
        {name: np.concatenate([piece.arrays[name] for piece in pieces], axis=-1)[..., order] for name in UNITS}
    )


def compute(request: BifurcationRequest, settings: Settings, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """Each coarser level as a part, then the result."""
    begun = perf_counter()
    projection, said = projected(request.network)
    total, each = request.work().points, request.discard + request.steps
    more: dict[str, Json] = {**said, "regimes": list[Json](REGIMES)}
    if request.start in ("up", "down"):
        measured = yield from chained(request, projection, total)
        yield PartReady(request, recorded(request, measured.arrays, UNITS, perf_counter() - begun, more))
        return
    start: Context | None = None
    measured: Measured | None = None
    for level in [*request.parts(), request]:
        assert isinstance(level, BifurcationRequest)
        file = known.get(key_of(level, ()))
        if file is not None and level is not request:
            measured = Measured({name: np.asarray(Result.from_bytes(file)[name]) for name in UNITS})
            continue
        if start is None:
            start = yield from centre(request, projection, total)
        axis = values(level)
        lacking = axis if measured is None else axis[1::2]
        done = 0 if measured is None else each * len(measured.arrays["axis"])
        pieces = [] if measured is None else [measured]
        for first in range(0, len(lacking), LANES):
            block = lacking[first : first + LANES]
            recorder = Recorder(request, len(block))
            at = parameters(request, block)
            begin = start.spread(len(block)) if request.start == "star" else from_row(projection, at, 0)
            run = Run(projection, at, begin, request.discard, request.steps, request.exponents, recorder)
            yield from followed(run, "values", done, total)
            done += each * len(block)
            pieces.append(Measured.of(block, run, recorder))
        measured = merged(pieces)
        yield PartReady(level, recorded(level, measured.arrays, UNITS, perf_counter() - begun, more))


def centre(request: BifurcationRequest, projection: Projection, total: int) -> Generator[Progress, None, Context]:
    """Where the star's values start: the end of the orbit at the upper end of the range."""
    at = parameters(request, np.array([request.range[1]]))
    start = from_row(projection, at, 0)
    if request.start != "star":
        return start
    run = Run(projection, at, start, request.discard + request.steps, 0)
    yield from followed(run, "centre", 0, total)
    return run.orbit.context()


def chained(request: BifurcationRequest, projection: Projection, total: int) -> Generator[Progress, None, Measured]:
    """Each value from its neighbour's end, upwards or downwards."""
    axis = values(request)
    ordered = axis if request.start == "up" else axis[::-1]
    at = parameters(request, ordered[:1])
    context = from_row(projection, at, 0)
    pieces: list[Measured] = []
    each = request.discard + request.steps
    for number, value in enumerate(ordered):
        block = np.array([value])
        recorder = Recorder(request, 1)
        run = Run(
            projection, parameters(request, block), context, request.discard, request.steps, request.exponents, recorder
        )
        yield from followed(run, "values", number * each, total)
        context = run.orbit.context()
        pieces.append(Measured.of(block, run, recorder))
    return merged(pieces)
