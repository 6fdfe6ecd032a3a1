"""The product as a person starts it: `stable-regions serve` in a process of its own, with tiny models."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bringing import BROUGHT, bring
from patience import PATIENCE


@dataclass(frozen=True)
class Started:
    """A server process."""

    process: "subprocess.Popen[str]"
    http: httpx.Client

    def worker(self) -> int:
        """The worker's process id: the server's child that runs the worker module."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        (worker,) = [int(c) for c in children if b"workers.worker" in Path(f"/proc/{c}/cmdline").read_bytes()]
        return worker

    def ready(self) -> None:
        """Wait until the worker is up."""
        deadline = time.monotonic() + PATIENCE
        while self.http.get("/readyz").status_code != 200:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def begin(cache: Path, models: Path, **environment: str) -> Started:
    """Start a server on a free port."""
    process = subprocess.Popen(
        [sys.executable, "-m", "stable_regions", "serve", "--port", "0"],
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("STABLE_REGIONS_")},
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "STABLE_REGIONS_CACHE_FOLDER": str(cache),
            "STABLE_REGIONS_MODEL_FOLDERS": f'["{models}"]',
            "STABLE_REGIONS_OFFLINE": "true",
            "STABLE_REGIONS_DEVICE": "cpu",
            "STABLE_REGIONS_THREADS": "1",
            "PYTHONUNBUFFERED": "1",
            **environment,
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    found = re.search(r"http://\S+", process.stdout.readline())
    assert found, "the server did not say where it listens"
    return Started(process, httpx.Client(base_url=found[0], timeout=PATIENCE))


def end(started: Started) -> None:
    """Stop a server, and see that it stops."""
    started.http.close()
    if started.process.poll() is None:
        started.process.send_signal(signal.SIGTERM)
    started.process.communicate(timeout=PATIENCE)


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory, tiny_folder: Path) -> Iterator[Started]:
    """One server for all tests that leave it running."""
    started = begin(tmp_path_factory.mktemp("cache"), tiny_folder)
    started.ready()
    yield started
    end(started)


@pytest.fixture(scope="session")
def brought_path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What `PYTHONPATH` is where a package is installed that brings two analyses."""
    metadata = bring(tmp_path_factory.mktemp("site"), {"random_walk": "random_walk", "shaken": "shaken"})
    return os.pathsep.join([str(metadata), str(BROUGHT), *(one for one in sys.path if one)])


@pytest.fixture(scope="session")
def brought_server(brought_path: str, tmp_path_factory: pytest.TempPathFactory, tiny_folder: Path) -> Iterator[Started]:
    """A server beside that package."""
    started = begin(tmp_path_factory.mktemp("brought"), tiny_folder, PYTHONPATH=brought_path)
    started.ready()
    yield started
    end(started)


@pytest.fixture
def start(tmp_path: Path, tiny_folder: Path) -> Iterator[Callable[..., Started]]:
    """Starts servers of the test's own, on one cache folder."""
    all_started: list[Started] = []

    def one(**environment: str) -> Started:
        all_started.append(begin(tmp_path / "cache", tiny_folder, **environment))
        return all_started[-1]

    yield one
    for started in all_started:
        end(started)
