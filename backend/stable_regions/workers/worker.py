"""The worker: the only process that imports torch. `python -m stable_regions.workers.worker`, started by the pool."""

from collections.abc import Iterator, Mapping

from stable_regions.analyses import Report
from stable_regions.schemas.key import Key
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.settings import Settings
from stable_regions.workers.serve import serve
from stable_regions.workers.turns import Compute


def ready(settings: Settings) -> Compute:
    """Import torch, set its threads, put up the shelf."""
    import torch

    from stable_regions.analyses import compute
    from stable_regions.models.catalogue import Catalogue
    from stable_regions.models.shelf import Shelf

    if settings.threads:
        torch.set_num_threads(settings.threads)
    shelf = Shelf(Catalogue(settings), settings)

    def computed(request: AnalysisRequest, known: Mapping[Key, bytes]) -> Iterator[Report]:
        return compute(request, shelf, known)

    return computed


if __name__ == "__main__":
    serve(ready)
