"""What a line is asked with."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, ValidationError, ValidatorFunctionWrapHandler, WrapValidator, model_validator

from stable_regions.analyses.slice.schema import PlaneRequest
from stable_regions.schemas.model import ModelCard
from stable_regions.schemas.plane import Anchor, Coordinate
from stable_regions.schemas.request import Work

Place = Annotated[tuple[Coordinate, Coordinate], Field(strict=False)]
"""A point (α, β) of the plane."""


def _in_one_sentence(end: object, read: ValidatorFunctionWrapHandler) -> object:
    """What is wrong with an end, once: not once for each thing that it could have been."""
    try:
        return read(end)
    except ValidationError:
        raise ValueError(f"found {repr(end)[:60]}; expected 'A', 'B', 'C' or (α, β), each from -100 to 100") from None


End = Annotated[Anchor | Place, WrapValidator(_in_one_sentence)]

FIXED: dict[Anchor | Place, Place] = {"A": (0.0, 0.0), "B": (1.0, 0.0)}
"""Anchors whose coordinates are the same on every plane."""


class LineRequest(PlaneRequest):
    """How the output moves along a straight line of the plane, in one context.

    P(s) goes from the first end (s = 0) to the second (s = 1) in equal steps; d(s) is the distance of the output there to
    the output at s = 0, both written into the same prompt's run. From A to B that is the curve of these two prompts.

    Result: as of a curve `alpha` float32 [steps] = s; `curve` float32 [steps] = d(s) / d(1); `end_distance` float32 [1] =
    d(1), in the distance's own unit; `sharpness`, `width` and `position` float32 [1], along s; `top_token` int32 [steps].
    Beside them `coordinates` float32 [steps, 2] (float64 where that is computed in), the (α, β) of each point. The
    metadata's `context` says in whose run it was read, `ends` where the line begins and ends. Where nothing moves (d(1)
    is 0 to rounding) `curve` and the scalars made of it are NaN, and the metadata says why (`undefined`).
    """

    version: ClassVar[int] = 2

    analysis: Literal["line"] = "line"
    ends: Annotated[tuple[End, End], Field(strict=False)] = Field(
        description="Where the line begins and ends: an anchor, or a point (α, β)."
    )
    context: Anchor | None = Field(
        default=None,
        description="Whose run is written into. null: that of the anchor the line begins at, or of the anchor whose clean "
        "output is nearest to the output at its beginning.",
    )
    steps: int = Field(default=101, ge=5, le=1001, description="Even samples of the line, both ends included.")

    @model_validator(mode="after")
    def _two_different_ends(self) -> Self:
        first, last = (FIXED.get(end, end) for end in self.ends)
        if first == last:
            raise ValueError(f"the line ends where it begins, at {self.ends[0]}; two different points make a line")
        return self

    def resolved(self, cards: Sequence[ModelCard]) -> Self:
        begun = super().resolved(cards)
        first = self.ends[0]
        return begun if self.context or not isinstance(first, str) else begun.model_copy(update={"context": first})

    def work(self) -> Work:
        return Work(points=self.steps, passes=1)
