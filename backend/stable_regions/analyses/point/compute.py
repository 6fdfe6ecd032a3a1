"""Computing one point: its distances, and its likeliest next tokens in each context."""

from collections.abc import Iterator, Mapping

import numpy as np
import torch

from stable_regions.analyses.load_checkpoint import opened
from stable_regions.analyses.point.schema import PointRequest
from stable_regions.analyses.report import PartReady, Progress, Report
from stable_regions.engine.provenance import prompts, provenance
from stable_regions.engine.slice_plane import open_slice_plane
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.plane import DISTANCES
from stable_regions.schemas.result import Json, Result


def compute(request: PointRequest, models: ModelCache, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """The point's result; there are no parts."""
    weights = (models.catalogue.weights(request.model),)
    model = yield from opened(models, request.model, 0, 3)
    yield Progress("clean", 0, 3)
    slice_plane = open_slice_plane(model, request)
    alpha, beta = (torch.tensor([place], dtype=slice_plane.kept_in) for place in (request.alpha, request.beta))
    reading = slice_plane.read(alpha, beta)
    probabilities = slice_plane.log_probabilities(alpha, beta).exp()
    likeliest = probabilities.topk(min(request.top, probabilities.shape[-1]), dim=-1)
    seen = sorted(set(likeliest.indices.flatten().tolist()))
    metadata: dict[str, Json] = {
        **provenance(request, key_of(request, weights), weights, slice_plane),
        "units": {
            "distance": DISTANCES[request.distance],
            "token": "token id, likeliest first",
            "probability": "of that next token",
        },
        "prompts": prompts(request, slice_plane),
        "tokens": dict(zip(map(str, seen), slice_plane.model.tokens.strings(seen), strict=True)),
    }
    arrays = {
        "distance": reading.distance[:, 0].numpy(),
        "token": likeliest.indices.to(torch.int32).numpy(),
        "probability": likeliest.values.float().numpy().astype(np.float32),
    }
    yield PartReady(request, Result(arrays=arrays, metadata=metadata))
