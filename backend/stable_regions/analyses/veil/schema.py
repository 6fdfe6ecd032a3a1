"""What a veil is asked with."""

from collections.abc import Sequence
from typing import ClassVar, Literal, Self

from pydantic import Field

from stable_regions.analyses.slice.schema import SpanRequest
from stable_regions.errors import InvalidFields
from stable_regions.schemas.model import ModelCard
from stable_regions.schemas.plane import Resolution, Window
from stable_regions.schemas.request import Work


class VeilRequest(SpanRequest):
    """How far the plane's points are from real activations at the write layer. No output is looked at, so no distance is asked.

    The bank is at least 1,000 different activations: of the facts suite, every position of 256 of its prompts; of the standard
    library, every position of cuts of 12 tokens; a BOS token apart. `typical` is the median distance of a real activation from
    the nearest other one.

    Result: `alpha`, `beta`, `anchors` as of a slice; `nearest` float32 [ny, nx], the distance of each point from the nearest
    real activation, `typical` being 1; `typical` float32 [1], in units of activation. By activation of the bank, nearest the
    plane first: `bank_plane` float32 [m, 2], (α, β) of its projection; `bank_off` float32 [m], its distance from the plane,
    `typical` being 1; `bank_token` int32 [m], the token at its position. The metadata `bank` says what the bank is.
    """

    version: ClassVar[int] = 1

    analysis: Literal["veil"] = "veil"
    window: Window = Field(default_factory=Window, description="The part of the plane that is sampled.")
    resolution: Resolution = Field(default=65, description="Points per side.")
    bank: Literal["suite", "stdlib"] | None = Field(
        default=None,
        description="`suite`: the text of a bundled model's own suite. `stdlib`: the standard library's source, which no bundled "
        "model has read. null: the suite's where there is one, else the standard library.",
    )

    def check(self, cards: Sequence[ModelCard]) -> None:
        super().check(cards)
        (card,) = cards
        if self.bank == "suite" and card.source != "bundled":
            raise InvalidFields(
                f"bank 'suite': {card.name} belongs to no bundled suite.", "Choose 'stdlib', or leave it out."
            )

    def resolved(self, cards: Sequence[ModelCard]) -> Self:
        (card,) = cards
        own = "suite" if card.source == "bundled" and card.family == "facts" else "stdlib"
        # The text of the library's suite is the standard library: one bank, one name.
        return super().resolved(cards).model_copy(update={"bank": self.bank if self.bank == "stdlib" else own})

    def work(self) -> Work:
        """Nothing is written into the model."""
        return Work(points=0, passes=1)
