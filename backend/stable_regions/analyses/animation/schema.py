"""What an animation is asked with."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.schemas.base import Name, once
from stable_regions.schemas.model import ModelCard, ModelRef
from stable_regions.schemas.model_request import ModelRequest
from stable_regions.schemas.request import Work

COARSE = 17
"""Resolution of the first sweep over all checkpoints, points per side."""


class AnimationRequest(ModelRequest):
    """One slice at several checkpoints. The slice's own revision is the frame on screen, and comes first.

    Result: the list of frames. `step` and `tokens` int64 [frames] (−1 where unknown), `sharpness` float32 [frames]
    (along A→B), `largest` float32 [frames, 3] (largest distance of each channel); metadata `frames` names the key,
    revision and request of each slice, `skipped` those that could not be had.
    """

    version: ClassVar[int] = 2

    analysis: Literal["animation"] = "animation"
    slice: SliceRequest
    revisions: Annotated[tuple[Name, ...], Field(strict=False, min_length=1, max_length=512)]

    @property
    def edition(self) -> int:
        """It names its frames by their keys, so it changes with them."""
        return self.version + self.slice.edition - SliceRequest.version

    @model_validator(mode="after")
    def _each_revision_once(self) -> Self:
        once("revision", self.revisions)
        return self

    def frame(self, revision: str, resolution: int) -> SliceRequest:
        """The slice at one checkpoint and level."""
        model = self.slice.model.model_copy(update={"revision": revision})
        return self.slice.model_copy(update={"model": model, "resolution": resolution})

    def order(self) -> Sequence[str]:
        """Revisions in the order of computing: the frame on screen, then the rest as named."""
        shown = self.slice.model.revision
        return [r for r in self.revisions if r == shown] + [r for r in self.revisions if r != shown]

    def checkpoints(self) -> Sequence[ModelRef]:
        return [self.slice.model.model_copy(update={"revision": revision}) for revision in self.revisions]

    def prompted(self) -> tuple[Sequence[str], bool]:
        return self.slice.prompted()

    def check(self, cards: Sequence[ModelCard]) -> None:
        for card in cards:
            self.slice.check([card])

    def resolved(self, cards: Sequence[ModelCard]) -> Self:
        return self.model_copy(update={"slice": self.slice.resolved(cards[:1])})

    def parts(self) -> Sequence[SliceRequest]:
        """The frame on screen coarse to fine, a coarse sweep over all frames, then every frame in full."""
        final = self.slice.resolution
        coarse = min(COARSE, final)
        first, *rest = self.order()
        shown = self.frame(first, final)
        sweep = [self.frame(revision, coarse) for revision in rest]
        full = [self.frame(revision, final) for revision in rest] if final > coarse else []
        return [*shown.parts(), shown, *sweep, *full]

    def work(self) -> Work:
        return Work(points=3 * self.slice.resolution**2 * len(self.revisions), passes=len(self.revisions))
