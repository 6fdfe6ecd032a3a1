"""What a comparison of similar and dissimilar pairs is asked with."""

from collections.abc import Sequence
from itertools import chain
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from stable_regions.schemas.model_request import CheckpointRequest
from stable_regions.schemas.path import samples
from stable_regions.schemas.plane import Distance, Layer, Prompt
from stable_regions.schemas.request import Work

PromptPair = Annotated[tuple[Prompt, Prompt], Field(strict=False)]
PromptPairs = Annotated[tuple[PromptPair, ...], Field(strict=False, max_length=500)]


class MeaningRequest(CheckpointRequest):
    """Pairs of prompts that mean the same against pairs that do not, and how well each way of comparing tells them apart.

    Each pair is the straight path from A's anchor to B's, in A's context, as in a curve. Result, for each `kind` of
    `same` and `different`, float32 [pairs of that kind]: `{kind}_end_distance` = d(1), `{kind}_farthest` = largest d along
    the path, `{kind}_sharpness` (NaN where nothing moves), `{kind}_anchor_distance` = ‖B − A‖ and `{kind}_anchor_cosine`
    = 1 − cos(A, B) at the write layer; `{kind}_one_token` uint8 [pairs], 1 where the likeliest next token stays the same
    along the path. `alpha` float32 [steps]; `curves` float32 [2, 3, steps], quartiles over pairs of d(α), same and
    different. `auc` float32 [scores] with the metadata's `scores`: the chance that a pair of the same meaning is judged
    more alike than one of different meaning, ties counted half; ½ is guessing. The metadata `pairs` holds the prompts.
    """

    version: ClassVar[int] = 2

    analysis: Literal["meaning"] = "meaning"
    write_layer: Layer = Field(
        default=0, description="Layer ℓ: `blocks.{ℓ}.hook_resid_post`, the stream after block ℓ."
    )
    distance: Distance = Field(default="hellinger", description="How outputs are compared.")
    pairs: int = Field(
        default=300,
        ge=2,
        le=2000,
        description="Pairs of each kind, of the facts suite; of no effect where pairs are given.",
    )
    contrast: Literal["answers", "wording"] = Field(
        default="answers",
        description="Dissimilar pairs of the facts suite. `answers`: any two prompts with different answers. `wording`: the "
        "same words about two subjects, with different answers.",
    )
    texts_same: PromptPairs = Field(default=(), description="Own pairs of the same meaning, instead of the suite's.")
    texts_different: PromptPairs = Field(default=(), description="Own pairs of different meaning.")
    steps: int = Field(default=51, ge=5, le=1001, description="Even samples of each path, both ends included.")
    seed: int = Field(default=0, ge=0, le=2**31 - 1, description="Which pairs are drawn.")

    @model_validator(mode="after")
    def _both_kinds(self) -> Self:
        if bool(self.texts_same) != bool(self.texts_different):
            missing = "texts_different" if self.texts_same else "texts_same"
            raise ValueError(f"pairs of one kind are given, and no {missing}; give some of each, or neither")
        for a, b in (*self.texts_same, *self.texts_different):
            if a == b:
                raise ValueError(f"a pair is twice the prompt {a!r}; two different ones make a path")
        return self

    def prompted(self) -> tuple[Sequence[str], bool]:
        given = chain.from_iterable((*self.texts_same, *self.texts_different))
        return tuple(dict.fromkeys(given)), bool(self.prepend_bos)

    def work(self) -> Work:
        pairs = len(self.texts_same) + len(self.texts_different) or 2 * self.pairs
        return Work(points=pairs * samples(self.steps), passes=1)
