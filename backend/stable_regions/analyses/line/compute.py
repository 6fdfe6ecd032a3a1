"""Computing a line: its points in chunks, in one context, then what the shape of the curve says."""

from collections.abc import Iterator, Mapping
from time import perf_counter

import numpy as np
import torch
from torch import Tensor

from stable_regions.analyses.line.schema import LineRequest
from stable_regions.analyses.load_checkpoint import opened
from stable_regions.analyses.report import PartReady, Progress, Report
from stable_regions.engine.chunks import chunk
from stable_regions.engine.curve_metrics import SHAPE, still, told
from stable_regions.engine.line import Line, open_line
from stable_regions.engine.provenance import names, prompts, provenance
from stable_regions.engine.slice_plane import open_slice_plane
from stable_regions.maths.measures import even, output_size
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.plane import CURVE_DISTANCES
from stable_regions.schemas.result import Array, Json, Result


def compute(request: LineRequest, models: ModelCache, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """The line's result; there are no parts."""
    total = request.work().points
    weights = (models.catalogue.weights(request.model),)
    model = yield from opened(models, request.model, 0, total)
    yield Progress("clean", 0, total)
    start = perf_counter()
    slice_plane = open_slice_plane(model, request)
    line = open_line(slice_plane, request.ends, request.context)
    places = line.coordinates(request.steps)
    values: list[Tensor] = []
    tops: list[Tensor] = []
    for rows in places.split(chunk(line.flops, model, models.settings.chunk_seconds)):
        value, top = line.read(rows)
        values.append(value)
        tops.append(top)
        yield Progress("points", sum(map(len, values)), total)
    distances = even(torch.cat(values), request.distance)
    scale = float(output_size(line.clean.float(), request.distance))
    arrays: dict[str, Array] = {
        "alpha": torch.linspace(0, 1, request.steps).numpy(),
        "coordinates": places.numpy(),
        **told(distances, scale, lambda more: even(line.read(line.at(more))[0], request.distance)),
        "top_token": torch.cat(tops).to(torch.int32).numpy(),
    }
    metadata: dict[str, Json] = {
        **provenance(request, key_of(request, weights), weights, slice_plane),
        "prompts": prompts(request, slice_plane),
        "context": "ABC"[line.channel],
        "ends": [list[Json](line.start), list[Json](line.end)],
        "norms": {"ba": slice_plane.plane.across_norm, "cx": slice_plane.plane.up_norm, "length": line.length},
        "units": units(line),
        "tokens": names(slice_plane, [int(token) for token in np.unique(arrays["top_token"])]),
        "undefined": still(distances, scale, "the line ends with the output it begins with"),
        "seconds": round(perf_counter() - start, 4),
    }
    yield PartReady(request, Result(arrays=arrays, metadata=metadata))


def units(line: Line) -> dict[str, Json]:
    """What each array of a line is."""
    return {
        **SHAPE,
        "alpha": "share of the way along the line",
        "coordinates": "(α, β) of each point, in anchor units",
        "curve": f"d(s) / d(1) in {'ABC'[line.channel]}'s context",
        "end_distance": f"d(1): {CURVE_DISTANCES[line.slice_plane.distance]}",
        "top_token": "token id",
    }
