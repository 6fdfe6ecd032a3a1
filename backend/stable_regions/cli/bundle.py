"""`stable-regions bundle`: compute the results that are shipped with the package, so that the first view opens at once.

Run it after the models, a preset or an analysis' version changed. Old files leave, since their keys are asked no more.
"""

import typer

from stable_regions.cli.asking import progress_bar
from stable_regions.settings import Settings


def bundle() -> None:
    """Compute the default view and the gallery's pictures into the package."""
    import torch

    from stable_regions.analyses import Progress, Ready, compute
    from stable_regions.models.catalogue import Catalogue
    from stable_regions.models.resolve import resolve, resolve_part
    from stable_regions.models.shelf import Shelf
    from stable_regions.suites.presets import RESULTS, bundled_requests

    torch.set_num_threads(1)  # products round differently when they are split among threads
    settings = Settings()
    catalogue = Catalogue(settings)
    shelf = Shelf(catalogue, settings)
    RESULTS.mkdir(exist_ok=True)
    shipped: set[str] = set()
    with progress_bar() as show:
        for request in bundled_requests(catalogue):
            whole = resolve(request, catalogue, settings)
            for report in compute(whole.request, shelf, {}):
                if isinstance(report, Progress):
                    show(report.stage, report.done, report.total)
                elif isinstance(report, Ready):
                    own = report.request == whole.request
                    key = whole.key if own else resolve_part(report.request, whole).key
                    (RESULTS / f"{key}.safetensors").write_bytes(report.result.to_bytes())
                    shipped.add(key)
    shelf.close()
    for file in RESULTS.glob("*.safetensors"):
        if file.stem not in shipped:
            file.unlink()
    typer.echo(f"{len(shipped)} results in {RESULTS}")
