"""What a training is asked with."""

import hashlib
from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field

from stable_regions.schemas.key import canonical
from stable_regions.schemas.process import Process, longest_within, size_of
from stable_regions.schemas.request import AnalysisRequest, Limits, Work
from stable_regions.suites.processes import ProcessRecipe

ROWS = 1100
"""Histories of a frame: those of the longest words that are no more. A frame must cost little beside the steps."""


class BeliefTrainingRequest(AnalysisRequest):
    """Trains a small transformer on words of a hidden Markov process, and reads its beliefs at each kept step.

    The recipe is that of `stable-regions train process`: two blocks of 64, words of `length` + 1 tokens, AdamW. Deterministic
    for its seed on one machine. What is trained lies in the folder `trained` of the cache, in the Hugging Face layout, and
    is a model of its own from then on, named after the process and the request.

    Result: `step` int32 [steps kept]; `loss` float64 [steps kept, length] and `floor` float64 [length], exact, in nats, by
    tokens seen; `r2` float64 [steps kept, places]. Metadata: `model`, its name in the catalogue; `places`. Each part is the
    same request with `until` one of the kept steps: beliefs after so many steps, arrays as of `belief` over the histories of
    the longest words that are at most 1,100, uniform weights.
    """

    version: ClassVar[int] = 1
    limits: ClassVar[Limits] = Limits(points=20_000, seconds=1800)
    pace: ClassVar[float | None] = 90.0

    analysis: Literal["belief_training"] = "belief_training"
    process: Process = Field(description="What emits the words.")
    targets: Literal["exact", "sampled"] = Field(
        default="exact",
        description="`exact`: the next token's distribution given those before it. `sampled`: the token.",
    )
    steps: int = Field(default=1000, ge=10, le=5000, description="Of the optimiser.")
    length: int = Field(default=8, ge=2, le=10, description="Tokens that the model reads.")
    seed: int = Field(default=0, ge=0, le=9999, description="Of the first weights and of the words.")
    until: int | None = Field(default=None, ge=0, description="Stop after so many steps; null: all. A part's.")

    def recipe(self) -> ProcessRecipe:
        """What is trained; the same whatever `until`."""
        whole = canonical(self.model_copy(update={"until": None}))
        name = f"{self.process.name}-{hashlib.sha256(whole.encode()).hexdigest()[:6]}"
        return ProcessRecipe(
            name, self.process, length=self.length, steps=self.steps, targets=self.targets, seed=self.seed
        )

    def moments(self) -> Sequence[int]:
        """Steps whose weights are kept, in order."""
        every = self.recipe().moments
        return every if self.until is None else [step for step in every if step <= self.until]

    def at(self, step: int) -> "BeliefTrainingRequest":
        """The part of one kept step."""
        return self.model_copy(update={"until": step})

    def parts(self) -> Sequence["BeliefTrainingRequest"]:
        """A frame for each kept step."""
        return () if self.until is not None else [self.at(step) for step in self.moments()]

    def work(self) -> Work:
        """Steps; of a part those since the one before it."""
        every = self.moments()
        begun = every[-2] if self.until is not None and len(every) > 1 else 0
        return Work(points=max(1, every[-1] - begun), unit="steps")


def frame_length(process: Process, length: int) -> int:
    """Tokens of the longest histories of a frame."""
    return longest_within(process, length, max(ROWS, size_of(process)[1]))
