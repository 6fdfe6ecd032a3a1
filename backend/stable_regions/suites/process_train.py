"""Training a model of a hidden Markov process: deterministic, resumable, every loss written down beside its bound.

What a step reads depends on the seed and the step alone, so a training that is resumed gives the same weights as one that
was not interrupted. The model's folder holds the Hugging Face layout (`stable_regions.models.initialise`), `process.json` (the
process, and how the model is made), `loss.json` (the loss of every step) and `suite.json` (what a catalogue shows).
"""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Float, Int
from tokenizers import Regex, Tokenizer, models, pre_tokenizers
from torch import Tensor, nn

from stable_regions.errors import InvalidFields
from stable_regions.maths.hidden_markov import HiddenMarkov, hidden_markov
from stable_regions.maths.presentation import draw
from stable_regions.models.initialise import Network, initialised, logits, save_weights
from stable_regions.schemas.process import size_of
from stable_regions.suites.card import Moment, Suite
from stable_regions.suites.processes import ProcessRecipe


class TrainingStep(NamedTuple):
    """A step that was taken: how many there are now, its loss (nats a token), and whether its weights were kept."""

    step: int
    loss: float
    kept: str | None


def train_model(recipe: ProcessRecipe, out: Path, work: Path) -> Iterator[TrainingStep]:
    """Train one model, or go on where an earlier training of it stopped; each step is told as it is taken.

    Args:
        recipe: what to train.
        out: folder in which the model's own folder is made.
        work: folder of the working state, one folder a model; may be deleted when the training has ended.

    Raises:
        InvalidFields: the working folder holds a training by another recipe.
    """
    folder, work = out / recipe.name, work / recipe.name
    work.mkdir(parents=True, exist_ok=True)
    process = hidden_markov(recipe.process)
    model = initialised(recipe.architecture(), recipe.seed)
    optimiser = torch.optim.AdamW(model.parameters(), lr=recipe.learning_rate, betas=recipe.betas, weight_decay=0.0)
    losses = _resumed(model, optimiser, recipe, work)
    if not losses:
        _save_shared(model, process, recipe, folder)
        save_weights(model, folder / "step0")
        yield TrainingStep(0, float(_loss(model, *_batch(process, recipe, 0), "exact").detach()), "step0")
    for step in range(len(losses), recipe.steps):
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(recipe, step)
        loss = _loss(model, *_batch(process, recipe, step), recipe.targets)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        losses.append(float(loss.detach()))
        name = f"step{step + 1}" if step + 1 in recipe.moments else None
        if name:
            save_weights(model, folder / name)
            _keep(model, optimiser, recipe, losses, work)
        yield TrainingStep(step + 1, losses[-1], name)
    (folder / "loss.json").write_text(json.dumps([round(loss, 5) for loss in losses]) + "\n", "utf-8")
    _save_suite(model, recipe, losses, folder)


def learning_rate(recipe: ProcessRecipe, step: int) -> float:
    """Learning rate of a step: rises linearly over the warm-up, then falls along a cosine."""
    if step < recipe.warm_up:
        return recipe.learning_rate * (step + 1) / recipe.warm_up
    done = (step - recipe.warm_up) / max(1, recipe.steps - recipe.warm_up)
    return recipe.learning_rate * (recipe.final_rate + (1 - recipe.final_rate) * 0.5 * (1 + math.cos(math.pi * done)))


def process_tokenizer(process: HiddenMarkov) -> Tokenizer:
    """A token for each of the process' tokens; words are written without spaces."""
    tokenizer = Tokenizer(models.WordLevel({token: n for n, token in enumerate(process.tokens)}))
    longest_first = sorted(process.tokens, key=len, reverse=True)
    spelled = "|".join("".join(f"\\x{{{ord(letter):x}}}" for letter in token) for token in longest_first)
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(spelled), "isolated")
    return tokenizer


