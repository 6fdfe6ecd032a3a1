"""What a presentation is asked with."""

from typing import ClassVar, Literal

from pydantic import Field

from stable_regions.schemas.process import Process, size_of, words_at_most
from stable_regions.schemas.request import AnalysisRequest, Limits, Work

LONGEST = 16
"""Tokens of the longest histories."""

MOST = 320_000
"""Histories at most: 200,000 that are enumerated, or those of 20,000 words that are drawn."""


class PresentationRequest(AnalysisRequest):
    """Every history of a hidden Markov process up to a length, and what is believed after it. No language model.

    Result, one row for each history that can occur, by length, then in the order of the tokens: `word` int8 [rows, length],
    token numbers, −1 beyond its end; `size` int16 [rows]; `probability` float64 [rows]; `belief` float64 [rows, states];
    `next` float64 [rows, tokens], the distribution of the token after it. `entropy` float64 [length + 1], the least loss
    after so many tokens in nats, with `entropy_error`, its standard error (0 unless words were drawn); `rate` float64 [1],
    what that falls towards, its bracket in the metadata. Where the distinct beliefs are finitely many: `distinct` float64
    [beliefs, states], the prior first; `depth` int32 [beliefs], tokens after which it is first reached; `recurrent` uint8;
    `edge` int32 [edges, 3] (from, to, token) and `edge_probability` float64 [edges]. Of more than 200,000 histories a sample
    of words is drawn; the metadata say `sampled`, and `probability` is then the share of draws.
    """

    version: ClassVar[int] = 1

    limits: ClassVar[Limits] = Limits(points=MOST)

    pace: ClassVar[float | None] = 600_000.0

    analysis: Literal["presentation"] = "presentation"
    process: Process = Field(description="Whose histories: a process by name, by its matrices, or a product.")
    length: int = Field(default=8, ge=1, le=LONGEST, description="Tokens of the longest histories.")

    def work(self) -> Work:
        states, tokens = size_of(self.process)
        histories = min(MOST, words_at_most(self.process, self.length))
        return Work(points=histories, unit="histories", memory_bytes=24 * histories * (states + tokens + self.length))
