"""What is measured on, and how fast it multiplies matrices."""

import os
import platform
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, thread_time

import torch
import transformers

SHAPES = ((256, 512, 2048), (512, 512, 512), (512, 768, 3072), (512, 2048, 512), (1024, 1024, 1024))
"""Products n × k × m that the peak is the best of: those of the models, and a square one."""


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


def peak(repeats: int = 5) -> float:
    """The best rate of a plain float32 matrix product now, GFLOP/s, with torch's present number of threads."""
    best = 0.0
    for n, k, m in SHAPES:
        a, b, out = torch.randn(n, k), torch.randn(k, m), torch.empty(n, m)
        torch.mm(a, b, out=out)
        for _ in range(repeats):
            best = max(best, 2 * n * k * m / timed(lambda a=a, b=b, out=out: torch.mm(a, b, out=out)) / 1e9)
    return best


def timed(work: Callable[[], object]) -> float:
    """Seconds that a piece of work takes: of processor time where torch has one thread, else by the clock on the wall.

    One thread's processor time leaves out what other programs took, and is what a quiet machine's clock would show.
    """
    now = thread_time if torch.get_num_threads() == 1 else perf_counter
    start = now()
    work()
    return now() - start


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
