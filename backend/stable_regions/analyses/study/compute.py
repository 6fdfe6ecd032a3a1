"""Computing a study: cell by cell, each a result of its own. A checkpoint that cannot be had is skipped; the study goes on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from stable_regions.analyses.part_runner import Part, PartRunner
from stable_regions.analyses.report import PartReady, Report
from stable_regions.analyses.study.schema import StudyRequest
from stable_regions.analyses.study_cell.schema import StudyCellRequest
from stable_regions.engine.provenance import provenance_of_parts
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.key import Key
from stable_regions.schemas.model_request import checkpoints
from stable_regions.schemas.path import CONTROLS
from stable_regions.schemas.provenance import problem, provisional
from stable_regions.schemas.result import Array, Json, Result


@dataclass(frozen=True)
class Cell:
    """A finished cell: the place of its model, its key, and its result without the long arrays."""

    model: int
    key: Key
    request: StudyCellRequest
    quartiles: tuple[float, ...]
    widths: tuple[float, ...]
    interval: tuple[float, ...]
    controls: Array
    metadata: Mapping[str, Json]

    @classmethod
    def of(cls, model: int, key: Key, request: StudyCellRequest, result: Result) -> "Cell":
        """What the study keeps of a cell's result."""
        kept = {name: result.metadata[name] for name in ("parameters", "step", "tokens", "left_out", "seconds")}
        quartiles, widths, interval = (
            tuple(result[name].tolist()) for name in ("quartiles", "width_quartiles", "interval")
        )
        return cls(model, key, request, quartiles, widths, interval, result["control_quartiles"], kept)

    @property
    def left_out(self) -> int:
        """Pairs that no curve can be made of."""
        said = self.metadata["left_out"]
        assert isinstance(said, dict)
        return int(str(said["count"]))

    def number(self, name: str) -> int:
        """A number of the checkpoint's; −1 where unknown."""
        found = self.metadata[name]
        return found if isinstance(found, int) else -1


def compute(request: StudyRequest, models: ModelCache, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """Every cell, then the study's own result.

    Raises:
        Refusal: not one checkpoint can be had (the first one's reason), or the text cannot be cut into such prompts.
    """
    places = {cell: (row, model) for row, (model, cell) in enumerate(request.cells())}
    runner = PartRunner(request, models, known)
    cells: dict[int, Cell] = {}
    for step in runner.parts():
        if isinstance(step, Part):
            assert isinstance(step.request, StudyCellRequest)
            row, model = places[step.request]
            cells[row] = Cell.of(model, step.key, step.request, step.result)
        else:
            yield step
    if not cells:
        raise runner.skipped[0][1]
    yield PartReady(request, _listed(request, runner, [cells[row] for row in sorted(cells)]))


def _listed(request: StudyRequest, runner: PartRunner, cells: Sequence[Cell]) -> Result:
    """The study's result: a row a cell."""
    key, weights = runner.key()
    named: list[Json] = [{"key": cell.key, "request": cell.request.model_dump(mode="json")} for cell in cells]
    skipped: list[Json] = [
        {"model": ref.name, "revision": ref.revision, "problem": problem(refusal)}
        for part, refusal in runner.skipped
        for ref in checkpoints(part)
    ]
    quartiles = np.array([cell.quartiles for cell in cells], dtype=np.float32)
    widths = np.array([cell.widths for cell in cells], dtype=np.float32)
    left_out = np.array([cell.left_out for cell in cells], dtype=np.int32)
    metadata: dict[str, Json] = {
        **provenance_of_parts(request, key, weights, sum(float(str(cell.metadata["seconds"])) for cell in cells)),
        "models": [model.name for model in request.models],
        "controls": list[Json](CONTROLS),
        "cells": named,
        "skipped": skipped,
        **provisional(refusal for _, refusal in runner.skipped),
        "units": {
            "median": "median over pairs of the curve's largest slope; 1 for a straight line; NaN where all are left out",
            "lower": "lower quartile of the same",
            "upper": "upper quartile of the same",
            "interval": "95 % bootstrap interval of the median, in blocks of pairs that share prompts",
            "control_quartiles": "of each of `controls`, lower quartile, median and upper quartile of its sharpness",
            "width": "median over pairs of the curve's 10–90 % width, in α",
            "width_lower": "lower quartile of the same",
            "width_upper": "upper quartile of the same",
            "pairs": "pairs that are kept",
            "left_out": "pairs along whose path nothing moves",
            "parameters": "of the model",
            "step": "optimiser steps; -1 where unknown",
            "tokens": "training tokens; -1 where unknown",
            "write_layer": "layer ℓ",
            "model": "place in `models`",
        },
    }
    arrays = {
        **dict(zip(("lower", "median", "upper"), quartiles.T, strict=True)),
        **dict(zip(("width_lower", "width", "width_upper"), widths.T, strict=True)),
        "interval": np.array([cell.interval for cell in cells], dtype=np.float32),
        "control_quartiles": np.stack([cell.controls for cell in cells]),
        "pairs": np.int32(request.pairs) - left_out,
        "left_out": left_out,
        **{
            name: np.array([cell.number(name) for cell in cells], dtype=np.int64)
            for name in ("parameters", "step", "tokens")
        },
        "write_layer": np.array([cell.request.write_layer for cell in cells], dtype=np.int32),
        "model": np.array([cell.model for cell in cells], dtype=np.int32),
    }
    return Result(arrays=arrays, metadata=metadata)
