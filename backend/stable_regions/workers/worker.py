"""The worker: the only process that imports torch. `python -m stable_regions.workers.worker`, started by the pool."""

import gc
from collections.abc import Iterator, Mapping

from stable_regions.analyses.report import Report
from stable_regions.schemas.key import Key
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.settings import Settings
from stable_regions.workers.scheduler import Compute
from stable_regions.workers.serve import serve


def ready(settings: Settings) -> Compute:
    """Import torch, set its threads, make the cache of models."""
    import torch

    from stable_regions.analyses import compute
    from stable_regions.models.catalogue import Catalogue
    from stable_regions.models.model_cache import ModelCache

    if settings.threads:
        torch.set_num_threads(settings.threads)
    models = ModelCache(Catalogue(settings), settings)
    # What was imported stays for ever: looked through by no collection, none halts a picture for a fifth of a second.
    gc.collect()
    gc.freeze()

    def computed(request: AnalysisRequest, known: Mapping[Key, bytes]) -> Iterator[Report]:
        return compute(request, models, known)

    return computed


if __name__ == "__main__":
    serve(ready)
