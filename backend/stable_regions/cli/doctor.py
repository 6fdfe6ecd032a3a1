"""`stable-regions doctor`: what is there, and what to do about what is not."""

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typer
from rich.console import Console

if TYPE_CHECKING:
    from stable_regions.settings import Settings

Verdict = Literal["good", "note", "bad"]
SIGNS: dict[Verdict, str] = {"good": "[green]ok[/]  ", "note": "[yellow]note[/]", "bad": "[red]bad[/] "}

LEAST_FREE = 200 * 2**20
"""Bytes of free disk below which the cache folder is worth a word."""


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `bad`: the product does not work without it; `note`: it works, but less well."""

    verdict: Verdict
    what: str
    found: str
    next: str = ""


def doctor() -> None:
    """Look at Python, torch, device, models, cache, Redis and page; exit code 1 if something essential is missing."""
    from stable_regions.settings import Settings

    settings = Settings()
    console = Console(highlight=False, soft_wrap=True)
    worst = False
    for look in LOOKS:
        for finding in look(settings):
            console.print(f"{SIGNS[finding.verdict]} {finding.what:<9}", end="")
            console.print(finding.found, markup=False)
            if finding.next:
                console.print(f"               {finding.next}", markup=False, style="bold")
            worst = worst or finding.verdict == "bad"
    console.print("Something essential is missing." if worst else "Ready: stable-regions serve")
    if worst:
        raise typer.Exit(1)


def _python(_: "Settings") -> Iterator[Finding]:
    found = f"{platform.python_version()} in {sys.prefix}"
    old = sys.version_info < (3, 11)
    yield Finding("bad" if old else "good", "python", found, "Python 3.11 or newer is needed." if old else "")


def _torch(settings: "Settings") -> Iterator[Finding]:
    try:
        import torch
    except (ImportError, OSError) as error:
        yield Finding("bad", "torch", f"cannot be imported: {error}", "pip install torch, or see https://pytorch.org")
        return
    cuda = torch.cuda.is_available()
    yield Finding("good", "torch", f"{torch.__version__}")
    gpus = ", ".join(torch.cuda.get_device_name(i) for i in range(torch.cuda.device_count())) if cuda else ""
    wanted = settings.device
    if wanted.startswith("cuda") and not cuda:
        step = "Set STABLE_REGIONS_DEVICE=cpu, or install a CUDA build of torch and NVIDIA's driver."
        yield Finding("bad", "device", f"{wanted} is set, but torch sees no CUDA device", step)
    else:
        device = "cuda" if wanted == "auto" and cuda else "cpu" if wanted == "auto" else wanted
        yield Finding("good", "device", f"{device}{f' ({gpus})' if gpus else ''}, setting {wanted}")
    cores = os.cpu_count() or 1
    yield Finding("good", "threads", f"{settings.threads or torch.get_num_threads()} of {cores} cores")
    for name in ("transformers", "transformer-lens"):
        try:
            yield Finding("good", "library", f"{name} {version(name)}")
        except PackageNotFoundError:
            yield Finding("bad", "library", f"{name} is missing", f"pip install {name}")


def _analyses(_: "Settings") -> Iterator[Finding]:
    from stable_regions.analyses import OWN, REFUSED, REGISTRY

    brought = [f"{one.name} ({one.origin})" for one in REGISTRY.values() if one.origin]
    more = f", and of other packages {', '.join(brought)}" if brought else ""
    yield Finding("good", "analyses", f"{len(OWN)} of this package{more}")
    for one in REFUSED:
        step = f"Update or remove {one.origin}, or ask its authors."
        yield Finding("note", "analyses", f"{one.name!r} of {one.origin} is left out: {one.why}", step)


def _models(settings: "Settings") -> Iterator[Finding]:
    from stable_regions.models.catalogue import Catalogue
    from stable_regions.models.revisions import moment

    catalogue = Catalogue(settings)
    cards = catalogue.cards()
    for source, words in (("bundled", "bundled"), ("folder", "in model folders"), ("hub", "of the hub, on disk")):
        names = [f"{card.name} ({len(card.revisions)})" for card in cards if card.source == source]
        if names:
            yield Finding("good", "models", f"{words}: {', '.join(names)}; checkpoints in brackets")
        elif source == "bundled":
            step = "Install the package again, or train them: stable-regions train facts"
            yield Finding("note" if cards else "bad", "models", "no bundled models", step)
    for place, why in catalogue.refused():
        found, _, step = why.rpartition(". ")
        yield Finding("note", "models", f"{place} cannot be used" + (f": {found}" if found else ""), step or why)
    for card in cards:
        if len(card.revisions) > 2 and not any(moment(row.revision).known for row in card.revisions):
            names = ", ".join(row.revision for row in card.revisions[:3])
            found = f"the checkpoints of {card.name} ({names} …) are named in no known way; they stand in natural order"
            yield Finding("note", "models", found, "Name them step0, step100 … to have them on an axis of time.")
    for folder in settings.model_folders:
        if not folder.is_dir():
            step = "Mend STABLE_REGIONS_MODEL_FOLDERS (a JSON list of folders)."
            yield Finding("note", "models", f"the model folder {folder} does not exist", step)
    yield from _hub(settings)


def _results(_: "Settings") -> Iterator[Finding]:
    from stable_regions.store import checksums
    from stable_regions.suites.presets import RESULTS

    promised, bad = checksums.written(RESULTS) or {}, checksums.damaged(RESULTS)
    if bad:
        found = f"{len(bad)} of {len(promised)} shipped results are damaged or missing, such as {bad[0][:12]}…"
        yield Finding(
            "note", "results", found, "They are computed anew when they are asked for; or install the package again."
        )
    else:
        yield Finding("good", "results", f"{len(promised)} shipped, each with its checksum")


def _hub(settings: "Settings") -> Iterator[Finding]:
    from huggingface_hub import get_token

    from stable_regions.models.hub import disk

    if settings.offline:
        yield Finding("good", "hub", "off (STABLE_REGIONS_OFFLINE)")
        return
    token = "a token is set" if get_token() else "no token, so gated models are refused"
    found = (
        f"asked only for its models; {token}; {disk.free() / 1e9:.1f} GB free at {disk.cache()}; {settings.hub_keep}"
    )
    yield Finding("good", "hub", found)


def _cache(settings: "Settings") -> Iterator[Finding]:
    folder = settings.cache_folder
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not (there.is_dir() and os.access(there, os.W_OK)):
        step = "Set STABLE_REGIONS_CACHE_FOLDER to a folder you may write; until then results are forgotten."
        yield Finding("note", "cache", f"{folder} cannot be written", step)
        return
    free = shutil.disk_usage(there).free
    used = sum(path.stat().st_size for path in folder.glob("results.sqlite*"))
    found = f"{folder}: {used / 2**20:.0f} MiB used of at most {settings.cache_bytes / 2**20:.0f}, {free / 2**30:.1f} GiB free"
    scarce = free < LEAST_FREE
    yield Finding("note" if scarce else "good", "cache", found, "Make room on that disk." if scarce else "")


def _redis(settings: "Settings") -> Iterator[Finding]:
    if settings.store == "sqlite":
        yield Finding("good", "store", "sqlite (a file in the cache folder); Redis is not set")
        return
    import redis

    where = settings.store.rpartition("@")[2]
    try:
        server = redis.Redis.from_url(settings.store, socket_timeout=1, socket_connect_timeout=1)
        said: dict[str, object] = server.info("server")  # pyright: ignore[reportAssignmentType]  (sync client)
        server.close()
    except (redis.RedisError, OSError, ValueError) as error:
        step = "Start Redis, or mend STABLE_REGIONS_STORE; until then results are kept in a local file."
        yield Finding("note", "store", f"Redis at {where} does not answer: {error}", step)
    else:
        yield Finding("good", "store", f"Redis {said.get('redis_version')} at {where}")


def _page(_: "Settings") -> Iterator[Finding]:
    built = (Path(__file__).parents[1] / "web" / "index.html").is_file()
    step = "In a checkout: make page. A released wheel has it inside."
    yield Finding("good" if built else "bad", "page", "built" if built else "not built", "" if built else step)


LOOKS: tuple[Callable[["Settings"], Iterator[Finding]], ...] = (
    _python,
    _torch,
    _analyses,
    _models,
    _results,
    _cache,
    _redis,
    _page,
)