def _batch(
    process: HiddenMarkov, recipe: ProcessRecipe, step: int
) -> tuple[Int[Tensor, "batch pos"], Int[Tensor, "batch pos"], Float[Tensor, "batch pos tokens"]]:
    """Tokens of a step, the token that follows each, and what could have followed it."""
    chance = np.random.default_rng([recipe.seed, step])
    word, following = draw(process, recipe.batch, recipe.length + 1, chance)
    read, drawn = torch.from_numpy(word[:, :-1]), torch.from_numpy(word[:, 1:])
    return read, drawn, torch.from_numpy(following[:, 1:]).float()


def _loss(
    model: nn.Module,
    tokens: Int[Tensor, "batch pos"],
    drawn: Int[Tensor, "batch pos"],
    following: Float[Tensor, "batch pos tokens"],
    targets: str,
) -> Float[Tensor, ""]:
    """Mean cross-entropy of the next token, in nats."""
    given = logits(model, tokens).flatten(0, 1)
    if targets == "exact":
        return nn.functional.cross_entropy(given, following.flatten(0, 1))
    return nn.functional.cross_entropy(given, drawn.flatten())


def _save_shared(model: Network, process: HiddenMarkov, recipe: ProcessRecipe, folder: Path) -> None:
    """Config, tokenizer, and the process with how the model is made."""
    folder.mkdir(parents=True, exist_ok=True)
    model.config.save_pretrained(folder)
    process_tokenizer(process).save(str(folder / "tokenizer.json"))
    described = {"tokenizer_class": "PreTrainedTokenizerFast", "add_bos_token": False}
    described |= {"model_max_length": recipe.length, "clean_up_tokenization_spaces": False}
    (folder / "tokenizer_config.json").write_text(json.dumps(described, indent=2) + "\n", "utf-8")
    made = {"process": recipe.process.model_dump(mode="json"), "targets": recipe.targets, "length": recipe.length}
    made |= {"steps": recipe.steps, "batch": recipe.batch, "learning_rate": recipe.learning_rate, "seed": recipe.seed}
    (folder / "process.json").write_text(json.dumps(made, indent=1) + "\n", "utf-8")


def _save_suite(model: Network, recipe: ProcessRecipe, losses: list[float], folder: Path) -> None:
    tokens = recipe.batch * recipe.length
    moments = [
        Moment(revision=f"step{step}", step=step, tokens=step * tokens, loss=round(losses[max(0, step - 1)], 5))
        for step in recipe.moments
    ]
    suite = Suite(
        name=recipe.name,
        family="gpt2",
        suite=recipe.process.name,
        parameters=sum(weight.numel() for weight in model.parameters()),
        layers=recipe.layers,
        d_model=recipe.width,
        vocabulary=size_of(recipe.process)[1],
        context=recipe.length,
        prepend_bos=False,
        seed=recipe.seed,
        license="MIT",
        text=f"words of the process {recipe.process.name}, drawn from its exact chances",
        revisions=moments,
    )
    (folder / "suite.json").write_text(json.dumps(suite, indent=1) + "\n", "utf-8")


def _keep(
    model: nn.Module, optimiser: torch.optim.Optimizer, recipe: ProcessRecipe, losses: list[float], work: Path
) -> None:
    unfinished = work / "state.pt.new"
    state = {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "losses": losses, "recipe": repr(recipe)}
    torch.save(state, unfinished)
    unfinished.replace(work / "state.pt")


def _resumed(model: nn.Module, optimiser: torch.optim.Optimizer, recipe: ProcessRecipe, work: Path) -> list[float]:
    """Put the kept state back; returns the losses of the steps already taken."""
    if not (work / "state.pt").is_file():
        return []
    kept = torch.load(work / "state.pt", weights_only=True)
    if kept["recipe"] != repr(recipe):
        raise InvalidFields(f"{work} holds a training by another recipe.", "Delete it, or name another working folder.")
    model.load_state_dict(kept["model"])
    optimiser.load_state_dict(kept["optimiser"])
    losses: list[float] = kept["losses"]
    return losses
