"""Requests about checkpoints of models: which, with what prompts, and what their cards already show to be impossible."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Self

from pydantic import Field

from stable_regions.schemas.model import ModelCard, ModelRef
from stable_regions.schemas.request import AnalysisRequest


class ModelRequest(AnalysisRequest):
    """Abstract. Its points and memory are bounded by the server's settings, and `limits` is not read.

    A request that needs a model only sometimes is one of these, and names no checkpoint where it needs none.
    """

    @abstractmethod
    def checkpoints(self) -> Sequence[ModelRef]:
        """The checkpoints this request needs, in the order in which they are needed."""

    @abstractmethod
    def prompted(self) -> tuple[Sequence[str], bool]:
        """The prompts it writes into, and whether each begins with the BOS token (false until resolved)."""

    @abstractmethod
    def check(self, cards: Sequence[ModelCard]) -> None:
        """Refuse what the models' cards already show to be impossible (cards in the order of `checkpoints`)."""

    @abstractmethod
    def resolved(self, cards: Sequence[ModelCard]) -> Self:
        """The same request with every default that depends on the model written out (`prepend_bos`)."""


class CheckpointRequest(ModelRequest):
    """Abstract: about one checkpoint, into which is written at one layer."""

    model: ModelRef
    write_layer: int = Field(
        ge=0, le=1000, description="Layer ℓ: `blocks.{ℓ}.hook_resid_post`, the stream after block ℓ."
    )
    prepend_bos: bool | None = Field(
        default=None, description="Begin prompts with the BOS token; null: as the model is used."
    )

    def checkpoints(self) -> Sequence[ModelRef]:
        return (self.model,)

    def check(self, cards: Sequence[ModelCard]) -> None:
        (card,) = cards
        card.check_layer(self.write_layer)

    def resolved(self, cards: Sequence[ModelCard]) -> Self:
        (card,) = cards
        return self if self.prepend_bos is not None else self.model_copy(update={"prepend_bos": card.prepend_bos})


def checkpoints(request: AnalysisRequest) -> Sequence[ModelRef]:
    """The checkpoints a request needs; none for one that knows no model."""
    return request.checkpoints() if isinstance(request, ModelRequest) else ()
