"""What a request will download, said before it begins; asked about where somebody can answer."""

import sys
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from stable_regions.schemas.events import Estimate
    from stable_regions.schemas.request import AnalysisRequest
    from stable_regions.settings import Settings


def agreed(request: "AnalysisRequest", settings: "Settings", yes: bool) -> bool:
    """Say the price of a request that needs downloads, and ask; true where there is nothing to ask.

    Args:
        request: what is about to be computed here.
        settings: name the hub's rules.
        yes: do not ask.
    """
    from stable_regions.schemas.model_request import checkpoints

    if not any("/" in ref.name for ref in checkpoints(request)):
        return True
    from stable_regions.models.catalogue import Catalogue
    from stable_regions.models.resolve import resolve
    from stable_regions.schemas.events import Estimate
    from stable_regions.service.price import with_downloads, with_memory

    catalogue = Catalogue(settings)
    resolved = resolve(request, catalogue, settings)
    work = resolved.request.work()
    plain = Estimate(points=work.points, passes=work.passes, unit=work.unit, seconds=None)
    price = with_downloads(with_memory(plain, resolved, catalogue), list(checkpoints(resolved.request)), catalogue)
    for sentence in sentences(price):
        typer.echo(sentence, err=True)
    if not price.download_bytes or yes or not sys.stdin.isatty():
        return True
    return typer.confirm("Go on?", default=True, err=True)


def sentences(price: "Estimate") -> list[str]:
    """The price in words; nothing of what costs nothing."""
    said = [f"{row.model} at {row.revision} is left out: {row.problem.detail}" for row in price.missing]
    if price.download_bytes:
        free = f"; {price.disk_free_bytes / 1e9:.1f} GB of disk are free" if price.disk_free_bytes is not None else ""
        memory = f"Memory: {price.memory_bytes / 1e9:.1f} GB. " if price.memory_bytes is not None else ""
        said.append(f"{memory}To download: {price.download_bytes / 1e9:.2f} GB in {price.download_files} files{free}.")
    return said
