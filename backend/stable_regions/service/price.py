"""What a request would download, and what it would hold in memory: said before it runs, and nothing is begun."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from stable_regions.errors import Refusal
from stable_regions.models import memory
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.hub import disk
from stable_regions.models.hub.trees import HubFile
from stable_regions.models.resolve import Resolved
from stable_regions.schemas.events import Estimate, MissingCheckpoint, ProblemDocument
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.model_request import ModelRequest

TOGETHER = 8
"""Checkpoints that the hub is asked about at once."""


def with_memory(estimate: Estimate, resolved: Resolved, catalogue: Catalogue) -> Estimate:
    """The estimate with the memory of the largest checkpoint; asks nobody."""
    if not isinstance(resolved.request, ModelRequest) or not resolved.cards:
        return estimate
    loaded = zip(resolved.cards, resolved.request.checkpoints(), strict=True)
    largest, ref = max(loaded, key=lambda one: memory.weights(one[0], one[1].dtype))
    prompts, prepend_bos = resolved.request.prompted()
    tokens = catalogue.tokens(largest.name)
    lengths = [len(tokens.encode(prompt, prepend_bos)) for prompt in prompts]
    return estimate.model_copy(update={"memory_bytes": memory.peak(largest, lengths, ref.dtype)})


def with_downloads(estimate: Estimate, needed: Sequence[ModelRef], catalogue: Catalogue) -> Estimate:
    """The estimate with what these checkpoints lack on disk, and with those that cannot be had.

    Args:
        estimate: of the whole request.
        needed: its checkpoints of which something is not in the cache.
        catalogue: asks the hub.
    """
    with ThreadPoolExecutor(TOGETHER) as threads:
        found = list(threads.map(partial(_lacking, catalogue), needed))
    files = [file for one in found if not isinstance(one, MissingCheckpoint) for file in one]
    return estimate.model_copy(
        update={
            "download_bytes": sum(file.size for file in files),
            "download_files": len(files),
            "disk_free_bytes": disk.free(),
            "missing": tuple(one for one in found if isinstance(one, MissingCheckpoint)),
        }
    )


def _lacking(catalogue: Catalogue, ref: ModelRef) -> Sequence[HubFile] | MissingCheckpoint:
    try:
        catalogue.weights(ref)
        return catalogue.missing(ref)
    except Refusal as refusal:
        problem = ProblemDocument(**refusal.problem())
        return MissingCheckpoint(model=ref.name, revision=ref.revision, problem=problem)
