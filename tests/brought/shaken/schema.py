"""What shaking is asked with."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field

from stable_regions.schemas.model_request import CheckpointRequest
from stable_regions.schemas.request import Work


class ShakenRequest(CheckpointRequest):
    """How far the output moves when the prompt's activation is moved by steps of one length in random directions.

    Result: `moved` float32 [points], the length of the change of the final residual, in its own units.
    """

    version: ClassVar[int] = 1

    analysis: Literal["shaken"] = "shaken"
    prompt: str = Field(min_length=1, max_length=2000, description="Whose activation is shaken.")
    radius: float = Field(default=1.0, gt=0, le=1e6, description="Length of a step, in units of activation.")
    points: int = Field(default=100, ge=10, le=10**6, description="How many steps.")
    seed: int = Field(default=0, ge=0, le=2**31 - 1, description="Of the directions.")

    def prompted(self) -> tuple[Sequence[str], bool]:
        return (self.prompt,), bool(self.prepend_bos)

    def parts(self) -> Sequence["ShakenRequest"]:
        """The first tenth of the steps."""
        return [self.model_copy(update={"points": self.points // 10})] if self.points >= 100 else []

    def work(self) -> Work:
        return Work(points=self.points, passes=1)
