"""What a film of beliefs is asked with."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from stable_regions.analyses.belief.schema import BeliefRequest
from stable_regions.schemas.base import Name, once
from stable_regions.schemas.model import ModelCard, ModelRef
from stable_regions.schemas.model_request import ModelRequest
from stable_regions.schemas.request import Work


class BeliefFilmRequest(ModelRequest):
    """Beliefs at several checkpoints of one model. The request's own revision is the frame on screen, and comes first.

    Result: the list of frames. By frame and place: `mse`, `r2`, `r2_held_out`, `r2_shuffled` float64 [frames, places] and
    `zoom` float64 [frames, places, levels]; `loss` float64 [frames, length], `floor` and `ladder` float64 [length]; `step` and
    `tokens` int64 [frames] (−1 where unknown). Metadata `frames` names the key, revision and request of each, `skipped`
    those that could not be had.
    """

    version: ClassVar[int] = 1

    pace: ClassVar[float | None] = 20_000.0

    analysis: Literal["belief_film"] = "belief_film"
    belief: BeliefRequest = Field(description="What is read; its checkpoint is the frame on screen.")
    revisions: Annotated[tuple[Name, ...], Field(strict=False, min_length=1, max_length=512)] = Field(
        description="The checkpoints, in the order of the film."
    )

    @model_validator(mode="after")
    def _each_revision_once(self) -> Self:
        once("revision", self.revisions)
        return self

    def frame(self, revision: str) -> BeliefRequest:
        """The beliefs at one checkpoint."""
        return self.belief.model_copy(update={"model": self._ref(revision)})

    def checkpoints(self) -> Sequence[ModelRef]:
        named = [self._ref(revision) for revision in self.revisions]
        last = self.belief.last
        return named if last is None or last in self.revisions else [*named, self._ref(last)]

    def prompted(self) -> tuple[Sequence[str], bool]:
        return (), False

    def check(self, cards: Sequence[ModelCard]) -> None:
        self.belief.check(cards[:1])

    def resolved(self, cards: Sequence[ModelCard]) -> Self:
        return self.model_copy(update={"belief": self.belief.resolved(cards[:1])})

    def order(self) -> Sequence[str]:
        """Revisions in the order of computing: the frame on screen, then the rest as named."""
        shown = self.belief.model.revision
        return [r for r in self.revisions if r == shown] + [r for r in self.revisions if r != shown]

    def parts(self) -> Sequence[BeliefRequest]:
        """The frame on screen coarse to fine, all frames in short words, then every frame in full."""
        first, *rest = map(self.frame, self.order())
        coarse = [level for frame in rest for level in frame.parts()]
        return [*first.parts(), first, *coarse, *rest]

    def work(self) -> Work:
        each = [self.frame(revision).work() for revision in self.revisions]
        return Work(points=sum(work.points for work in each), passes=len(self.checkpoints()), unit="histories")

    def _ref(self, revision: str) -> ModelRef:
        return self.belief.model.model_copy(update={"revision": revision})
