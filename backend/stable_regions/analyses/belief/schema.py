"""What beliefs are asked with."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from stable_regions.errors import InvalidFields, PromptRefused
from stable_regions.schemas.base import Name, once
from stable_regions.schemas.model import ModelCard, ModelRef
from stable_regions.schemas.model_request import ModelRequest
from stable_regions.schemas.process import Process, longest_within, size_of, words_at_most
from stable_regions.schemas.request import Work
from stable_regions.schemas.stream_place import StreamPlace, check_places, single_places

Weights = Literal["uniform", "probability", "prefix"]

MOST = 200_000
"""Histories that are run; of more a sample of words is drawn."""

COARSE = 4000
"""Histories of the first level: those of the longest words that are no more."""

LONGEST = 16


class BeliefRequest(ModelRequest):
    """Beliefs read off one checkpoint's residual stream by an affine map, history by history.

    Result, rows as in a presentation of the same process and length: `decoded` float32 [places, rows, states]; `mse`, `r2`
    (in sample), `r2_held_out` (ten folds of histories, ridge, every history alike), `r2_shuffled` (what fitting so many
    columns explains of beliefs dealt out anew) float64 [places]; `zoom` float64 [places, levels], R² within the groups of
    histories that share their last k tokens; `ladder` float64 [length], R² of the best function of the last k tokens;
    `mse_by_size` float64 [places, length]; `loss` and `floor` float64 [length], the model's exact mean loss and the least
    there is, by tokens seen, in nats; `probabilities` float32 [rows, tokens], the model's. The affine maps: `matrix` float64
    [Σ dims, states], one place after another, `dims` int32 [places] and `offset` float64 [places, states].
    """

    version: ClassVar[int] = 1

    pace: ClassVar[float | None] = 20_000.0

    analysis: Literal["belief"] = "belief"
    model: ModelRef = Field(description="The checkpoint that is read.")
    process: Process | None = Field(
        default=None, description="Whose beliefs; null: of the process that the model was trained on."
    )
    places: Annotated[tuple[StreamPlace, ...], Field(strict=False, max_length=64)] = Field(
        default=(), description="Places of the residual stream; none: each single one, and `concat`."
    )
    length: int | None = Field(
        default=None, ge=1, le=LONGEST, description="Tokens of the longest histories; null: all that the model reads."
    )
    weights: Weights = Field(
        default="uniform",
        description="How much a history counts: every (word, position) alike, its probability, or every history alike.",
    )
    probe: Literal["own", "final"] = Field(
        default="own", description="Fitted here, or at the last checkpoint and frozen."
    )
    last: Name | None = Field(
        default=None, description="The checkpoint whose probe is frozen; null: the model's last. For `final` alone."
    )

    @model_validator(mode="after")
    def _each_place_once(self) -> Self:
        once("place", self.places)
        if self.last is not None and self.probe == "own":
            raise ValueError("last names the checkpoint of a frozen probe; ask with probe: final, or leave it out")
        return self

    def checkpoints(self) -> Sequence[ModelRef]:
        if self.last is None or self.last == self.model.revision:
            return (self.model,)
        return self.model, self.model.model_copy(update={"revision": self.last})

    def prompted(self) -> tuple[Sequence[str], bool]:
        return (), False

    def check(self, cards: Sequence[ModelCard]) -> None:
        card = cards[0]
        check_places(card, self.places)
        process = process_of(self.process, card)
        states, tokens = size_of(process)
        if tokens > card.d_vocab:
            raise InvalidFields(
                f"process: it has {tokens} tokens and {states} states; {card.name} knows {card.d_vocab} tokens.",
                "Name a process whose tokens are the model's.",
            )
        if self.length is not None and self.length > card.context:
            raise PromptRefused(
                f"length: {card.name} reads {card.context} tokens; {self.length} are asked for.", "Ask for fewer."
            )

    def resolved(self, cards: Sequence[ModelCard]) -> Self:
        card = cards[0]
        last = self.last or card.revisions[-1].revision
        return self.model_copy(
            update={
                "process": process_of(self.process, card),
                "places": self.places or (*single_places(card), "concat"),
                "length": self.length or min(LONGEST, card.context),
                "last": last if self.probe == "final" else None,
            }
        )

    def coarse(self) -> Self | None:
        """The same for short words, where those are much fewer; None where nothing is coarser."""
        if self.process is None or self.length is None:
            return None
        short = longest_within(self.process, LONGEST, COARSE)
        return self.model_copy(update={"length": short}) if short < self.length else None

    def parts(self) -> Sequence["BeliefRequest"]:
        """The coarser level, where there is one."""
        coarse = self.coarse()
        return () if coarse is None else (coarse,)

    def work(self) -> Work:
        histories = min(MOST, words_at_most(self.process, self.length)) if self.process and self.length else MOST
        passes = len(self.checkpoints())
        return Work(points=histories * passes, passes=passes, unit="histories")


def process_of(asked: Process | None, card: ModelCard) -> Process:
    """The process asked for, or the model's own.

    Raises:
        InvalidFields: neither is there.
    """
    if asked is not None:
        return asked
    if card.process is None:
        raise InvalidFields(
            f"process: {card.name} was trained on text, so there is no process whose beliefs it could hold.",
            "Choose a model of a process, such as mess3-2l, or name a process in its tokens.",
        )
    return card.process.process
