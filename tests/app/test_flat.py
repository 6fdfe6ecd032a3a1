"""A thousand requests of every kind leave nothing behind: memory, files and threads of both processes stay flat."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from app.conftest import Started
from app.test_whole import ask, result
from stable_regions.schemas.result import Json

REQUESTS, WARM = 1000, 300
"""The first ones load models, fill caches of bounded size, and let the allocator find its shape."""

STEP = 50
"""Requests between two looks."""

WORDS = ["France", "Japan", "Tokyo", "Brazil", "French", "Germany", "Berlin", "euro", "Europe", "Asia", "cats", "dogs"]

KIB_EACH = 3.0
"""Growth allowed for a request, on average: less than its result takes, so that not even half a result may stay."""


def varied(seed: int = 0) -> Iterator[dict[str, Json]]:
    """Slices, points, curves and films; other prompts, layers, checkpoints, distances, dtypes and windows each time."""
    chance = random.Random(seed)
    while True:
        ends = chance.sample(WORDS, 3)
        prompts: Json = [f"{' '.join(chance.choices(WORDS, k=chance.randint(0, 5)))} The {end}".strip() for end in ends]
        revision = chance.choice(["step0", "step8", "step16-tokens2K"])
        dtype = chance.choice(["float32", "float32", "float64", "bfloat16"])
        model: Json = {"name": "tiny-neox", "revision": revision, "dtype": dtype}
        place: dict[str, Json] = {"model": model, "write_layer": chance.randint(0, 1)}
        common: dict[str, Json] = {
            **place,
            "prompts": prompts,
            "distance": chance.choice(["hellinger", "l2", "js", "tv", "cosine"]),
        }
        low = chance.uniform(-0.5, 0.0)
        plane: dict[str, Json] = {
            **common,
            "window": {"alpha": [low, low + 1.5], "beta": [-0.25, 1.25]},
            "resolution": 9,
        }
        kind = chance.random()
        if kind < 0.6:
            yield {"analysis": "slice", **plane}
        elif kind < 0.75:
            yield {"analysis": "point", **common, "alpha": low, "beta": chance.uniform(-0.5, 1.0)}
        elif kind < 0.9:
            yield {"analysis": "curve", **common, "prompts": [prompts[0], prompts[1]], "steps": 21}
        else:
            yield {"analysis": "animation", "slice": {"analysis": "slice", **plane}, "revisions": ["step0", "step8"]}


def size(pid: int) -> tuple[float, int, int]:
    """Resident memory in KiB, open files, and threads of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    fields = dict(line.split(":", 1) for line in status.splitlines())
    return float(fields["VmRSS"].split()[0]), len(list(Path(f"/proc/{pid}/fd").iterdir())), int(fields["Threads"])


def typical_slope(x: np.ndarray, y: np.ndarray) -> float:
    """The median slope of all pairs: one large page that the allocator takes, 2 MiB at once, is no growth."""
    one, other = np.triu_indices(len(x), 1)
    return float(np.median((y[other] - y[one]) / (x[other] - x[one])))


def test_growth_is_told_from_one_large_page() -> None:
    x = np.arange(14) * STEP
    assert typical_slope(x, np.where(x > 500, 2048.0, 0.0)) < KIB_EACH
    assert typical_slope(x, 5.0 * x) > KIB_EACH


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads /proc")
def test_memory_files_and_threads_stay_flat_over_a_thousand_varied_requests(start: Callable[..., Started]) -> None:
    server = start(STABLE_REGIONS_RECENT_BYTES=str(2**20), STABLE_REGIONS_QUEUE="64", MALLOC_ARENA_MAX="2")
    server.ready()
    pids = {"web": server.process.pid, "worker": server.worker()}
    requests = varied()

    def one(request: dict[str, Json]) -> None:
        result(server.http, ask(server.http, request))

    seen: dict[str, list[tuple[float, int, int]]] = {name: [] for name in pids}
    with ThreadPoolExecutor(4) as callers:
        for done in range(0, REQUESTS, STEP):
            list(callers.map(one, [next(requests) for _ in range(STEP)]))
            if done + STEP > WARM:
                for name, pid in pids.items():
                    seen[name].append(size(pid))
    assert server.worker() == pids["worker"], "no worker was replaced on the way"
    for name, looks in seen.items():
        memory, files, threads = (np.array(column, dtype=float) for column in zip(*looks, strict=True))
        slope = typical_slope(np.arange(len(memory)) * STEP, memory)
        assert slope < KIB_EACH, f"{name} grows by {slope:.1f} KiB a request: {memory.tolist()}"
        assert files[-3:].min() <= files[:3].max(), f"{name}: open files {files.tolist()}"
        assert threads[-1] <= threads[:3].max() + 2, f"{name}: threads {threads.tolist()}"
