"""Training, with a frame of beliefs at each kept step; at the end the model joins the catalogue."""

import shutil
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from time import perf_counter

import numpy as np
import torch

from stable_regions.analyses.belief_training.schema import BeliefTrainingRequest, frame_length
from stable_regions.analyses.report import PartReady, Progress, Report
from stable_regions.engine.beliefs import HistoryRows, read_place, reading_arrays, reading_units
from stable_regions.engine.histories import places_of, walk_of
from stable_regions.engine.threads import threads_for
from stable_regions.errors import TooCostly
from stable_regions.maths import probe
from stable_regions.maths.hidden_markov import HiddenMarkov, hidden_markov
from stable_regions.maths.presentation import Presentation, presentation
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.key import Key
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.provenance import recorded
from stable_regions.schemas.result import Json, Result
from stable_regions.settings import Settings
from stable_regions.suites.process_train import TrainingStep, train_model

MOST = 64
"""Trained models that are kept: more are refused, for each takes a few megabytes and only a person deletes them."""


def compute(request: BeliefTrainingRequest, settings: Settings, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """A part at each kept step, then what became of the training. Cancelled, it goes on where it stopped when asked again."""
    began = perf_counter()
    recipe, moments = request.recipe(), request.moments()
    made = settings.trained_folder / recipe.name
    _check_room(settings, made)
    process = hidden_markov(recipe.process)
    rows = presentation(process, frame_length(recipe.process, recipe.length))
    reader = _Reader(settings, made if made.is_dir() else _shop(settings) / "models" / recipe.name, process, rows)
    frames: dict[int, Result] = {}
    try:
        if not made.is_dir():
            for step in _alone(train_model(recipe, _shop(settings) / "models", _shop(settings) / "work")):
                yield Progress("training", min(step.step, moments[-1]), moments[-1], "steps", f"loss {step.loss:.4f}")
                if step.kept is not None and request.until is None:
                    frames[step.step] = yield from reader.read(request.at(step.step), step.step)
                    yield PartReady(request.at(step.step), frames[step.step])
                if step.step == request.until:
                    break
        wanted = moments if request.until is None else [request.until]
        for step in wanted:  # those that an earlier training had kept
            if step not in frames:
                frames[step] = yield from reader.read(request.at(step), step)
                yield PartReady(request.at(step), frames[step])
    finally:
        reader.close()
    if request.until is not None:
        return
    if not made.is_dir():
        made.parent.mkdir(parents=True, exist_ok=True)
        (_shop(settings) / "models" / recipe.name).replace(made)
        shutil.rmtree(_shop(settings) / "work" / recipe.name, ignore_errors=True)
    shown = [frames[step] for step in moments]
    arrays = {
        "step": np.array(moments, dtype=np.int32),
        "loss": np.stack([frame["loss"] for frame in shown]),
        "floor": shown[0]["floor"],
        "r2": np.stack([frame["r2"] for frame in shown]),
    }
    units = {"step": "of the optimiser", "loss": "nats, by tokens seen", "floor": "nats: the least there is"}
    units["r2"] = "in sample, uniform weights"
    more: dict[str, Json] = {"model": recipe.name, "places": shown[0].metadata["places"]}
    yield PartReady(request, recorded(request, arrays, units, perf_counter() - began, more))


def _alone(steps: Iterator[TrainingStep]) -> Iterator[TrainingStep]:
    """Each step in one thread, for it is little; between two of them whoever else computes has all."""
    while True:
        with threads_for(0):
            step = next(steps, None)
        if step is None:
            return
        yield step


def _shop(settings: Settings) -> Path:
    """Where what is being trained lies until it is whole."""
    return settings.cache_folder / "training"


def _check_room(settings: Settings, made: Path) -> None:
    """Refuse another model where there are many.

    Raises:
        TooCostly: the folder is full.
    """
    there = [one for one in settings.trained_folder.glob("*") if one.is_dir()]
    if made not in there and len(there) >= MOST:
        raise TooCostly(
            f"{len(there)} models were trained here already; {MOST} are kept.",
            f"Delete some of the folders in {settings.trained_folder}, or train with `stable-regions train process`.",
        )


class _Reader:
    """Reads beliefs off the kept steps of one model, wherever its folder is."""

    def __init__(self, settings: Settings, folder: Path, process: HiddenMarkov, rows: Presentation) -> None:
        looked = settings.model_copy(update={"model_folders": (folder.parent,)})
        self._models = ModelCache(Catalogue(looked), looked)
        self._name, self._process, self._rows = folder.name, process, rows
        self._asked = HistoryRows.of(rows, "uniform")
        self._ladder = probe.ladder(torch.from_numpy(rows.word), self._asked.belief, self._asked.weight)

    def read(self, part: BeliefTrainingRequest, step: int) -> Generator[Report, None, Result]:
        """The beliefs after so many steps."""
        began = perf_counter()
        model = self._models.model(ModelRef(name=self._name, revision=f"step{step}"))
        walk = walk_of(model, self._process, self._rows)
        for _ in walk.passes():
            yield Progress("training", step, part.steps, "steps")
        found = walk.found()
        places = [*places_of(model), "concat"]
        with threads_for(0):
            readings = [read_place(found.at(place), self._asked) for place in places]
        arrays = reading_arrays(readings, found, self._rows, self._ladder)
        more: dict[str, Json] = {
            "model": self._name,
            "revision": f"step{step}",
            "length": self._rows.length,
            "places": list[Json](places),
            "tokens": list[Json](self._process.tokens),
            "states": list[Json](self._process.states),
        }
        units = {name: str(unit) for name, unit in reading_units("uniform").items()}
        return recorded(part, arrays, units, perf_counter() - began, more)

    def close(self) -> None:
        """Let go of what was loaded."""
        self._models.close()
