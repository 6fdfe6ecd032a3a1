"""Computing a study: cell by cell, each a result of its own; cells that are known are not computed again.

A cell is computed as it is when it is asked for by itself, through the registry. The next checkpoint's files are fetched
and its weights read while the current one is computed with. A checkpoint that cannot be had is skipped and named;
the study goes on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import torch

from stable_regions.analyses import Progress, Ready, Report, Skipped
from stable_regions.analyses import compute as computed
from stable_regions.analyses.opening import Ahead
from stable_regions.analyses.study.schema import StudyRequest
from stable_regions.analyses.study_cell.schema import StudyCellRequest
from stable_regions.engine.record import problem, provisional, versions
from stable_regions.errors import ModelUnavailable, Refusal, UnknownRevision
from stable_regions.models.resolve import ABSENT
from stable_regions.models.shelf import Shelf
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.result import Json, Result

MISSING = (ModelUnavailable, UnknownRevision)
"""Refusals that speak against one checkpoint, not against the study."""


@dataclass(frozen=True)
class Cell:
    """A finished cell: the place of its model, its key, and its result without the long arrays."""

    model: int
    key: Key
    request: StudyCellRequest
    quartiles: tuple[float, ...]
    widths: tuple[float, ...]
    metadata: Mapping[str, Json]

    @classmethod
    def of(cls, model: int, key: Key, request: StudyCellRequest, result: Result) -> "Cell":
        """What the study keeps of a cell's result."""
        kept = {name: result.metadata[name] for name in ("parameters", "step", "tokens", "left_out", "seconds")}
        quartiles, widths = (result[name].tolist() for name in ("quartiles", "width_quartiles"))
        return cls(model, key, request, tuple(quartiles), tuple(widths), kept)

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


class Study:
    """A study while it is computed: which cells are done, which checkpoints are left out."""

    def __init__(self, request: StudyRequest, shelf: Shelf, known: Mapping[Key, bytes]) -> None:
        self.request = request
        self.cells: list[Cell] = []
        self.skipped: dict[ModelRef, Refusal] = {}
        self._shelf = shelf
        self._known = known
        self._weights: dict[ModelRef, str] = {}
        self._ahead = Ahead(shelf)
        self._done = 0
        self._total = request.work().points

    def reports(self) -> Iterator[Report]:
        """Every cell in order."""
        order = self.request.checkpoints()
        following = dict(pairwise(order))
        try:
            for model, request in self.request.cells():
                if request.model not in self.skipped:
                    try:
                        yield from self._cell(model, request, following.get(request.model))
                        continue
                    except MISSING as refusal:
                        self.skipped[request.model] = refusal
                        yield Skipped(request, dict(refusal.problem()))
                self._total -= request.work().points
        finally:
            self._ahead.close()

    def key(self) -> tuple[Key, list[str]]:
        """The study's own name, and the weights in it."""
        weights = [self._weights.get(ref, ABSENT) for ref in self.request.checkpoints()]
        return key_of(self.request, weights), weights

    def _cell(self, model: int, request: StudyCellRequest, following: ModelRef | None) -> Iterator[Report]:
        if request.model not in self._weights:
            self._weights[request.model] = self._shelf.catalogue.weights(request.model)
        key = key_of(request, (self._weights[request.model],))
        if key in self._known:
            self.cells.append(Cell.of(model, key, request, Result.from_bytes(self._known[key])))
        else:
            for report in computed(request, self._shelf, {}):
                if isinstance(report, Progress):
                    if report.stage in ("cut", "points"):
                        self._ahead.look(following)
                    points = report.unit == "points"
                    yield replace(report, done=self._done + report.done, total=self._total) if points else report
                elif isinstance(report, Ready):
                    self.cells.append(Cell.of(model, key, request, report.result))
                    yield report
        self._done += request.work().points


def compute(request: StudyRequest, shelf: Shelf, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """Every cell, then the study's own result.

    Raises:
        Refusal: not one checkpoint can be had (the first one's reason), or the text cannot be cut into such prompts.
    """
    study = Study(request, shelf, known)
    yield from study.reports()
    if not study.cells:
        raise next(iter(study.skipped.values()))
    yield Ready(request, _listed(study))


def _listed(study: Study) -> Result:
    """The study's result: a row a cell."""
    cells, request = study.cells, study.request
    key, weights = study.key()
    named: list[Json] = [{"key": cell.key, "request": cell.request.model_dump(mode="json")} for cell in cells]
    skipped: list[Json] = [
        {"model": ref.name, "revision": ref.revision, "problem": problem(refusal)}
        for ref, refusal in study.skipped.items()
    ]
    quartiles = np.array([cell.quartiles for cell in cells], dtype=np.float32)
    widths = np.array([cell.widths for cell in cells], dtype=np.float32)
    left_out = np.array([cell.left_out for cell in cells], dtype=np.int32)
    metadata: dict[str, Json] = {
        "key": key,
        "analysis": "study",
        "version": type(request).version,
        "recipe": request.model_dump(mode="json"),
        "weights": list[Json](weights),
        "models": [model.name for model in request.models],
        "cells": named,
        "skipped": skipped,
        **provisional(study.skipped.values()),
        "units": {
            "median": "median over pairs of the curve's largest slope; 1 for a straight line; NaN where all are left out",
            "lower": "lower quartile of the same",
            "upper": "upper quartile of the same",
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
        "seconds": round(sum(float(str(cell.metadata["seconds"])) for cell in cells), 4),
        "versions": versions(),
        "cpu": torch.backends.cpu.get_cpu_capability(),
    }
    arrays = {
        **dict(zip(("lower", "median", "upper"), quartiles.T, strict=True)),
        **dict(zip(("width_lower", "width", "width_upper"), widths.T, strict=True)),
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
