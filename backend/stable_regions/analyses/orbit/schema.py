"""What an orbit is asked with."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from stable_regions.schemas.mean_field import (
    Beta,
    Epsilon,
    FromToken,
    Gamma,
    Network,
    Start,
    check_exponents,
    check_start,
    features_of,
)
from stable_regions.schemas.request import AnalysisRequest, Limits, Work


class OrbitRequest(AnalysisRequest):
    """One orbit of the mean-field dynamics of self-attention, after a beginning that is forgotten.

    Result, a row a token: `output` float64 [steps, features], the semantic part of the output overlaps without its factor
    1 − ε; `value`, `query`, `key` float64 [steps, features], the full overlaps, positional part included; `attention`
    float64 [steps, features]. `exponents` and `errors` float64 [K]: Lyapunov exponents, natural logarithms for each token,
    with standard errors from blocks. `end_attention` float64 [features], `end_values` and `end_keys` float64 [features,
    context] by position: where to go on. The metadata say `regime` and `period` (tokens; 0: none), the next `position`,
    and `paper_rule`, the authors' count of visited cells.
    """

    version: ClassVar[int] = 1
    limits: ClassVar[Limits] = Limits(points=3_000_000)
    pace: ClassVar[float | None] = 20_000.0

    analysis: Literal["orbit"] = "orbit"
    network: Network = Field(description="Which weights.")
    beta: Beta
    gamma: Gamma = 220.0
    epsilon: Epsilon = 0.02
    start: Start = Field(default=FromToken(), description="Where it starts.")
    discard: int = Field(default=2000, ge=0, le=2_000_000, description="Steps that are forgotten.")
    steps: int = Field(default=4000, ge=1, le=1_000_000, description="Steps that are kept.")
    exponents: int = Field(default=2, ge=0, le=3, description="How many; from the fourth on they are rounding.")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        check_start(self.network, self.start)
        check_exponents(self.network, self.exponents)
        return self

    def work(self) -> Work:
        held = self.steps * features_of(self.network) * 5 * 8
        return Work(points=self.discard + self.steps, unit="steps", memory_bytes=held)
