"""A worker without torch, for tests of the pool and the service: it counts, as slowly and as badly as it is told.

`plans.json` in the cache folder says how, by a request's first prompt; `chunks.log` there tells what happened.
"""

import json
import os
import signal
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from stable_regions.analyses.animation.schema import AnimationRequest
from stable_regions.analyses.report import PartReady, PartSkipped, Progress, Report
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.errors import DegeneratePlane, ModelUnavailable
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.schemas.result import Result
from stable_regions.settings import Settings
from stable_regions.workers.scheduler import Compute
from stable_regions.workers.serve import serve


def plan(folder: Path, prompt: str, **plan: object) -> None:
    """Say how the requests with this first prompt go: `chunks`, `seconds` of each, and at which chunk it does `what`."""
    file = folder / "plans.json"
    plans = json.loads(file.read_text()) if file.exists() else {}
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({**plans, prompt: plan}))


def chunks(folder: Path) -> list[str]:
    """What happened, a line for each chunk: `<first prompt>: <chunk>`."""
    file = folder / "chunks.log"
    return file.read_text().splitlines() if file.exists() else []


def answer(request: AnalysisRequest) -> Result:
    """What this worker computes: the request's length, squared."""
    recipe = request.model_dump(mode="json")
    number = len(json.dumps(recipe, sort_keys=True))
    return Result({"square": np.full(1000, number**2, np.int64)}, {"recipe": recipe})


def ready(settings: Settings) -> Compute:
    folder = settings.cache_folder

    def note(prompt: str, text: str) -> None:
        with (folder / "chunks.log").open("a") as log:
            log.write(f"{prompt}: {text}\n")

    def compute(request: AnalysisRequest, known: Mapping[Key, bytes]) -> Iterator[Report]:
        sliced = request.slice if isinstance(request, AnimationRequest) else request
        assert isinstance(sliced, SliceRequest)
        prompt = sliced.prompts[0]
        file = folder / "plans.json"
        plan = (json.loads(file.read_text()) if file.exists() else {}).get(prompt, {})
        parts = list(request.parts())
        total = plan.get("chunks", 2)
        note(prompt, f"begins, {len(known)} known")
        try:
            for chunk in range(total):
                note(prompt, str(chunk))
                time.sleep(plan.get("seconds", 0.0))
                if chunk == plan.get("at", 0):
                    _do(plan.get("what"))
                yield Progress("points", chunk + 1, total)
                if chunk < len(parts) and plan.get("parts", True):
                    yield PartReady(parts[chunk], answer(parts[chunk]))
            if plan.get("what") == "skip":
                yield PartSkipped(parts[0], ModelUnavailable("step0 is gone.", "Train it again.").problem())
            if plan.get("what") != "nothing":
                yield PartReady(request, answer(request))
        except GeneratorExit:
            note(prompt, "closed")
            raise

    return compute


def _do(what: str | None) -> None:
    if what == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "hang":
        signal.pause()
    if what == "fail":
        raise RuntimeError("a secret of the server")
    if what == "refuse":
        raise DegeneratePlane("The anchors lie on one line.", "Choose other prompts.")
    if what == "print":
        print("a library that prints " * 1000)  # noqa: T201  (that is the test)


def key(request: AnalysisRequest) -> Key:
    """The key of a request whose checkpoints all have the weights `w`."""
    return key_of(request, ["w"] * len(request.checkpoints()))


if __name__ == "__main__":
    serve(ready)
