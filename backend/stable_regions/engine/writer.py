"""Writing activations into a model, and reading what comes out: the engine's one interface.

A *writer* is bound to one loaded checkpoint and one write layer. It runs a prompt once (`clean`), and then answers, for
any number of activations: what would the model's final residual be, had this activation stood at the write layer at the
prompt's last position (`written`)? Two implementations agree to rounding: `tail` runs one token per activation through
the blocks above the write layer, `oracle` writes into the full sequence through TransformerLens' hooks. `writers.writer_for`
takes the first where the architecture is on the list in `families`, else the second, and refuses what neither knows.

Source: Janiak et al., *Characterizing stable regions in the residual stream of LLMs* (arXiv 2409.17113): write after
block ℓ at the last position, read the final residual after the final norm.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from jaxtyping import Float
from torch import Tensor


@dataclass(frozen=True, eq=False)
class Clean:
    """A prompt's own run, left alone, and what a writer keeps of it in order to write into it.

    Attributes:
        ids: the prompt's tokens.
        anchor: the stream after the write layer at the last position.
        final: the stream after the final norm at the last position, as the head reads it; `d_out` is `d_model` but for
            the few models (OPT-350m) that project after their norm.
    """

    ids: list[int]
    anchor: Float[Tensor, " d_model"]
    final: Float[Tensor, " d_out"]


class Writer(ABC):
    """Writes at one layer of one checkpoint; all methods run without gradients, on the model's device and dtype."""

    name: Literal["tail", "oracle"]

    @property
    def whole(self) -> bool:
        """Whether it still runs prompts; one that let go of the blocks below its layer only writes."""
        return True

    def clean(self, ids: Sequence[int]) -> Clean:
        """Run a prompt of at least one token and keep what is needed to write into it."""
        return self.cleans([ids])[0]

    @abstractmethod
    def cleans(self, prompts: Sequence[Sequence[int]]) -> list[Clean]:
        """Run several prompts, each by itself; those of one length together, where that is faster."""

    @abstractmethod
    def streams(self, prompts: Sequence[Sequence[int]]) -> list[Float[Tensor, "_ d_model"]]:
        """The stream after the write layer at every position of each prompt: real activations, as many as tokens."""

    @abstractmethod
    def written(self, clean: Clean, points: Float[Tensor, "n d_model"]) -> Float[Tensor, "n d_out"]:
        """The final residual (after the final norm, last position) for each point written into that context.

        The points of one call stand in runs of their own: no point sees another.
        """

    @abstractmethod
    def written_each(
        self, cleans: Sequence[Clean], points: Float[Tensor, "prompts n d_model"]
    ) -> Float[Tensor, "prompts n d_out"]:
        """`written` for several contexts at once, each with as many points of its own."""

    @abstractmethod
    def logits(self, final: Float[Tensor, "n d_out"]) -> Float[Tensor, "n d_vocab"]:
        """Final residuals through the model's own head, with the soft cap, scale or bias its family has there."""
