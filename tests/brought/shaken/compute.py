"""Computing it: a batch of steps at a time."""

from collections.abc import Iterator, Mapping
from time import perf_counter

import torch

from stable_regions.analyses.load_checkpoint import opened
from stable_regions.analyses.report import PartReady, Progress, Report
from stable_regions.engine.provenance import provenance_of_model
from stable_regions.engine.writers import writer_for
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.result import Result

from .schema import ShakenRequest

BATCH = 32
"""Steps that are written at once."""


def compute(request: ShakenRequest, models: ModelCache, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """The first tenth as a part, then all."""
    weights = (models.catalogue.weights(request.model),)
    model = yield from opened(models, request.model, 0, request.points)
    began = perf_counter()
    writer = writer_for(model, request.write_layer)
    clean = writer.clean(model.tokens.encode(request.prompt, bool(request.prepend_bos)))
    draw, moved = torch.Generator().manual_seed(request.seed), list[torch.Tensor]()
    done, sizes = 0, sorted(part.points for part in (*request.parts(), request))
    for size in sizes:
        while done < size:
            steps = torch.randn(min(BATCH, size - done), len(clean.anchor), generator=draw)
            steps *= request.radius / steps.norm(dim=1, keepdim=True)
            final = writer.written(clean, clean.anchor + steps.to(clean.anchor))
            moved.append((final - clean.final).norm(dim=1).float().cpu())
            done += len(steps)
            yield Progress("points", done, request.points)
        own = request.model_copy(update={"points": size})
        key = key_of(own, weights)
        if key in known:
            continue
        metadata = {
            **provenance_of_model(own, key, weights, model, writer.name),
            "seconds": round(perf_counter() - began, 4),
            "units": {"moved": "length of the change of the final residual, in its own units"},
        }
        yield PartReady(own, Result({"moved": torch.cat(moved).numpy()}, metadata))
