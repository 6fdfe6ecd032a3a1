"""How a model of a hidden Markov process is made: the two that are bundled, and anybody's own.

The architecture is GPT-2's with ReLU and without dropout, which is the paper's: learned positions, LayerNorm before each
sublayer, one residual after attention and one after the MLP. The vocabulary is the process' tokens and nothing else, and
there is no beginning-of-sequence token, so that the model's loss and the process' exact bound are about the same choice.

It reads words of `length` + 1 tokens: the last position is trained too. Its targets are `sampled` (the next token, as in
the paper) or `exact` (the next token's distribution given the tokens before it: the same mean loss and the same minimum,
with the chance of the draw taken out of the gradient; hidden states are never told).

Torch-free, so that a catalogue can read it.

Source: Shai et al. 2024 (arXiv 2405.15943), appendix A.6.
"""

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from stable_regions.errors import InvalidFields, UnknownModel
from stable_regions.schemas.process import RRXOR, Mess3, Process, size_of

Targets = Literal["exact", "sampled"]

BUDGET = 8_000_000
"""Bytes of the bundled models of processes together, fp16."""


def spaced(steps: int) -> tuple[int, ...]:
    """Steps at which a checkpoint is kept: 0, then spaced as logarithms are, the last one at the end."""
    grid = (0, 1, 3, 10, 20, 30, 50, 70, 100, 150, 200, 300, 400, 500, 700, 1000, 1500, 2000, 3000, 5000, 7000, 10000)
    return (*(step for step in grid if step < steps), steps)


@dataclass(frozen=True)
class ProcessRecipe:
    """One model of one process: its shape, how it is trained, and which moments are kept."""

    name: str
    process: Process
    layers: int = 2
    width: int = 64
    heads: int = 1
    mlp: int = 128
    length: int = 8
    steps: int = 1000
    batch: int = 64
    targets: Targets = "exact"
    learning_rate: float = 7e-3
    warm_up: int = 50
    final_rate: float = 0.01  # of the learning rate, at the end
    betas: tuple[float, float] = (0.9, 0.99)
    initial: float = 0.1  # standard deviation of the weights at the start
    seed: int = 0
    kept: tuple[int, ...] = field(default=())

    @property
    def moments(self) -> tuple[int, ...]:
        """The steps whose weights are kept."""
        return self.kept or spaced(self.steps)

    def architecture(self) -> dict[str, str | int | float | bool | None]:
        """The Hugging Face config."""
        return {
            "model_type": "gpt2",
            "vocab_size": size_of(self.process)[1],
            "n_positions": self.length,
            "n_embd": self.width,
            "n_layer": self.layers,
            "n_head": self.heads,
            "n_inner": self.mlp,
            "activation_function": "relu",
            "resid_pdrop": 0.0,
            "embd_pdrop": 0.0,
            "attn_pdrop": 0.0,
            "initializer_range": self.initial,
            "tie_word_embeddings": False,
            "use_cache": True,
            "bos_token_id": None,
            "eos_token_id": None,
        }

    def shortened(self, steps: int) -> "ProcessRecipe":
        """The same model trained for so many steps."""
        return replace(self, steps=steps, kept=())


EARLY = (0, 3, 10, 20, 30, 50, 70, 100, 150, 200, 300, 400, 500, 700, 1000, 1500)
"""Moments of both bundled models; twenty each with their last four, so that both stay within the budget."""

BUNDLED: tuple[ProcessRecipe, ...] = (
    ProcessRecipe("mess3-2l", Mess3(), length=10, steps=3000, kept=(*EARLY, 1750, 2000, 2500, 3000)),
    ProcessRecipe(
        "rrxor-4l",
        RRXOR(),
        layers=4,
        mlp=96,
        length=10,
        steps=6000,
        batch=128,
        learning_rate=2e-3,
        kept=(*EARLY, 2000, 3000, 4500, 6000),
    ),
)


def bundled(process: str) -> ProcessRecipe:
    """The bundled model of a process.

    Raises:
        UnknownModel: there is none.
    """
    for row in BUNDLED:
        if row.process.name == process:
            return row
    names = ", ".join(row.process.name for row in BUNDLED)
    raise UnknownModel(f"No bundled model is of the process {process!r}.", f"Choose one of {names}, or give a file.")


def process_in(file: Path) -> Process:
    """The process that a JSON file describes.

    Raises:
        InvalidFields: it cannot be read, or describes none; says why.
    """
    try:
        return TypeAdapter[Process](Process).validate_python(json.loads(file.read_text("utf-8")), strict=False)
    except (OSError, ValueError) as error:
        reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise InvalidFields(
            f"{file} describes no process: {reason}.", 'Write one such as {"name": "mess3", "x": 0.05, "alpha": 0.85}.'
        ) from error
