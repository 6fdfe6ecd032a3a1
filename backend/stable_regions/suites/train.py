"""Training a bundled model: deterministic, resumable, and every loss written down.

While it runs, a working folder holds `losses.jsonl` (one line a step) and `state.pt` (weights and optimisers, written at
kept moments and every two minutes). Rows and dropout of a step depend on the seed and the step alone, so a training that is
resumed gives the same weights as one that was not interrupted. When it ends, the model's folder holds the Hugging Face
layout (`stable_regions.models.initialise`), `loss.json` (the loss of every step) and `suite.json` (what a catalogue shows).
"""

import json
import math
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from stable_regions.errors import InvalidFields
from stable_regions.models.initialise import initialised, logits, save_shared, save_weights
from stable_regions.suites import facts, stdlib
from stable_regions.suites.card import Moment, write_suite
from stable_regions.suites.optimisers import Optimisers, optimisers
from stable_regions.suites.recipe import Recipe
from stable_regions.suites.rows import IGNORED, Rows, rows

Report = Callable[[int, float], None]

STATE_SECONDS = 120
"""An interrupted training loses no more than this."""


def share(recipe: Recipe, step: int) -> float:
    """A step's learning rate as a share of the whole: rises linearly over the warm-up, then falls along a cosine to the
    final share at the horizon; or stays whole, and falls linearly to nothing over the last steps.
    """
    if step < recipe.warm_up:
        return (step + 1) / recipe.warm_up
    if recipe.decay:
        return min(1.0, (recipe.steps - step) / (recipe.steps - recipe.falls + 1))
    done = min(1.0, (step - recipe.warm_up) / max(1, (recipe.horizon or recipe.steps) - recipe.warm_up))
    return recipe.final_rate + (1 - recipe.final_rate) * 0.5 * (1 + math.cos(math.pi * done))


def rate(recipe: Recipe, step: int) -> float:
    """Learning rate of a step; of the matrices that Muon moves, the same share of their own rate."""
    return recipe.learning_rate * share(recipe, step)


class Trained(NamedTuple):
    """What changes from step to step: the model, what computes its loss (the model, or the same compiled), its optimisers."""

    model: nn.Module
    computed: nn.Module
    optimisers: Optimisers


def loss_of(model: nn.Module, tokens: Int[Tensor, "batch pos"], labels: Int[Tensor, "batch pos"]) -> Float[Tensor, ""]:
    """Mean cross-entropy of the next token, in nats."""
    return nn.functional.cross_entropy(logits(model, tokens).flatten(0, 1), labels.flatten(), ignore_index=IGNORED)


def train(
    recipe: Recipe, out: Path, work: Path, report: Report = lambda step, loss: None, compiled: bool = False
) -> Path:
    """Train one model, or go on where an earlier training of it stopped.

    Args:
        recipe: what to train.
        out: folder in which the model's own folder is made.
        work: folder of the working state, one folder a model; may be deleted when the training has ended.
        report: told the step and its loss.
        compiled: whether torch compiles the model first; about a third faster on a CPU, and needs a C++ compiler.

    Returns:
        The model's folder.
    """
    folder, work = out / recipe.name, work / recipe.name
    work.mkdir(parents=True, exist_ok=True)
    source = rows(recipe)
    model = initialised(recipe.architecture(source.tokenizer.get_vocab_size()), recipe.seed)
    computed = torch.compile(model, dynamic=False) if compiled else model
    trained = Trained(model, computed, optimisers(model, recipe))  # pyright: ignore[reportArgumentType]
    losses = _resume(trained, recipe, work)
    if not losses:
        bos, unknown, pad = facts.SPECIALS if recipe.suite == "facts" else stdlib.SPECIALS
        save_shared(model, source.tokenizer, bos, unknown if recipe.suite == "facts" else None, pad, folder)
        save_weights(model, folder / "step0")
    written = monotonic()
    with (work / "losses.jsonl").open("a", encoding="utf-8") as log:
        for step in range(len(losses), recipe.steps):
            losses.append(_step(trained, recipe, source, step))
            log.write(json.dumps({"step": step + 1, "loss": round(losses[-1], 5), "rate": rate(recipe, step)}) + "\n")
            report(step + 1, losses[-1])
            if step + 1 in recipe.kept:
                save_weights(model, folder / f"step{step + 1}")
            if step + 1 in recipe.kept or monotonic() - written > STATE_SECONDS:
                log.flush()
                _keep(trained, recipe, losses, work)
                written = monotonic()
    _finish(model, recipe, source, losses, folder)
    return folder


def _step(trained: Trained, recipe: Recipe, source: Rows, step: int) -> float:
    torch.manual_seed(1_000_003 * (recipe.seed + 1) + step)  # dropout's, so that it can be resumed
    trained.optimisers.slow(share(recipe, step))
    trained.model.train()
    with torch.autocast("cpu", torch.bfloat16, enabled=recipe.bfloat16):
        loss = loss_of(trained.computed, *source.batch(step))
    trained.optimisers.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(trained.model.parameters(), recipe.clip)
    trained.optimisers.step()
    trained.model.eval()
    return float(loss.detach())


def _keep(trained: Trained, recipe: Recipe, losses: list[float], work: Path) -> None:
    unfinished = work / "state.pt.new"
    kept = {"model": trained.model.state_dict(), "optimisers": trained.optimisers.state()}
    state = {**kept, "losses": losses, "recipe": asdict(recipe)}
    torch.save(state, unfinished)
    unfinished.replace(work / "state.pt")


def _resume(trained: Trained, recipe: Recipe, work: Path) -> list[float]:
    """Put the kept state back; returns the losses of the steps already taken, and cuts the log to them.

    Raises:
        InvalidFields: the working folder holds a training by another recipe.
    """
    if not (work / "state.pt").is_file():
        (work / "losses.jsonl").unlink(missing_ok=True)
        return []
    kept = torch.load(work / "state.pt", weights_only=True)
    if not recipe.begins_as(Recipe(**kept["recipe"]), len(kept["losses"])):
        raise InvalidFields(f"{work} holds a training by another recipe.", "Delete it, or name another working folder.")
    trained.model.load_state_dict(kept["model"])
    trained.optimisers.load(kept["optimisers"])
    losses: list[float] = kept["losses"]
    lines = (work / "losses.jsonl").read_text("utf-8").splitlines(keepends=True)
    (work / "losses.jsonl").write_text("".join(lines[: len(losses)]), "utf-8")
    return losses


@torch.no_grad()
def _finish(model: nn.Module, recipe: Recipe, source: Rows, losses: list[float], folder: Path) -> None:
    """Write the losses, and what a catalogue shows; a moment's loss is that of the batch read just before it."""
    per_step = [int((source.batch(s)[1] != IGNORED).sum()) for s in range(recipe.steps)]
    start = float(loss_of(model, *source.batch(0))) if not losses else losses[0]
    moments = [
        Moment(revision=f"step{s}", step=s, tokens=sum(per_step[:s]), loss=round(losses[s - 1] if s else start, 4))
        for s in recipe.kept
    ]
    (folder / "loss.json").write_text(json.dumps([round(loss, 3) for loss in losses]) + "\n", "utf-8")
    write_suite(folder, recipe, source.tokenizer.get_vocab_size(), moments)
