"""What a timeline is asked with."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from stable_regions.analyses.regions.schema import RegionsRequest
from stable_regions.schemas.base import Name, once
from stable_regions.schemas.model import ModelCard, ModelRef
from stable_regions.schemas.model_request import ModelRequest
from stable_regions.schemas.request import Work


class TimelineRequest(ModelRequest):
    """The regions of one plane at several checkpoints, matched from each to the next. The regions' own revision comes first.

    Only counted regions (at least 0.2 % of the window) take part. Two of consecutive frames are linked where at least half of
    the smaller lies in the larger, and matched one to one by overlap, the largest first; a matched region carries on its
    *track*.

    Result, by frame in the order of revisions: `step`, `tokens` int64 (−1 where unknown); `count` int32; `within`, `between`,
    `overall` (of the regions), `sharpness` (along A→B), `change` (share of the window whose name differs from the frame
    before; NaN in the first) float32; `largest` float32 [frames, 3], largest distance of each channel. By region of each frame,
    frames one after another: `frame`, `region`, `track`, `token` int32, `area`, `spread` float32, `centre` float32 [rows, 2].
    `areas` float32 [tracks, frames]: share of the window, 0 where a track is not.

    Metadata: `frames` (key, revision and request of each), `skipped`, `events` ({frame, kind, before, after}: what happened on
    the way to that frame; regions by number, of the frame before and of this one), `marks` (the frames of greatest change).
    """

    version: ClassVar[int] = 3

    analysis: Literal["timeline"] = "timeline"
    regions: RegionsRequest
    revisions: Annotated[tuple[Name, ...], Field(strict=False, min_length=1, max_length=512)]

    @model_validator(mode="after")
    def _each_revision_once(self) -> Self:
        once("revision", self.revisions)
        return self

    def frame(self, revision: str) -> RegionsRequest:
        """The regions at one checkpoint."""
        return self.regions.model_copy(update={"model": self.regions.model.model_copy(update={"revision": revision})})

    def checkpoints(self) -> Sequence[ModelRef]:
        return [self.frame(revision).model for revision in self.revisions]

    def prompted(self) -> tuple[Sequence[str], bool]:
        return self.regions.prompted()

    def check(self, cards: Sequence[ModelCard]) -> None:
        for card in cards:
            self.regions.check([card])

    def resolved(self, cards: Sequence[ModelCard]) -> Self:
        return self.model_copy(update={"regions": self.regions.resolved(cards[:1])})

    def parts(self) -> Sequence[RegionsRequest]:
        """The frame on screen, then the others as named."""
        shown = self.regions.model.revision
        return [self.frame(r) for r in sorted(self.revisions, key=lambda revision: revision != shown)]

    def work(self) -> Work:
        frames = len(self.revisions)
        return Work(points=self.regions.work().points * frames, passes=frames)
