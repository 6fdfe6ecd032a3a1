"""Computing a projection: the extra prompts are run, seen from the plane, and what the map says there is read."""

from collections.abc import Iterator, Mapping

import numpy as np
import torch

from stable_regions.analyses import Progress, Ready, Report
from stable_regions.analyses.opening import opened
from stable_regions.analyses.projection.schema import TOP, ProjectionRequest
from stable_regions.engine.outputs import log_softmax
from stable_regions.engine.record import names, norms, prompts, provenance
from stable_regions.engine.scene import Scene, open_scene
from stable_regions.engine.writer import Clean
from stable_regions.maths.measures import MEASURES
from stable_regions.models.shelf import Shelf
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.plane import DISTANCES
from stable_regions.schemas.result import Array, Json, Result


def compute(request: ProjectionRequest, shelf: Shelf, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """The projection's result; there are no parts."""
    total = request.work().points
    weights = (shelf.catalogue.weights(request.model),)
    model = yield from opened(shelf, request.model, 0, total)
    yield Progress("clean", 0, total)
    scene = open_scene(model, request)
    extra = scene.writer.cleans([model.tokens.encode(prompt, bool(request.prepend_bos)) for prompt in request.extra])
    arrays = projected(scene, extra)
    rows = prompts(request, scene, extra)
    shown = sorted({int(token) for name in ("token", "name") for token in arrays[name].flat})
    metadata: dict[str, Json] = {
        **provenance(request, key_of(request, weights), weights, scene),
        "prompts": rows[:3],
        "extra": rows[3:],
        "tokens": names(scene, shown),
        "norms": norms(scene.plane),
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
    yield Ready(request, Result(arrays, metadata))


@torch.inference_mode()
def projected(scene: Scene, extra: list[Clean]) -> dict[str, Array]:
    """Where the activations of other clean runs stand, and what comes out at their projections."""
    alpha, beta, off = (
        part.float().cpu() for part in scene.plane.projected(torch.stack([run.anchor for run in extra]))
    )
    reading, final = scene.named(alpha, beta)
    own = torch.stack([run.final for run in extra])
    probabilities = log_softmax(scene.writer.logits(own)).exp()
    likeliest = probabilities.topk(min(TOP, probabilities.shape[-1]), dim=-1)
    nearest, measure = reading.distance.argmin(dim=0), MEASURES[scene.distance]
    return {
        "anchors": np.array(scene.plane.anchors, dtype=np.float32),
        "coordinates": torch.stack([alpha, beta], dim=1).numpy(),
        "off_plane": off.numpy(),
        "off_plane_share": (off / scene.plane.across_norm).numpy(),
        "token": likeliest.indices.to(torch.int32).cpu().numpy(),
        "probability": likeliest.values.float().cpu().numpy(),
        "distance": reading.distance.T.contiguous().numpy(),
        "nearest": nearest.to(torch.int32).numpy(),
        "name": reading.top.gather(0, nearest[None])[0].to(torch.int32).numpy(),
        "map_error": measure.apart(*(measure.prepared(scene.output(rows)) for rows in (final, own)))
        .float()
        .cpu()
        .numpy(),
    }
