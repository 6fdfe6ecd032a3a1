"""What every analysis' request is: a value that says what is computed, and how large that is, before anything is begun.

Nothing here knows of models; requests about checkpoints of models build on `model_request.ModelRequest`.
"""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from stable_regions.schemas.base import Wire
from stable_regions.settings import GIB

Unit = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z ]{0,23}$")]
"""What work is counted in, in the plural: `points`, `steps`, `words`; of a download `bytes`."""


class Work(Wire):
    """The size of a computation, known before it starts."""

    points: int = Field(description="Units of work; about checkpoints: points written in, by context and checkpoint.")
    passes: int = Field(default=0, description="Checkpoints that are loaded, one after another.")
    unit: Unit = Field(default="points", description="What is counted.")
    memory_bytes: int = Field(default=0, description="Held at most, checkpoints and their prompts apart; 0: little.")


@dataclass(frozen=True)
class Limits:
    """The most that one request of an analysis may be; above it, it is refused in words.

    Attributes:
        points: units of its own work.
        memory_bytes: held at most; never more than the server's `model_bytes`.
        seconds: of computing. Refused beforehand where the measured speed says so, else stopped when they are over.
    """

    points: int = 10_000_000
    memory_bytes: int = GIB
    seconds: float = 600.0


class AnalysisRequest(Wire):
    """Abstract. Subclasses add an `analysis` literal, their fields, and say the things below.

    `version` names the numbers: raise it when the same request would give other ones. It is part of the key.
    """

    version: ClassVar[int]

    @property
    def edition(self) -> int:
        """The version of the numbers of this very request, where only some requests' have changed."""
        return self.version

    limits: ClassVar[Limits] = Limits()

    pace: ClassVar[float | None] = None
    """Units of work a second on one core, as the benchmarks measured it; the price until this machine has measured its own."""

    @classmethod
    def name(cls) -> str:
        """The analysis' name on the wire, which is its folder's."""
        return str(cls.model_fields["analysis"].default)

    @abstractmethod
    def work(self) -> Work:
        """How much it is, in units of its own."""

    def parts(self) -> Sequence["AnalysisRequest"]:
        """Requests whose results become ready on the way, in order: coarser levels, blocks. Not the request itself."""
        return ()

    def paced_by(self) -> "AnalysisRequest":
        """The request by whose speed this one is priced: itself, or that of which it is made throughout."""
        return self
