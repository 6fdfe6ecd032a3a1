"""A server process for the browser tests: started, stopped, and started again on the same port."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).parents[2]

PROMPTS = ("The capital of France is", "The capital of Japan is", "The capital of Peru is")


def surroundings(folder: Path) -> dict[str, str]:
    """Environment of a program of ours: this checkout, offline, on the CPU, with its cache in a folder."""
    return {
        "PYTHONPATH": str(ROOT / "backend"),
        "STABLE_REGIONS_CACHE_FOLDER": str(folder / "cache"),
        "STABLE_REGIONS_OFFLINE": "true",
        "STABLE_REGIONS_DEVICE": "cpu",
        "STABLE_REGIONS_LOG": "warning",
    }


class Served:
    """`stable-regions serve` with a cache folder of its own; `settings` go into its environment."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self._folder = folder
        self._settings = {f"STABLE_REGIONS_{name.upper()}": value for name, value in settings.items()}
        self._process: subprocess.Popen[str] | None = None
        self._port = 0
        self.url = ""

    def start(self) -> None:
        """Start it; returns when it says its address."""
        environment = {**os.environ, **surroundings(self._folder), **self._settings}
        command = [sys.executable, "-m", "stable_regions", "serve", "--port", str(self._port)]
        self._process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:(\d+)", line):
                self._port = int(found[1])
                self.url = found[0]
                return
        raise AssertionError(f"the server ended with status {self._process.wait()} before it gave an address")

    def stop(self) -> None:
        """Stop it and wait until it is gone."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


def view(**fields: object) -> str:
    """A link's hash: the smallest bundled model on a coarse grid, four checkpoints, unless said otherwise."""
    given: dict[str, object] = {
        "v": 1,
        "model": "facts-4l",
        "revs": "step0,step64,step256,step1536",
        "step": "step1536",
        "a": PROMPTS[0],
        "b": PROMPTS[1],
        "c": PROMPTS[2],
        "layer": 1,
        "dtype": "float32",
        "d": "hellinger",
        "ctx": "own",
        "n": 33,
        "exact": 1,
        "w": "-0.25,1.25,-0.25,1.25",
    } | fields
    return "#" + urlencode({name: value for name, value in given.items() if value is not None}, safe=",/")
