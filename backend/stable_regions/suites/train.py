"""Training a bundled model: deterministic, resumable, and every loss written down.

While it runs, a working folder holds `losses.jsonl` (one line a step) and `state.pt` (weights and optimiser at the last
kept moment). Rows and dropout of a step depend on the seed and the step alone, so a training that is resumed gives the
same weights as one that was not interrupted. When it ends, the model's folder holds the Hugging Face layout
(`stable_regions.models.initialise`), `loss.json` (the loss of every step) and `suite.json` (what a catalogue shows).
"""

import json
import math
from collections.abc import Callable
from pathlib import Path

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from stable_regions.errors import InvalidFields
from stable_regions.models.initialise import initialised, logits, save_shared, save_weights
from stable_regions.suites import facts, stdlib
from stable_regions.suites.card import Moment, write_suite
from stable_regions.suites.recipe import Recipe
from stable_regions.suites.rows import IGNORED, Rows, rows

Report = Callable[[int, float], None]


def rate(recipe: Recipe, step: int) -> float:
    """Learning rate of a step: rises linearly over the warm-up, then falls along a cosine to its share at the horizon."""
    if step < recipe.warm_up:
        return recipe.learning_rate * (step + 1) / recipe.warm_up
    done = min(1.0, (step - recipe.warm_up) / max(1, (recipe.horizon or recipe.steps) - recipe.warm_up))
    return recipe.learning_rate * (recipe.final_rate + (1 - recipe.final_rate) * 0.5 * (1 + math.cos(math.pi * done)))


def loss_of(model: nn.Module, tokens: Int[Tensor, "batch pos"], labels: Int[Tensor, "batch pos"]) -> Float[Tensor, ""]:
    """Mean cross-entropy of the next token, in nats."""
    return nn.functional.cross_entropy(logits(model, tokens).flatten(0, 1), labels.flatten(), ignore_index=IGNORED)


def train(recipe: Recipe, out: Path, work: Path, report: Report = lambda step, loss: None) -> Path:
    """Train one model, or go on where an earlier training of it stopped.

    Args:
        recipe: what to train.
        out: folder in which the model's own folder is made.
        work: folder of the working state, one folder a model; may be deleted when the training has ended.
        report: told the step and its loss.

    Returns:
        The model's folder.
    """
    folder, work = out / recipe.name, work / recipe.name
    work.mkdir(parents=True, exist_ok=True)
    source = rows(recipe)
    model = initialised(recipe.architecture(source.tokenizer.get_vocab_size()), recipe.seed)
    optimiser = torch.optim.AdamW(
        _groups(model, recipe.weight_decay),
        lr=recipe.learning_rate,
        betas=recipe.betas,
        weight_decay=recipe.weight_decay,
    )
    losses = _resume(model, optimiser, recipe, work)
    if not losses:
        bos, unknown, pad = facts.SPECIALS if recipe.suite == "facts" else stdlib.SPECIALS
        save_shared(model, source.tokenizer, bos, unknown if recipe.suite == "facts" else None, pad, folder)
        save_weights(model, folder / "step0")
    with (work / "losses.jsonl").open("a", encoding="utf-8") as log:
        for step in range(len(losses), recipe.steps):
            losses.append(_step(model, optimiser, recipe, source, step))
            log.write(json.dumps({"step": step + 1, "loss": round(losses[-1], 5), "rate": rate(recipe, step)}) + "\n")
            report(step + 1, losses[-1])
            if step + 1 in recipe.kept:
                log.flush()
                save_weights(model, folder / f"step{step + 1}")
                _keep(model, optimiser, recipe, losses, work)
    _finish(model, recipe, source, losses, folder)
    return folder


def _step(model: nn.Module, optimiser: torch.optim.Optimizer, recipe: Recipe, source: Rows, step: int) -> float:
    torch.manual_seed(1_000_003 * (recipe.seed + 1) + step)  # dropout's, so that it can be resumed
    for group in optimiser.param_groups:
        group["lr"] = rate(recipe, step)
    model.train()
    loss = loss_of(model, *source.batch(step))
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), recipe.clip)
    optimiser.step()
    model.eval()
    return float(loss.detach())


def _groups(model: nn.Module, decay: float) -> list[dict[str, list[nn.Parameter] | float]]:
    """Matrices decay; biases and norms do not."""
    weights = [p for p in model.parameters() if p.requires_grad]
    return [
        {"params": [p for p in weights if p.ndim >= 2], "weight_decay": decay},
        {"params": [p for p in weights if p.ndim < 2], "weight_decay": 0.0},
    ]


def _keep(model: nn.Module, optimiser: torch.optim.Optimizer, recipe: Recipe, losses: list[float], work: Path) -> None:
    unfinished = work / "state.pt.new"
    state = {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "losses": losses, "recipe": repr(recipe)}
    torch.save(state, unfinished)
    unfinished.replace(work / "state.pt")


def _resume(model: nn.Module, optimiser: torch.optim.Optimizer, recipe: Recipe, work: Path) -> list[float]:
    """Put the kept state back; returns the losses of the steps already taken, and cuts the log to them.

    Raises:
        InvalidFields: the working folder holds a training by another recipe.
    """
    if not (work / "state.pt").is_file():
        (work / "losses.jsonl").unlink(missing_ok=True)
        return []
    kept = torch.load(work / "state.pt", weights_only=True)
    if kept["recipe"] != repr(recipe):
        raise InvalidFields(f"{work} holds a training by another recipe.", "Delete it, or name another working folder.")
    model.load_state_dict(kept["model"])
    optimiser.load_state_dict(kept["optimiser"])
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
