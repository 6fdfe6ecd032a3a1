"""Computing a film of beliefs: frame by frame through the registry, then the list of them."""

from collections.abc import Iterator, Mapping

import numpy as np

from stable_regions.analyses.belief_film.schema import BeliefFilmRequest
from stable_regions.analyses.part_runner import Part, PartRunner
from stable_regions.analyses.report import PartReady, Report
from stable_regions.engine.provenance import provenance_of_parts
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.key import Key
from stable_regions.schemas.model_request import checkpoints
from stable_regions.schemas.provenance import problem, provisional
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.schemas.result import Array, Json, Result

BY_PLACE = ("mse", "r2", "r2_held_out", "r2_shuffled", "zoom")


def compute(request: BeliefFilmRequest, models: ModelCache, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """Every part, then the list of frames.

    Raises:
        Refusal: not one checkpoint can be had; the first one's reason.
    """
    runner = PartRunner(request, models, known)
    frames: dict[str, Part] = {}
    for report in runner.parts():
        if not isinstance(report, Part):
            yield report
        elif report.request == request.frame(revision := _revision(report.request)):
            frames[revision] = report
    if not frames:
        raise runner.skipped[0][1]
    key, weights = runner.key()
    shown = [frames[revision] for revision in request.revisions if revision in frames]
    yield PartReady(request, _listed(request, shown, runner, key, weights))


def _listed(request: BeliefFilmRequest, shown: list[Part], runner: PartRunner, key: Key, weights: list[str]) -> Result:
    first = shown[0].result
    arrays: dict[str, Array] = {name: np.stack([part.result[name] for part in shown]) for name in (*BY_PLACE, "loss")}
    arrays |= {name: first[name] for name in ("floor", "ladder")}
    for name, said in (("step", "step"), ("tokens", "tokens_seen")):
        arrays[name] = np.array([_count(part.result.metadata[said]) for part in shown], dtype=np.int64)
    seconds = sum(float(str(part.result.metadata.get("seconds", 0))) for part in shown)
    named: list[Json] = [
        {"key": part.key, "revision": _revision(part.request), "request": part.request.model_dump(mode="json")}
        for part in shown
    ]
    units = first.metadata["units"]
    assert isinstance(units, dict)
    skipped: list[Json] = [
        {"revision": _revision(part), "problem": problem(refusal)} for part, refusal in runner.skipped
    ]
    metadata: dict[str, Json] = {
        **provenance_of_parts(request, key, weights, seconds),
        **{name: first.metadata[name] for name in ("places", "tokens", "states", "rows", "sampled", "targets")},
        "frames": named,
        "skipped": skipped,
        **provisional(refusal for _, refusal in runner.skipped),
        "units": {
            **{name: units[name] for name in (*BY_PLACE, "loss", "floor", "ladder")},
            "step": "optimiser steps; -1 where unknown",
            "tokens": "training tokens; -1 where unknown",
        },
    }
    return Result(arrays, metadata)


def _revision(part: AnalysisRequest) -> str:
    return checkpoints(part)[0].revision


def _count(value: Json) -> int:
    return value if isinstance(value, int) else -1
