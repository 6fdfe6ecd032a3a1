"""A package that brings analyses, as it lies in an environment: its folders, and the metadata that names them."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx

from patience import PATIENCE
from stable_regions.schemas.result import Json

BROUGHT = Path(__file__).parent / "brought"


def bring(folder: Path, points: Mapping[str, str], distribution: str = "walks") -> Path:
    """Write the metadata of a distribution with entry points `stable_regions.analyses`; the folder, for the path."""
    info = folder / f"{distribution}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n")
    rows = "".join(f"{name} = {value}\n" for name, value in points.items())
    (info / "entry_points.txt").write_text(f"[stable_regions.analyses]\n{rows}")
    return folder


def said(
    http: httpx.Client, key: str, until: Callable[[dict[str, Json]], bool] = lambda _: False
) -> list[dict[str, Json]]:
    """The events of a request to their end, or until one."""
    found: list[dict[str, Json]] = []
    with http.stream("GET", f"/api/v1/requests/{key}/events", timeout=PATIENCE) as stream:
        for line in stream.iter_lines():
            if line.startswith("data: "):
                found.append(json.loads(line.removeprefix("data: ")))
                if until(found[-1]):
                    return found
    return found


def run(path: str, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Python, where the packages are installed."""
    env = {**os.environ, "PYTHONPATH": path, "STABLE_REGIONS_OFFLINE": "true", "COLUMNS": "200", **environment}
    return subprocess.run(
        [sys.executable, *words], env=env, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def retries(http: httpx.Client) -> float:
    """How often a server has begun anew after a lost worker."""
    found = re.search(r"^stable_regions_retries_total (\S+)", http.get("/metrics").text, re.MULTILINE)
    return float(found[1]) if found else 0.0
