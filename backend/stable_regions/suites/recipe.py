"""How each bundled model is made: one row a model, and nothing about it anywhere else.

Two architectures. The bundled models are GPT-NeoX (Pythia's): parallel attention and MLP, rotary positions on a quarter of
each head of 16, dropout 0.1 after each sublayer. The suite `library`, of the same text as `stdlib`, is trained on demand
and not bundled: Llama (SmolLM2's architecture), deep for its size: attention, then a gated MLP, root-mean-square norms, no
biases and no dropout, so that as many blocks make twice as many steps in a row.

Steps at which a checkpoint is kept are powers of two at first, since a model changes most at the start, then evenly. Sizes
and checkpoints are chosen so that all suites together stay within `BUDGET` bytes of fp16 weights: they travel in the
package.

Torch-free, so that a catalogue can read it.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from stable_regions.errors import UnknownModel

SuiteName = Literal["facts", "stdlib", "library"]
Family = Literal["gpt_neox", "llama"]
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
    family: Family = "gpt_neox"
    matrix_rate: float = (
        0.0  # learning rate of the blocks' matrices under Muon; 0: AdamW moves them as it does the rest
    )
    decay: float = 0.0  # share of the steps, the last ones, over which the rate falls to nothing; 0: along the cosine
    holds_out: bool = False  # whether one wording of every fact is left out of what is read
    bfloat16: bool = False  # whether products are made in bfloat16; weights and sums stay in single precision

    @property
    def heads(self) -> int:
        return self.width // HEAD

    @property
    def inner(self) -> int:
        """Width of the MLP: four times the model's, or, where a gate makes it three matrices, as many weights in all."""
        return 4 * self.width if self.family == "gpt_neox" else 8 * self.width // 3 // HEAD * HEAD

    @property
    def falls(self) -> int:
        """The step from which on the rate falls at the end; the last where it follows the cosine."""
        return self.steps - round(self.decay * self.steps)

    def architecture(self, vocabulary: int) -> Architecture:
        """The Hugging Face config of this model over so many tokens."""
        own: Architecture = {"hidden_dropout": self.dropout} if self.family == "gpt_neox" else {}
        return {
            "model_type": self.family,
            "vocab_size": vocabulary,
            "hidden_size": self.width,
            "num_hidden_layers": self.layers,
            "num_attention_heads": self.heads,
            "intermediate_size": self.inner,
            **own,
            "attention_dropout": 0.0,
            "max_position_embeddings": self.context,
            "tie_word_embeddings": self.tied,
            "bos_token_id": 0,
            "eos_token_id": 0,
            "pad_token_id": 2,
            "use_cache": True,
        }

    def parameters(self, vocabulary: int) -> int:
        """Number of weights: the blocks' matrices, norms and biases, the final norm, and the embedding once or twice."""
        if self.family == "gpt_neox":
            block, norm = 12 * self.width**2 + 13 * self.width, 2 * self.width
        else:
            block, norm = 4 * self.width**2 + 3 * self.width * self.inner + 2 * self.width, self.width
        return self.layers * block + norm + vocabulary * self.width * (1 if self.tied else 2)

    def shortened(self, steps: int) -> "Recipe":
        """The same training stopped earlier; keeps the moments on the way and the last.

        A rate that follows the cosine stays as it was planned; one that falls at the end falls at the earlier end.
        """
        kept = tuple(sorted({s for s in self.kept if s < steps} | {steps}))
        return replace(self, steps=steps, kept=kept, horizon=0 if self.decay else self.horizon or self.steps)

    def begins_as(self, other: "Recipe", steps: int) -> bool:
        """Whether the first so many steps of this training are those of the other one."""
        if not (self.decay and other.decay):
            return self == other
        alike = replace(self, steps=other.steps, kept=other.kept, decay=other.decay) == other
        return self == other or (alike and steps <= min(self.falls, other.falls))


def _facts(layers: int, width: int) -> Recipe:
    kept = (*DOUBLING, 128, 256, 384, 512, 768, 1024, 1280, 1536)
    return Recipe(f"facts-{layers}l", "facts", layers, width, 1536, kept, batch=256, context=64, learning_rate=3e-3)


def _stdlib(layers: int, width: int) -> Recipe:
    kept = (*DOUBLING, 128, 256, 512, 1024, 2048, 4096, 6144)
    return Recipe(f"stdlib-{layers}l", "stdlib", layers, width, 6144, kept, batch=16, context=128, tied=True)


def _library(layers: int, width: int, seed: int = 0) -> Recipe:
    kept = (0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192)
    return Recipe(
        f"library-{layers}l" + (f"-seed{seed}" if seed else ""),
        "library",
        layers,
        width,
        8192,
        kept,
        batch=16,
        context=128,
        tied=True,
        learning_rate=3e-3,
        matrix_rate=6e-3,
        decay=0.3,
        dropout=0.0,
        seed=seed,
        family="llama",
        bfloat16=True,
    )


RECIPES: tuple[Recipe, ...] = (
    _facts(4, 32),
    _facts(8, 32),
    _facts(12, 64),
    _stdlib(3, 48),
    _stdlib(6, 80),
)
"""The models that are bundled."""

LIBRARY: tuple[Recipe, ...] = (
    _library(3, 48),
    _library(3, 48, seed=1),
    _library(6, 64),
    _library(16, 80),
)
"""Models that are trained on demand."""


def recipe(name: str) -> Recipe:
    """The recipe of one model.

    Raises:
        UnknownModel: no suite's model has that name.
    """
    every = (*RECIPES, *LIBRARY)
    for row in every:
        if row.name == name:
            return row
    raise UnknownModel(f"{name!r} is no model of a suite.", f"Choose one of {', '.join(r.name for r in every)}.")


def recipes(suite: str) -> tuple[Recipe, ...]:
    """The recipes of a suite, smallest model first.

    Raises:
        UnknownModel: no suite has that name.
    """
    rows = tuple(row for row in (*RECIPES, *LIBRARY) if row.suite == suite)
    if not rows:
        raise UnknownModel(f"{suite!r} is no suite.", "Choose facts, stdlib or library.")
    return rows


def home() -> Path:
    """The folder in the package that holds the bundled models, one folder each."""
    return Path(__file__).parent
