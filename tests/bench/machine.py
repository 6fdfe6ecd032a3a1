"""What is measured on, and how fast it multiplies matrices."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

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
            start = perf_counter()
            torch.mm(a, b, out=out)
            best = max(best, 2 * n * k * m / (perf_counter() - start) / 1e9)
    return best


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
