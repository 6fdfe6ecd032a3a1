"""Computing a curve: the path in chunks, then what its shape says."""

from collections.abc import Iterator, Mapping
from itertools import chain
from time import perf_counter

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor

from stable_regions.analyses.curve.bank import bank
from stable_regions.analyses.curve.inner import COMPRESSION, FLIPS, compression, flips
from stable_regions.analyses.curve.schema import CurveRequest
from stable_regions.analyses.load_checkpoint import opened
from stable_regions.analyses.report import PartReady, Progress, Report
from stable_regions.engine.chunks import chunk
from stable_regions.engine.controls import control_paths
from stable_regions.engine.crossing import Crossing, open_crossing
from stable_regions.engine.curve_metrics import SHAPE, Read, still, told
from stable_regions.engine.paths import path_between, refined
from stable_regions.engine.provenance import names, prompts, provenance
from stable_regions.maths.measures import even
from stable_regions.maths.paths import arc, direction, straight
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.path import CONTROLS
from stable_regions.schemas.plane import CURVE_DISTANCES, Distance
from stable_regions.schemas.result import Array, Json, Result

TOGETHER = 32
"""Prompts of the bank that are run between two reports."""


def compute(request: CurveRequest, models: ModelCache, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """The curve's result; there are no parts."""
    total = request.work().points
    weights = (models.catalogue.weights(request.model),)
    model = yield from opened(models, request.model, 0, total)
    yield Progress("clean", 0, total)
    start = perf_counter()
    crossing = open_crossing(model, request)
    alpha = torch.linspace(0, 1, request.steps)
    a, b = (clean.anchor.cpu() for clean in crossing.cleans)
    mean: Float[Tensor, " d_model"] | None = None
    about: Json = None
    if request.path == "arc":
        words, held = bank(model, [clean.ids for clean in crossing.cleans], bool(request.prepend_bos))
        anchors: list[Tensor] = []
        for place in range(0, len(held), TOGETHER):
            anchors += [clean.anchor for clean in crossing.writer.cleans(held[place : place + TOGETHER])]
            yield Progress("bank", 0, total)
        mean = torch.stack(anchors).double().mean(dim=0).cpu()
        about = {"what": words, "activations": len(held), "radius": float(torch.linalg.vector_norm(a.double() - mean))}
    points, tangents = _way(a, b, mean, alpha), direction(a, b, mean, alpha)
    values: list[Tensor] = []
    tops: list[Tensor] = []
    size = chunk(crossing.flops, model, models.settings.chunk_seconds)
    for rows in points.split(size):
        value, top = crossing.read(rows)
        values.append(value)
        tops.append(top)
        yield Progress("points", sum(map(len, values)), total)
    inner: dict[str, Array] = {}
    looks = [
        *([flips(crossing, points, size)] if request.flips else []),
        *([compression(crossing, points, tangents, size)] if request.compression else []),
    ]
    for step in chain.from_iterable(looks):
        if isinstance(step, Progress):
            yield step
        else:
            inner |= step
    metadata: dict[str, Json] = {
        **provenance(request, key_of(request, weights), weights, crossing),
        "prompts": prompts(request, crossing),
        "bank": about,
        "norms": {"ba": float(torch.linalg.vector_norm(b.double() - a.double()))},
        "controls": list[Json](CONTROLS),
        "units": units(crossing) | (FLIPS if request.flips else {}) | (COMPRESSION if request.compression else {}),
    }
    result = recorded(
        crossing,
        alpha,
        torch.cat(values),
        torch.cat(tops),
        lambda more: crossing.read(_way(a, b, mean, more))[0],
        metadata,
    )
    if request.distance != "logit_diff":
        inner |= controls(crossing, request.distance, request.steps)
    seconds: dict[str, Json] = {"seconds": round(perf_counter() - start, 4)}
    yield PartReady(request, Result({**result.arrays, **inner}, {**result.metadata, **seconds}))


def _way(
    a: Float[Tensor, " d_model"],
    b: Float[Tensor, " d_model"],
    mean: Float[Tensor, " d_model"] | None,
    alpha: Float[Tensor, " n"],
) -> Float[Tensor, "n d_model"]:
    """Points of the chord, or of the arc about a mean."""
    return straight(a, b, alpha) if mean is None else arc(a, b, mean, alpha)


def controls(crossing: Crossing, distance: Distance, steps: int) -> dict[str, Array]:
    """The curves of the straight path's controls, and their sharpness."""
    own = path_between(crossing.writer, crossing.cleans[:1], crossing.cleans[1:])
    paths = control_paths(crossing.model, own, crossing.cleans[1:]).values()
    alpha = torch.linspace(0, 1, steps)[None]
    read = [path.distances(alpha, distance) for path in paths]
    sharp = torch.cat([refined(path, found, distance).sharpness for path, found in zip(paths, read, strict=True)])
    curves = torch.cat(read)
    return {
        "control": torch.where(sharp.isnan()[:, None], torch.nan, curves / curves[:, -1:]).float().numpy(),
        "control_sharpness": sharp.numpy(),
    }


def recorded(
    crossing: Crossing,
    alpha: Float[Tensor, " steps"],
    values: Float[Tensor, " steps"],
    top: Int[Tensor, " steps"],
    read: Read,
    metadata: Mapping[str, Json],
) -> Result:
    """The result of a path's readings; NaN where nothing moves, and why."""
    by_logits = crossing.distance == "logit_diff"

    def moved(values: Tensor, start: Tensor = values[0]) -> Tensor:
        return start - values if crossing.distance == "logit_diff" else even(values, crossing.distance)

    distances, size = moved(values), crossing.scale
    arrays: dict[str, Array] = {
        "alpha": alpha.numpy(),
        **told(distances, size, lambda more: moved(read(more))),
        "top_token": top.to(torch.int32).numpy(),
    }
    if by_logits:
        arrays["logit_diff"] = np.subtract(1, arrays["curve"])
    shown = {int(token) for token in np.unique(arrays["top_token"])} | set(crossing.rivals)
    return Result(
        arrays=arrays,
        metadata={
            **metadata,
            "tokens": names(crossing, sorted(shown)),
            "rivals": list[Json](crossing.rivals),
            "undefined": undefined(crossing, distances),
        },
    )


def units(crossing: Crossing) -> dict[str, Json]:
    """What each array of a curve is."""
    said: dict[str, Json] = {
        **SHAPE,
        "alpha": "share of the way from A to B",
        "curve": "d(α) / d(1) in A's context",
        "end_distance": f"d(1): {CURVE_DISTANCES[crossing.distance]}",
        "top_token": "token id",
        "control": "the curve of each of `controls`: " + "; ".join(f"{n}, {what}" for n, what in CONTROLS.items()),
        "control_sharpness": "sharpness of each of `controls`",
    }
    if crossing.distance == "logit_diff":
        said["logit_diff"] = "logit of A's likeliest next token minus that of B's, 1 at A and 0 at B"
    return said


def undefined(crossing: Crossing, distances: Float[Tensor, " steps"]) -> str | None:
    """Why there is no curve, if there is none."""
    said = still(distances, crossing.scale, "the path ends with A's output")
    if said and crossing.distance == "logit_diff" and len(set(crossing.rivals)) == 1:
        name = names(crossing, crossing.rivals[:1])[str(crossing.rivals[0])]
        return f"Both prompts' likeliest next token is {name!r}, and its logit minus itself is 0 everywhere."
    return said
