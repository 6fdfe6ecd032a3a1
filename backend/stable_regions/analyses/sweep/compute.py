"""Computing a sweep: the cells one after another, and a row for each."""

from collections.abc import Iterator, Mapping

import numpy as np

from stable_regions.analyses.part_runner import Part, PartRunner
from stable_regions.analyses.report import PartReady, Report
from stable_regions.analyses.sweep.schema import SweepRequest
from stable_regions.engine.provenance import provenance_of_parts
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.key import Key
from stable_regions.schemas.model_request import checkpoints
from stable_regions.schemas.provenance import moments, problem, provisional
from stable_regions.schemas.result import Json, Result


def compute(request: SweepRequest, models: ModelCache, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """Every part, then the list of cells.

    Raises:
        Refusal: not one cell can be had; the first one's reason.
    """
    runner = PartRunner(request, models, known)
    there: dict[str, Part] = {}
    for step in runner.parts():
        if isinstance(step, Part):
            there[step.request.model_dump_json()] = step
        else:
            yield step
    cells = [there[text] for text in (cell.model_dump_json() for cell in request.cells()) if text in there]
    if not cells:
        raise runner.skipped[0][1]
    yield PartReady(request, _listed(request, runner, cells, models))


def _listed(request: SweepRequest, runner: PartRunner, cells: list[Part], models: ModelCache) -> Result:
    """The sweep's result: a row a cell."""
    revisions = [ref.revision for part in cells for ref in checkpoints(part.request)]
    steps, tokens = moments(models.catalogue.card(request.request.model.name), revisions)
    key, weights = runner.key()
    seconds = sum(float(str(part.result.metadata.get("seconds", 0))) for part in cells)
    named: list[Json] = [{"key": part.key, "request": part.request.model_dump(mode="json")} for part in cells]
    skipped: list[Json] = [
        {"request": part.model_dump(mode="json"), "problem": problem(refusal)} for part, refusal in runner.skipped
    ]
    layers = [getattr(part.request, "write_layer", -1) for part in cells]
    aucs = {"auc": np.stack([part.result["auc"] for part in cells])} if "auc" in cells[0].result.arrays else {}
    return Result(
        arrays={
            "step": np.array(steps, dtype=np.int64),
            "tokens": np.array(tokens, dtype=np.int64),
            "write_layer": np.array(layers, dtype=np.int32),
            "sharpness": np.array([sharpness_of(part.result) for part in cells], dtype=np.float32),
            **aucs,
        },
        metadata={
            **provenance_of_parts(request, key, weights, seconds),
            "cells": named,
            "skipped": skipped,
            **provisional((refusal for _, refusal in runner.skipped)),
            "units": {
                "step": "optimiser steps; -1 where unknown",
                "tokens": "training tokens; -1 where unknown",
                "write_layer": "layer ℓ",
                "sharpness": "largest slope of the cell's curve, 1 for a straight line; NaN where it has none",
                **dict.fromkeys(aucs, "how well each of `scores` tells same from different meaning; 0.5 is guessing"),
            },
            **{name: cells[0].result.metadata[name] for name in ("scores",) if aucs},
        },
    )


def sharpness_of(result: Result) -> float:
    """The sharpness that a result says of its path, as an array or in its metadata; NaN where it says none."""
    if "sharpness" in result.arrays:
        values = np.asarray(result["sharpness"], dtype=np.float64).reshape(-1)
        return float(values[0]) if len(values) == 1 else float("nan")
    said = result.metadata.get("sharpness")
    return float(said) if isinstance(said, int | float) else float("nan")
