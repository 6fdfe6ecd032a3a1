"""The whole way, as a person meets it: a real server with an empty cache, asked over HTTP for bundled models."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from stable_regions import Client
from stable_regions.analyses.animation.schema import AnimationRequest
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.answers.answer import Answer
from stable_regions.models.catalogue import Catalogue
from stable_regions.schemas.plane import Window
from stable_regions.settings import Settings
from stable_regions.suites.presets import default_request

FRAMES = 16


@dataclass(frozen=True)
class Asked:
    """One request: seconds when it has to be computed, when it is in the cache, and the least it could take.

    Attributes:
        flops: floating-point operations of all points and contexts, blocks above the write layer and unembedding.
        frames: pictures it makes.
        arithmetic: of a film, seconds that its frames took to compute, one after another, from their own records.
    """

    what: str
    uncached: float
    cached: float
    flops: float
    frames: int = 1
    arithmetic: float | None = None


def asked() -> Iterator[Asked]:
    """Ask for a first picture, a fine one and a film, each twice."""
    film = default_film()
    with server() as (url, _), Client(url, timeout=600) as client:
        yield measured(client, "first 17², model not loaded", sliced(film, 17, -0.26))
        yield measured(client, "17², model loaded", sliced(film, 17, -0.27))
        yield measured(client, "129², coarser levels on the way", sliced(film, 129, -0.28))
        revisions = film.revisions[-FRAMES:]
        moving = AnimationRequest(slice=sliced(film, 65, -0.29), revisions=revisions)
        yield measured(client, f"film of {len(revisions)} checkpoints at 65²", moving)


def default_film() -> AnimationRequest:
    """The page's first view."""
    return default_request(Catalogue(Settings(offline=True)))


def sliced(film: AnimationRequest, resolution: int, low: float) -> SliceRequest:
    """The default view's slice through a window that no cache has seen."""
    window = Window(alpha=(low, 1.25), beta=(low, 1.25))
    return film.slice.model_copy(update={"resolution": resolution, "window": window, "exact": True})


def measured(client: Client, what: str, request: SliceRequest | AnimationRequest) -> Asked:
    """Seconds until the arrays are in this process, computed and then from the cache."""
    (uncached, answer), *again = (clocked(client, request) for _ in range(4))
    frames = len(request.revisions) if isinstance(request, AnimationRequest) else 1
    inner = request.slice if isinstance(request, AnimationRequest) else request
    card = Catalogue(Settings(offline=True)).card(inner.model.name)
    weights = 12 * card.d_model**2 * (card.layers - inner.write_layer - 1) + card.d_model * card.d_vocab
    flops = 2.0 * weights * request.work().points
    cached = min(seconds for seconds, _ in again)
    arithmetic = float(str(answer.metadata["seconds"])) if frames > 1 else None
    return Asked(f"{inner.model.name}: {what}", uncached, cached, flops, frames, arithmetic)


def clocked(client: Client, request: SliceRequest | AnimationRequest) -> tuple[float, Answer]:
    """Seconds on the wall from asking to having, and what was had."""
    start = time.perf_counter()
    answer = client.compute(request)
    return time.perf_counter() - start, answer


@contextmanager
def server(**environment: str) -> Iterator[tuple[str, int]]:
    """A server of its own with an empty cache and its worker warm: its address, and the web process' id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        given = {
            "STABLE_REGIONS_CACHE_FOLDER": folder,
            "STABLE_REGIONS_OFFLINE": "true",
            "STABLE_REGIONS_DEVICE": "cpu",
            **environment,
        }
        command = [sys.executable, "-m", "stable_regions", "serve", "--port", str(port)]
        process = subprocess.Popen(command, env=os.environ | given, stdout=subprocess.DEVNULL)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(f"{url}/readyz")
            yield url, process.pid
        finally:
            process.terminate()
            process.wait()


def wait_for(address: str, seconds: float = 120) -> None:
    """Wait until an address answers 200: the worker has imported what it needs.

    Raises:
        TimeoutError: it does not in that time.
    """
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if httpx.get(address).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"{address} did not answer within {seconds:.0f} s")
