"""What basins are asked with."""

from collections.abc import Sequence
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from stable_regions.analyses.slice.schema import SpanRequest
from stable_regions.schemas.base import Wire
from stable_regions.schemas.model import ModelCard
from stable_regions.schemas.plane import Contexts, Distance, Resolution, Window
from stable_regions.schemas.request import Work


class BlockMap(Wire):
    """One block of the model as a map of the stream into itself, at the first prompt's last position."""

    kind: Literal["block", "attention"] = Field(default="block", description="`attention` leaves the block's MLP out.")
    block: int | None = Field(
        default=None, ge=1, le=1000, description="Which block is iterated; null: the first that reads the write layer."
    )
    step: float = Field(default=1.0, gt=0, le=10, description="η: how much of what the block adds is added.")


class BasinsRequest(SpanRequest):
    """Where iterating one block leads from every point of the plane through three activations, in a frozen context.

    T(s) = R (s + η f(s)) / ‖s + η f(s)‖, f what the block adds at the first prompt's last position while the keys and values
    of earlier positions stay those of its own run, R the length of its activation there. Only starting points lie on the
    plane, brought to that length; orbits do not. A model applies each block once: this is a probe, no account of what it does.

    Result: `alpha` float32 [nx], `beta` float32 [ny]; `anchors` float32 [3, 2]; `frame` int32 [frames], the steps after which
    labels are kept (0, 1, 2, 4 …); `label` int8 [frames, ny, nx], the template that a state is most like (cosine, the bank's
    mean taken away): 0, 1, 2 are the anchors, then real activations; `nearest` int8 [frames, ny, nx], the same among the
    anchors alone; `entropy` float32 [frames] of the labels, bits; `limit` int16 [ny, nx], limit sets by size, −1 where
    unresolved; `period` int8 [ny, nx], 1 at rest, 0 unresolved; `steps` int16 [ny, nx] until rest; `speed` float32 [ny, nx],
    ‖T(s) − s‖/‖s‖ at the start; `top_token` int32 [ny, nx], the likeliest token were the last state the final one; `region`
    int8 [ny, nx], the anchor whose clean output is nearest to the point's own output in the first prompt's context;
    `overlap` float32 [frames], adjusted Rand index of `nearest` with `region`: 1 the same partition, 0 as by chance, and at
    frame 0 what geometry alone gives; `area` float32 [limits], `multiplier` float32 [limits], the leading growth of a small
    deviation per step (below 1: stable; NaN where not computed). The metadata's `limits` say what is near each.
    """

    version: ClassVar[int] = 1

    analysis: Literal["basins"] = "basins"
    map: BlockMap = Field(default_factory=BlockMap, description="What is iterated.")
    distance: Distance = Field(default="hellinger", description="How outputs are compared for `region`.")
    window: Window = Field(default_factory=Window, description="The part of the plane that is sampled.")
    resolution: Resolution = Field(default=33, description="Points per side, at most 129.")
    iterations: int = Field(default=50, ge=1, le=500, description="Steps.")

    @model_validator(mode="after")
    def _a_grid_that_can_be_iterated(self) -> Self:
        if self.resolution > 129:
            raise ValueError(f"a grid of {self.resolution} points a side is too fine to iterate; 129 is the finest")
        return self

    @property
    def contexts(self) -> Contexts:
        """Everything is read in the first prompt's context, as the block is iterated there."""
        return "first"

    @property
    def block(self) -> int:
        """The block that is iterated."""
        return self.write_layer + 1 if self.map.block is None else self.map.block

    def check(self, cards: Sequence[ModelCard]) -> None:
        super().check(cards)
        (card,) = cards
        if self.block >= card.layers:
            card.check_layer(self.block)

    def work(self) -> Work:
        return Work(points=self.resolution**2 * (self.iterations + 1), passes=1)
