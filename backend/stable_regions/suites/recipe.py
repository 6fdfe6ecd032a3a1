"""How each bundled model is made: one row a model, and nothing about it anywhere else.

The architecture is GPT-NeoX (Pythia's): parallel attention and MLP, rotary positions on a quarter of each head of 16,
dropout 0.1 after each sublayer. Steps at which a checkpoint is kept are powers of two at first, since a model changes
most at the start, then evenly. Sizes and checkpoints are chosen so that all suites together stay within `BUDGET` bytes
of fp16 weights: they travel in the package.

Torch-free, so that a catalogue can read it.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from stable_regions.errors import UnknownModel

SuiteName = Literal["facts", "stdlib"]
Architecture = dict[str, str | int | float | bool]

BUDGET = 60_000_000  # bytes of all suites together
HEAD = 16  # width of an attention head, so that a quarter of it (rotary) is even at every size
DOUBLING = (0, 1, 2, 4, 8, 16, 32, 64)


@dataclass(frozen=True)
class Recipe:
    """One model: its shape, what it reads, for how long, and which moments are kept."""

    name: str
    suite: SuiteName
    layers: int
    width: int
    steps: int
    kept: tuple[int, ...]
    batch: int
    context: int
    tied: bool = False
    learning_rate: float = 2e-3
    horizon: int = 0  # step at which the cosine of the learning rate ends; 0 is the last
    final_rate: float = 0.1  # of the learning rate, at the horizon
    warm_up: int = 50
    weight_decay: float = 0.1
    dropout: float = 0.1
    clip: float = 1.0
    betas: tuple[float, float] = (0.9, 0.95)
    seed: int = 0

    @property
    def heads(self) -> int:
        return self.width // HEAD

    def architecture(self, vocabulary: int) -> Architecture:
        """The Hugging Face config of this model over so many tokens."""
        return {
            "model_type": "gpt_neox",
            "vocab_size": vocabulary,
            "hidden_size": self.width,
            "num_hidden_layers": self.layers,
            "num_attention_heads": self.heads,
            "intermediate_size": 4 * self.width,
            "hidden_dropout": self.dropout,
            "attention_dropout": 0.0,
            "max_position_embeddings": self.context,
            "tie_word_embeddings": self.tied,
            "bos_token_id": 0,
            "eos_token_id": 0,
            "pad_token_id": 2,
            "use_cache": True,
        }

    def parameters(self, vocabulary: int) -> int:
        """Number of weights: 12 d² + 13 d a block, the final norm, and the embedding once or twice."""
        block = 12 * self.width**2 + 13 * self.width
        return self.layers * block + 2 * self.width + vocabulary * self.width * (1 if self.tied else 2)

    def shortened(self, steps: int) -> "Recipe":
        """The same training stopped earlier, the learning rate as it was planned; keeps the moments on the way and the last."""
        kept = tuple(sorted({s for s in self.kept if s < steps} | {steps}))
        return replace(self, steps=steps, kept=kept, horizon=self.horizon or self.steps)


def _facts(layers: int, width: int) -> Recipe:
    kept = (*DOUBLING, 128, 256, 384, 512, 768, 1024, 1280, 1536)
    return Recipe(f"facts-{layers}l", "facts", layers, width, 1536, kept, batch=256, context=64, learning_rate=3e-3)


def _stdlib(layers: int, width: int) -> Recipe:
    kept = (*DOUBLING, 128, 256, 512, 1024, 2048, 4096, 6144)
    return Recipe(f"stdlib-{layers}l", "stdlib", layers, width, 6144, kept, batch=16, context=128, tied=True)


RECIPES: tuple[Recipe, ...] = (
    _facts(4, 32),
    _facts(8, 32),
    _facts(12, 64),
    _stdlib(3, 48),
    _stdlib(6, 80),
)


def recipe(name: str) -> Recipe:
    """The recipe of one model.

    Raises:
        UnknownModel: no bundled model has that name.
    """
    for row in RECIPES:
        if row.name == name:
            return row
    raise UnknownModel(f"{name!r} is no bundled model.", f"Choose one of {', '.join(r.name for r in RECIPES)}.")


def recipes(suite: str) -> tuple[Recipe, ...]:
    """The recipes of a suite, smallest model first.

    Raises:
        UnknownModel: no suite has that name.
    """
    rows = tuple(row for row in RECIPES if row.suite == suite)
    if not rows:
        raise UnknownModel(f"{suite!r} is no bundled suite.", "Choose facts or stdlib.")
    return rows


def home() -> Path:
    """The folder in the package that holds the bundled models, one folder each."""
    return Path(__file__).parent
