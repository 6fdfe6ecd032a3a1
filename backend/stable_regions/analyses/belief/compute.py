"""Computing beliefs: the histories are run once, and every place is read."""

from collections.abc import Generator, Iterator, Mapping
from functools import lru_cache
from time import perf_counter

import torch
from jaxtyping import Float
from pydantic import TypeAdapter
from torch import Tensor

from stable_regions.analyses.belief.schema import BeliefRequest
from stable_regions.analyses.load_checkpoint import opened
from stable_regions.analyses.report import PartReady, Progress, Report
from stable_regions.engine.beliefs import HistoryRows, PlaceReading, read_place, reading_arrays, reading_units
from stable_regions.engine.histories import Histories, walk_of
from stable_regions.engine.provenance import moment, provenance_of_model
from stable_regions.maths import probe
from stable_regions.maths.hidden_markov import HiddenMarkov, hidden_markov
from stable_regions.maths.presentation import Presentation, presentation
from stable_regions.maths.probe import Probe
from stable_regions.models.loading import LoadedModel
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.process import Process
from stable_regions.schemas.result import Json, Result

PROCESS: TypeAdapter[Process] = TypeAdapter(Process)


def compute(request: BeliefRequest, models: ModelCache, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """The coarser level where there is one and it is not known, then the request's own."""
    weights = tuple(models.catalogue.weights(ref) for ref in request.checkpoints())
    total = request.work().points
    model = yield from opened(models, request.checkpoints()[-1], 0, total)
    frozen: LoadedModel | None = None
    if len(request.checkpoints()) > 1:
        frozen, model = model, (yield from opened(models, request.model, 0, total))
    for part in (*request.parts(), request):
        assert isinstance(part, BeliefRequest)
        key = key_of(part, weights)
        if part == request or key not in known:
            result = yield from _level(part, model, frozen, total, key, weights)
            yield PartReady(part, result)


@lru_cache(maxsize=3)
def presented(process: str, length: int) -> tuple[HiddenMarkov, Presentation]:
    """The histories of a process, given as JSON; kept for the next checkpoint."""
    made = hidden_markov(PROCESS.validate_json(process))
    return made, presentation(made, length)


@lru_cache(maxsize=3)
def weighed(process: str, length: int, weights: str) -> tuple[HistoryRows, Float[Tensor, " length"]]:
    """The histories as every place is asked about them, and the ladder; kept for the next checkpoint."""
    _, rows = presented(process, length)
    asked = HistoryRows.of(rows, weights)
    return asked, probe.ladder(torch.from_numpy(rows.word), asked.belief, asked.weight)


def _level(
    request: BeliefRequest,
    model: LoadedModel,
    frozen: LoadedModel | None,
    total: int,
    key: Key,
    weights: tuple[str, ...],
) -> Generator[Progress, None, Result]:
    assert request.process is not None
    assert request.length is not None
    began = perf_counter()
    process, rows = presented(request.process.model_dump_json(), request.length)
    asked, ladder = weighed(request.process.model_dump_json(), request.length, request.weights)
    probes: dict[str, Probe] = {}
    if frozen is not None:
        last = yield from _run(frozen, process, rows, total)
        for place in request.places:
            probes[place] = probe.least_squares(last.at(place), asked.belief, asked.weight)
            yield Progress("probes", len(rows.word), total)
    found = yield from _run(model, process, rows, total)
    readings: list[PlaceReading] = []
    for place in request.places:
        readings.append(read_place(found.at(place), asked, probes.get(place)))
        yield Progress("probes", min(total, len(rows.word)), total)
    return _recorded(request, model, process, rows, found, readings, ladder, key, weights, perf_counter() - began)


def _run(
    model: LoadedModel, process: HiddenMarkov, rows: Presentation, total: int
) -> Generator[Progress, None, Histories]:
    """Every history through a network, a pass at a time."""
    walk = walk_of(model, process, rows)
    done = 0
    for count in walk.passes():
        done += count
        yield Progress("histories", min(done, total), total)
    return walk.found()


def _recorded(
    request: BeliefRequest,
    model: LoadedModel,
    process: HiddenMarkov,
    rows: Presentation,
    found: Histories,
    readings: list[PlaceReading],
    ladder: Float[Tensor, " length"],
    key: Key,
    weights: tuple[str, ...],
    seconds: float,
) -> Result:
    arrays = reading_arrays(readings, found, rows, ladder)
    metadata: dict[str, Json] = {
        **provenance_of_model(request, key, weights, model, "histories"),
        "seconds": round(seconds, 4),
        **moment(model.card, model.ref.revision),
        "places": list[Json](request.places),
        "tokens": list[Json](process.tokens),
        "states": list[Json](process.states),
        "rows": len(rows.word),
        "sampled": rows.sampled,
        "targets": model.card.process.targets if model.card.process else None,
        "units": reading_units(request.weights),
    }
    return Result(arrays, metadata)
