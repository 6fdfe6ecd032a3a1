"""Computing one point: its distances, and its likeliest next tokens in each context."""

from collections.abc import Iterator, Mapping

import numpy as np
import torch

from stable_regions.analyses import Progress, Ready, Report
from stable_regions.analyses.opening import opened
from stable_regions.analyses.point.schema import PointRequest
from stable_regions.engine.record import prompts, provenance
from stable_regions.engine.scene import open_scene
from stable_regions.models.shelf import Shelf
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.plane import DISTANCES
from stable_regions.schemas.result import Json, Result


def compute(request: PointRequest, shelf: Shelf, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """The point's result; there are no parts."""
    weights = (shelf.catalogue.weights(request.model),)
    model = yield from opened(shelf, request.model, 0, 3)
    yield Progress("clean", 0, 3)
    scene = open_scene(model, request)
    alpha, beta = (torch.tensor([place], dtype=scene.kept_in) for place in (request.alpha, request.beta))
    reading = scene.read(alpha, beta)
    probabilities = scene.log_probabilities(alpha, beta).exp()
    likeliest = probabilities.topk(min(request.top, probabilities.shape[-1]), dim=-1)
    seen = sorted(set(likeliest.indices.flatten().tolist()))
    metadata: dict[str, Json] = {
        **provenance(request, key_of(request, weights), weights, scene),
        "units": {
            "distance": DISTANCES[request.distance],
            "token": "token id, likeliest first",
            "probability": "of that next token",
        },
        "prompts": prompts(request, scene),
        "tokens": dict(zip(map(str, seen), scene.model.tokens.strings(seen), strict=True)),
    }
    arrays = {
        "distance": reading.distance[:, 0].numpy(),
        "token": likeliest.indices.to(torch.int32).numpy(),
        "probability": likeliest.values.float().numpy().astype(np.float32),
    }
    yield Ready(request, Result(arrays=arrays, metadata=metadata))
