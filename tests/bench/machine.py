"""What is measured on, and how fast it multiplies matrices."""

import os
import platform
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import get_native_id
from time import perf_counter, thread_time

import torch
import transformers

SHAPES = ((256, 512, 2048), (512, 512, 512), (512, 768, 3072), (512, 2048, 512), (1024, 1024, 1024))
"""Products n × k × m that the peak is the best of: those of the models, and a square one."""

FLOPS = 2e9
"""Operations that are timed at once: far longer than the clock's own grain."""

TASKS = Path("/proc/self/task")
"""Where Linux tells the time of each thread."""


def described() -> list[tuple[str, str]]:
    """The machine, the moment and the versions, as rows of a table."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    return [
        ("date", datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")),
        ("processor", f"{_processor()}, {os.cpu_count()} cores, {torch.backends.cpu.get_cpu_capability()}"),
        ("system", f"{platform.system()} {platform.release()}, Python {platform.python_version()}"),
        ("torch, transformers", f"{torch.__version__}, {transformers.__version__}"),
        ("load when it began", f"{load:.1f} (processes that wanted a core, over a minute)"),
    ]


def peak(repeats: int = 3, dtype: torch.dtype = torch.float32) -> float:
    """The best rate of a plain matrix product now, GFLOP/s, with torch's present number of threads."""
    best = 0.0
    for n, k, m in SHAPES:
        a, b, out = (torch.randn(shape).to(dtype) for shape in ((n, k), (k, m), (n, m)))
        times = max(1, round(FLOPS / (2 * n * k * m)))

        def many(a: torch.Tensor = a, b: torch.Tensor = b, out: torch.Tensor = out, times: int = times) -> None:
            for _ in range(times):
                torch.mm(a, b, out=out)

        many()
        for _ in range(repeats):
            best = max(best, 2 * n * k * m * times / timed(many) / 1e9)
    return best


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time that a piece of work takes of its busiest thread.

    On a quiet machine that is what a clock on the wall shows; on a busy one it leaves out what other programs took, which
    a clock would count against whatever is measured longest. It needs threads that sleep while they wait for one another
    (OMP_WAIT_POLICY=PASSIVE, as the worker runs), and Linux, which tells each thread's time; elsewhere the wall's clock is
    taken.
    """
    if torch.get_num_threads() > 1 and not TASKS.exists():
        start = perf_counter()
        work()
        return perf_counter() - start
    others, start = _others(), thread_time()
    work()
    own = thread_time() - start
    return max(own, *(spent - others.get(task, 0.0) for task, spent in _others().items()), 0.0)


def _others() -> dict[str, float]:
    """Seconds that each other thread of this process has been on a processor."""
    found: dict[str, float] = {}
    if TASKS.exists():
        for task in TASKS.iterdir():
            with suppress(OSError):  # it ended while the folder was read
                found[task.name] = int((task / "schedstat").read_text().split()[0]) / 1e9
    found.pop(str(get_native_id()), None)
    return found


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
