"""Computing a sweep without a model: the cells one after another, and a row for each."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from stable_regions.analyses import compute as computed
from stable_regions.analyses.field_sweep.schema import FieldSweepRequest
from stable_regions.analyses.report import PartReady, PartSkipped, Progress, Report
from stable_regions.errors import Refusal
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.provenance import problem, provisional, recorded
from stable_regions.schemas.request import AnalysisRequest, Work
from stable_regions.schemas.result import Array, Json, Result
from stable_regions.settings import Settings

TOGETHER_BYTES = 2**26
"""Of one array, over all cells."""


def compute(request: FieldSweepRequest, settings: Settings, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """Every cell, then the list of them. What one cell needs of another is not computed again.

    Raises:
        Refusal: not one cell can be had; the first one's reason.
    """
    files, work, done = dict(known), request.work(), 0
    cells: list[tuple[AnalysisRequest, Result]] = []
    skipped: list[tuple[AnalysisRequest, Refusal]] = []
    for cell in request.cells():
        points, key = cell.work().points, key_of(cell, ())
        try:
            if key not in files:
                for report in computed(cell, settings, {one: files[one] for one in _coarser(cell) if one in files}):
                    if isinstance(report, PartReady):
                        files[key_of(report.request, ())] = report.result.to_bytes()
                    yield _of_all(report, done, points, work) if isinstance(report, Progress) else report
            cells.append((cell, Result.from_bytes(files[key])))
        except Refusal as refusal:
            skipped.append((cell, refusal))
            yield PartSkipped(cell, dict(refusal.problem()))
        done += points
    if not cells:
        raise skipped[0][1]
    yield PartReady(request, _listed(request, cells, skipped))


def _of_all(progress: Progress, done: int, points: int, work: Work) -> Progress:
    """A cell's progress as the whole's: `done` units before it, `points` in it, `work` in all."""
    share = min(1.0, progress.done / progress.total) if progress.total else 0.0
    return replace(progress, done=done + round(share * points), total=work.points, unit=work.unit)


def _coarser(cell: AnalysisRequest) -> Iterator[Key]:
    return (key_of(part, ()) for part in cell.parts())


def _listed(
    request: FieldSweepRequest,
    cells: list[tuple[AnalysisRequest, Result]],
    skipped: list[tuple[AnalysisRequest, Refusal]],
) -> Result:
    """The sweep's result: a row a cell."""
    first = cells[0][1].metadata
    values = [getattr(cell, request.field) for cell, _ in cells]
    numbers = all(isinstance(value, int | float) for value in values)
    together = _together([result for _, result in cells])
    units = first["units"]
    said = units if isinstance(units, dict) else {}
    return recorded(
        request,
        {"swept": np.array(values if numbers else range(len(values)), np.float64), **together},
        {
            "swept": f"the field `{request.field}`"
            if numbers
            else f"places in `values` of the field `{request.field}`",
            **{name: str(said.get(name, "as in each cell")) for name in together},
        },
        sum(float(str(result.metadata.get("seconds", 0))) for _, result in cells),
        {
            "values": list[Json](values),
            "cells": [{"key": key_of(cell, ()), "request": cell.model_dump(mode="json")} for cell, _ in cells],
            "skipped": [{"request": cell.model_dump(mode="json"), "problem": problem(why)} for cell, why in skipped],
            **provisional(why for _, why in skipped),
            # How it was made is how its cells were made.
            **{name: first[name] for name in ("versions", "threads", "device", "dtype") if name in first},
        },
    )


def _together(results: list[Result]) -> dict[str, Array]:
    """Arrays that all cells have in one shape, each over all cells."""
    first, *others = results
    made: dict[str, Array] = {}
    for name, array in first.arrays.items():
        same = all(
            name in other.arrays and other[name].shape == array.shape and other[name].dtype == array.dtype
            for other in others
        )
        if same and name != "swept" and array.nbytes * len(results) <= TOGETHER_BYTES:
            made[name] = np.stack([result[name] for result in results])
    return made
