"""Computing a projection: the extra prompts are run, seen from the plane, and what the map says there is read."""

from collections.abc import Iterator, Mapping

import numpy as np
import torch

from stable_regions.analyses.load_checkpoint import opened
from stable_regions.analyses.projection.schema import TOP, ProjectionRequest
from stable_regions.analyses.report import PartReady, Progress, Report
from stable_regions.engine.outputs import log_softmax
from stable_regions.engine.provenance import names, norms, prompts, provenance
from stable_regions.engine.slice_plane import SlicePlane, open_slice_plane
from stable_regions.engine.writer import Clean
from stable_regions.maths.measures import MEASURES
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.plane import DISTANCES
from stable_regions.schemas.result import Array, Json, Result


def compute(request: ProjectionRequest, models: ModelCache, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """The projection's result; there are no parts."""
    total = request.work().points
    weights = (models.catalogue.weights(request.model),)
    model = yield from opened(models, request.model, 0, total)
    yield Progress("clean", 0, total)
    slice_plane = open_slice_plane(model, request)
    extra = slice_plane.writer.cleans(
        [model.tokens.encode(prompt, bool(request.prepend_bos)) for prompt in request.extra]
    )
    arrays = projected(slice_plane, extra)
    rows = prompts(request, slice_plane, extra)
    shown = sorted({int(token) for name in ("token", "name") for token in arrays[name].flat})
    metadata: dict[str, Json] = {
        **provenance(request, key_of(request, weights), weights, slice_plane),
        "prompts": rows[:3],
        "extra": rows[3:],
        "tokens": names(slice_plane, shown),
        "norms": norms(slice_plane.plane),
        "units": {
            "anchors": "(α, β) of A, B and C, or C's projection",
            "coordinates": "(α, β) of the projection",
            "off_plane": "distance from the plane, in units of activation",
            "off_plane_share": "the same relative to ‖B − A‖",
            "token": "token id, likeliest first",
            "probability": "of that next token",
            "distance": f"at the projection: {DISTANCES[request.distance]}",
            "nearest": "anchor whose context names the projection: 0 A, 1 B, 2 C",
            "name": "token id: likeliest at the projection in that context",
            "map_error": f"from the output at the projection to the prompt's own: {DISTANCES[request.distance]}",
        },
    }
    yield PartReady(request, Result(arrays, metadata))


@torch.inference_mode()
def projected(slice_plane: SlicePlane, extra: list[Clean]) -> dict[str, Array]:
    """Where the activations of other clean runs stand, and what comes out at their projections."""
    alpha, beta, off = (
        part.float().cpu() for part in slice_plane.plane.projected(torch.stack([run.anchor for run in extra]))
    )
    reading, final = slice_plane.named(alpha, beta)
    own = torch.stack([run.final for run in extra])
    probabilities = log_softmax(slice_plane.writer.logits(own)).exp()
    likeliest = probabilities.topk(min(TOP, probabilities.shape[-1]), dim=-1)
    nearest, measure = reading.distance.argmin(dim=0), MEASURES[slice_plane.distance]
    return {
        "anchors": np.array(slice_plane.plane.anchors, dtype=np.float32),
        "coordinates": torch.stack([alpha, beta], dim=1).numpy(),
        "off_plane": off.numpy(),
        "off_plane_share": (off / slice_plane.plane.across_norm).numpy(),
        "token": likeliest.indices.to(torch.int32).cpu().numpy(),
        "probability": likeliest.values.float().cpu().numpy(),
        "distance": reading.distance.T.contiguous().numpy(),
        "nearest": nearest.to(torch.int32).numpy(),
        "name": reading.top.gather(0, nearest[None])[0].to(torch.int32).numpy(),
        "map_error": measure.apart(*(measure.prepared(slice_plane.output(rows)) for rows in (final, own)))
        .float()
        .cpu()
        .numpy(),
    }
