"""What the beliefs of a plane are asked with."""

from collections.abc import Sequence
from typing import ClassVar, Literal, Self

from pydantic import Field

from stable_regions.analyses.belief.schema import COARSE, process_of
from stable_regions.analyses.slice.schema import PlaneRequest
from stable_regions.errors import InvalidFields
from stable_regions.schemas.model import ModelCard
from stable_regions.schemas.plane import Resolution, Window
from stable_regions.schemas.process import Process, longest_within, size_of
from stable_regions.schemas.request import Work

NAMES = 40
"""Histories that name a region: those of the longest words that are no more."""


class BeliefPlaneRequest(PlaneRequest):
    """What the final residual of every point of a plane says is believed, in the context that names the point.

    The probe is the affine least-squares map from the final residual (`final`, after the norm) to the beliefs of the
    process' histories, every word and position alike, of the longest words that are at most 4,000; fitted at this checkpoint.

    Result: `alpha`, `beta`, `anchors` as of a slice; `belief` float32 [ny, nx, states], as read, unbounded; `distance` float32
    [3, ny, nx] and `name` int32 [ny, nx], the token that names each point, as of a slice: regions of output; `word` int32
    [ny, nx], the place among the metadata's `words` of the history whose belief is nearest to what is read: regions of belief;
    `word_belief` float64 [words, states]; `r2` float64 [1], the probe's in sample. Metadata: `states`, `words`.
    """

    version: ClassVar[int] = 1

    analysis: Literal["belief_plane"] = "belief_plane"
    window: Window = Field(default_factory=Window, description="The part of the plane that is sampled.")
    resolution: Resolution = Field(default=65, description="Points per side.")
    process: Process | None = Field(
        default=None, description="Whose beliefs; null: of the process that the model was trained on."
    )

    def check(self, cards: Sequence[ModelCard]) -> None:
        super().check(cards)
        (card,) = cards
        tokens = size_of(process_of(self.process, card))[1]
        if tokens > card.d_vocab:
            raise InvalidFields(
                f"process: it has {tokens} tokens; {card.name} knows {card.d_vocab}.",
                "Name a process whose tokens are the model's.",
            )

    def resolved(self, cards: Sequence[ModelCard]) -> Self:
        (card,) = cards
        return super().resolved(cards).model_copy(update={"process": process_of(self.process, card)})

    def work(self) -> Work:
        """The plane's points; the probe's histories are few beside them."""
        return Work(points=3 * self.resolution**2, passes=1)


def probe_length(process: Process, context: int) -> int:
    """Tokens of the longest histories that the probe is fitted to."""
    return longest_within(process, context, COARSE)


def name_length(process: Process, context: int) -> int:
    """Tokens of the longest histories that name regions."""
    return longest_within(process, context, NAMES)
