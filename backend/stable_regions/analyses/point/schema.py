"""What a pinned point is asked with."""

from typing import ClassVar, Literal

from pydantic import Field

from stable_regions.analyses.slice.schema import PlaneRequest
from stable_regions.schemas.plane import Coordinate
from stable_regions.schemas.request import Work


class PointRequest(PlaneRequest):
    """The next-token distributions at one point (α, β) of the plane, in each context.

    Result: `distance` float32 [3]; `token` int32 [3, top] and `probability` float32 [3, top], likeliest first.
    """

    version: ClassVar[int] = 1

    analysis: Literal["point"] = "point"
    alpha: Coordinate
    beta: Coordinate
    top: int = Field(default=10, ge=1, le=100, description="How many next tokens.")

    def work(self) -> Work:
        return Work(points=3, passes=1)
