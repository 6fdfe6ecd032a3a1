"""What every analysis' request is: a value that says what is computed, and can say so before any model is loaded."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Self

from pydantic import Field

from stable_regions.schemas.base import Wire
from stable_regions.schemas.model import ModelCard, ModelRef


class Work(Wire):
    """The size of a computation, known before it starts."""

    points: int = Field(description="Points written into the model, counted once per context and checkpoint.")
    passes: int = Field(description="Checkpoints that are loaded, one after another.")


class AnalysisRequest(Wire):
    """Abstract. Subclasses add an `analysis` literal, their fields, and say the things below.

    `version` names the numbers: raise it when the same request would give other ones. It is part of the key.
    """

    version: ClassVar[int]

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

    @abstractmethod
    def parts(self) -> Sequence["AnalysisRequest"]:
        """Requests whose results become ready on the way, in order: coarser levels, frames. Not the request itself."""

    @abstractmethod
    def work(self) -> Work:
        """Points and passes."""
