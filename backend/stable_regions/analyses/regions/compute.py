"""Computing regions: the grid is read, neighbours are compared, what agrees is joined, and each region is measured."""

from collections.abc import Generator, Iterator, Mapping
from time import perf_counter
from typing import TypeVar

import numpy as np
import torch

from stable_regions.analyses.load_checkpoint import opened
from stable_regions.analyses.regions.arrays import described, patterns, units
from stable_regions.analyses.regions.schema import RegionsRequest
from stable_regions.analyses.report import PartReady, Progress, Report
from stable_regions.engine.chunks import chunk
from stable_regions.engine.cross_context_steps import within_contexts
from stable_regions.engine.gradient import gradient
from stable_regions.engine.grid_outputs import GridOutputs, Outputs, grid_outputs
from stable_regions.engine.neighbour_distances import likeness, steps
from stable_regions.engine.polytopes import polytopes
from stable_regions.engine.provenance import moment
from stable_regions.engine.record import record
from stable_regions.engine.slice_plane import SlicePlane, open_slice_plane
from stable_regions.maths.regions import Ids, agreeing, connected
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.result import Array, Json, Result

Found = TypeVar("Found")


def compute(request: RegionsRequest, models: ModelCache, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """The regions' result; there are no parts."""
    total = request.work().points
    weights = (models.catalogue.weights(request.model),)
    model = yield from opened(models, request.model, 0, total)
    yield Progress("clean", 0, total)
    start = perf_counter()
    slice_plane = open_slice_plane(model, request)
    path = slice_plane.path()
    reading = grid_outputs(slice_plane, request.window, request.resolution, models.settings.chunk_seconds)
    read = yield from _counted(reading, Progress("points", 0, total))
    label, arrays, metadata = yield from measured(request, slice_plane, read, Progress("regions", 3 * read.n**2, total))
    looked = yield from _inside(request, slice_plane, read, label, models.settings.chunk_seconds)
    arrays |= looked[0]
    seconds = perf_counter() - start
    plain = record(request, request.window, key_of(request, weights), weights, slice_plane, read.level(seconds), path)
    said = plain.metadata["units"]
    assert isinstance(said, dict)
    about: dict[str, Json] = {
        **plain.metadata,
        **metadata,
        **looked[1],
        **moment(model.card, request.model.revision),
        "units": {**said, **{name: what for name, what in units(request).items() if name in arrays}},
    }
    whole = {name: np.ascontiguousarray(array) for name, array in (*plain.arrays.items(), *arrays.items())}
    yield PartReady(request, Result(whole, about))


def measured(
    request: RegionsRequest, slice_plane: SlicePlane, read: GridOutputs, at: Progress
) -> Generator[Progress, None, tuple[Ids, dict[str, Array], dict[str, Json]]]:
    """The label of each point, and what is said of the regions."""
    outputs = Outputs(slice_plane, read.final.flatten(0, 1))
    between = yield from _uncounted(steps(outputs, read.n, request.distance), at)
    if request.threshold is None:
        label = connected(*agreeing(read.name.to(torch.int32).numpy()))
    else:
        label = connected(between.right.numpy() <= request.threshold, between.up.numpy() <= request.threshold)
    alike = yield from _uncounted(likeness(outputs, torch.from_numpy(label).flatten().long(), request.distance), at)
    fair = within_contexts(slice_plane, read, outputs, between)
    return label, *described(read, slice_plane.plane, label, between, fair, alike, outputs.block, request.distance)


def _inside(
    request: RegionsRequest, slice_plane: SlicePlane, read: GridOutputs, label: Ids, chunk_seconds: float
) -> Generator[Progress, None, tuple[dict[str, Array], dict[str, Json]]]:
    """What is asked for besides: gradients, polytopes."""
    total, done = request.work().points, 3 * read.n**2
    size = chunk(slice_plane.flops, slice_plane.model, chunk_seconds, len(slice_plane.groups))
    arrays: dict[str, Array] = {}
    metadata: dict[str, Json] = {}
    if request.gradient:
        found = yield from _counted(gradient(slice_plane, read, size), Progress("gradient", done, total))
        arrays["gradient"] = found.numpy()
        done += 2 * read.n**2
    if request.polytopes:
        signs = yield from _counted(
            polytopes(slice_plane, read, request.mlps, size), Progress("polytopes", done, total)
        )
        counts, metadata = patterns(label, signs)
        arrays |= counts
    return arrays, metadata


def _counted(steps: Iterator[int | Found], at: Progress) -> Generator[Progress, None, Found]:
    """What the steps end with; progress goes on by what they count."""
    done = at.done
    for step in steps:
        if not isinstance(step, int):
            return step
        done += step
        yield Progress(at.stage, done, at.total)
    raise AssertionError("steps end with what they find")


def _uncounted(steps: Iterator[int | Found], at: Progress) -> Generator[Progress, None, Found]:
    """What the steps end with; progress stands still, since no point is written."""
    for step in steps:
        if not isinstance(step, int):
            return step
        yield at
    raise AssertionError("steps end with what they find")
