"""`stable-regions bundle`: compute the results that are shipped with the package, so that the first view opens at once.

Run it after the models, a preset or an analysis' version changed. What is there already stays, since its key names the
weights and the version; `--all` computes it again. Old files leave, since their keys are asked no more. Parts that are not
shipped are kept in a working folder meanwhile, so that a run that was interrupted goes on where it stopped.
"""

from pathlib import Path
from typing import Annotated

import typer

from stable_regions.cli.asking import progress_bar
from stable_regions.settings import Settings


def bundle(
    everything: Annotated[bool, typer.Option("--all", help="Also what is there already.")] = False,
    work: Annotated[
        Path, typer.Option(help="Folder of parts that are computed on the way; may be deleted afterwards.")
    ] = Path("training/parts"),
) -> None:
    """Compute the default view, the gallery's pictures, the studies and the comparisons into the package."""
    import torch

    from stable_regions.analyses import compute
    from stable_regions.analyses.report import PartReady, Progress
    from stable_regions.models.catalogue import Catalogue
    from stable_regions.models.model_cache import ModelCache
    from stable_regions.models.resolve import resolve, resolve_part
    from stable_regions.store import checksums
    from stable_regions.suites.presets import RESULTS
    from stable_regions.suites.shipped import bundled_requests, shipped_parts

    torch.set_num_threads(1)  # products round differently when they are split among threads
    settings = Settings()
    catalogue = Catalogue(settings)
    models = ModelCache(catalogue, settings)
    RESULTS.mkdir(exist_ok=True)
    work.mkdir(parents=True, exist_ok=True)
    shipped: set[str] = set()
    with progress_bar() as show:
        for request in bundled_requests(catalogue):
            whole = resolve(request, catalogue, settings)
            keys = {whole.key, *(resolve_part(part, whole).key for part in shipped_parts(whole.request))}
            shipped |= keys
            if not everything and all((RESULTS / f"{key}.safetensors").is_file() for key in keys):
                continue
            parts = [resolve_part(part, whole).key for part in whole.request.parts()]
            files = {key: (RESULTS if key in keys else work) / f"{key}.safetensors" for key in (whole.key, *parts)}
            found = {key: files[key] for key in parts if not everything and files[key].is_file()}
            for report in compute(whole.request, models, {key: file.read_bytes() for key, file in found.items()}):
                if isinstance(report, Progress):
                    show(report.stage, report.done, report.total)
                elif isinstance(report, PartReady) and (key := str(report.result.metadata["key"])) in files:
                    files[key].write_bytes(report.result.to_bytes())
    models.close()
    for file in RESULTS.glob("*.safetensors"):
        if file.stem not in shipped:
            file.unlink()
    checksums.write(RESULTS)
    typer.echo(f"{len(shipped)} results in {RESULTS}")
