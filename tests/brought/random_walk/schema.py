"""What walks are asked with."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field

from stable_regions.schemas.request import AnalysisRequest, Limits, Work


class RandomWalkRequest(AnalysisRequest):
    """Walkers that step up or down by 1, from 0.

    Result: `step` int64 [samples], evenly spaced, the last the request's `steps`; `mean_square` float64 [samples], of the
    walkers' places, which grows as the steps.
    """

    version: ClassVar[int] = 1
    limits: ClassVar[Limits] = Limits(points=50_000_000, memory_bytes=2**27, seconds=300)
    pace: ClassVar[float | None] = 2e6

    analysis: Literal["random_walk"] = "random_walk"
    steps: int = Field(default=1000, ge=10, le=10**9, description="Steps of each walker.")
    walkers: int = Field(default=16, ge=1, le=10**9, description="How many.")
    seed: int = Field(default=0, ge=0, le=2**31 - 1, description="Of the steps.")

    def parts(self) -> Sequence["RandomWalkRequest"]:
        """The same for a tenth of the steps, and a hundredth, the shortest first."""
        return [self.model_copy(update={"steps": n}) for n in (self.steps // 100, self.steps // 10) if n >= 10]

    def work(self) -> Work:
        return Work(points=self.steps, unit="steps", memory_bytes=24 * self.walkers)
