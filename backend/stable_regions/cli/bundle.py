"""`stable-regions bundle`: compute the results that are shipped with the package, so that the first view opens at once.

Run it after the models, a preset or an analysis' version changed. Old files leave, since their keys are asked no more.
"""

from rich.console import Console

from stable_regions.settings import Settings


def bundle() -> None:
    """Compute the default view and the gallery's pictures into the package."""
    from stable_regions.analyses import Progress, Ready, compute
    from stable_regions.models.catalogue import Catalogue
    from stable_regions.models.resolve import resolve, resolve_part
    from stable_regions.models.shelf import Shelf
    from stable_regions.suites.presets import RESULTS, bundled_requests

    settings = Settings()
    catalogue = Catalogue(settings)
    shelf = Shelf(catalogue, settings)
    console = Console()
    RESULTS.mkdir(exist_ok=True)
    shipped: set[str] = set()
    for request in bundled_requests(catalogue):
        resolved = resolve(request, catalogue, settings)
        for report in compute(resolved.request, shelf, {}):
            if isinstance(report, Progress):
                console.print(f"\r{report.stage} {report.done}/{report.total}   ", end="", highlight=False)
            if isinstance(report, Ready):
                key = resolve_part(report.request, resolved).key if report.request != resolved.request else resolved.key
                (RESULTS / f"{key}.safetensors").write_bytes(report.result.to_bytes())
                shipped.add(key)
    for file in RESULTS.glob("*.safetensors"):
        if file.stem not in shipped:
            file.unlink()
    console.print(f"\n{len(shipped)} results in {RESULTS}")
