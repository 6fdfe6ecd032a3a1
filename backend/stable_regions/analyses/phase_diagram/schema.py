"""What a phase diagram is asked with."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from stable_regions.schemas.mean_field import Beta, Epsilon, Gamma, Network, check_exponents, features_of
from stable_regions.schemas.request import AnalysisRequest, Limits, Work

LARGEST = {"beta": 100.0, "gamma": 100_000.0, "epsilon": 1.0}
Parameter = Literal["beta", "gamma", "epsilon"]
Range = Annotated[tuple[float, float], Field(strict=False)]
SIZES = (9, 17, 33, 65, 129, 257)


class PhaseDiagramRequest(AnalysisRequest):
    """Exponents, regimes and periods over two parameters.

    Result: `x` and `y` float64 [resolution], the two parameters; `exponents` and `errors` float64 [K, y, x]: Lyapunov
    exponents, natural logarithms for each token, with standard errors; `regime` int8 [y, x], an index of the metadata's
    `regimes`; `period` int32 [y, x], tokens, 0: none. Every point starts at the token of the first output weights.
    Resolutions are 2^k + 1 and nested: each part holds every other row and column of the next, not computed again.
    """

    version: ClassVar[int] = 1
    limits: ClassVar[Limits] = Limits(points=1_000_000_000)
    pace: ClassVar[float | None] = 5_000_000.0

    analysis: Literal["phase_diagram"] = "phase_diagram"
    network: Network = Field(description="Which weights.")
    x: Parameter = Field(default="beta", description="The parameter to the right.")
    y: Parameter = Field(default="gamma", description="The parameter upward.")
    x_range: Range = Field(default=(0.0, 3.0), description="Its first and last value.")
    y_range: Range = Field(default=(0.0, 400.0), description="Its first and last value.")
    resolution: Literal[9, 17, 33, 65, 129, 257] = Field(default=65, description="Points a side, 2^k + 1.")
    beta: Beta = 1.266
    gamma: Gamma = 220.0
    epsilon: Epsilon = 0.02
    discard: int = Field(default=4000, ge=0, le=200_000, description="Steps of each point that are forgotten.")
    steps: int = Field(default=2000, ge=16, le=200_000, description="Steps of each point that are measured.")
    exponents: int = Field(default=1, ge=1, le=3, description="How many for each point.")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.x == self.y:
            raise ValueError(f"both axes are {self.x}; give two parameters")
        for axis, (low, high) in ((self.x, self.x_range), (self.y, self.y_range)):
            if not 0 <= low < high <= LARGEST[axis]:
                raise ValueError(
                    f"{axis} from {low:g} to {high:g}; expected a rising range within 0 to {LARGEST[axis]:g}"
                )
        check_exponents(self.network, self.exponents)
        return self

    def parts(self) -> Sequence["PhaseDiagramRequest"]:
        return [self.model_copy(update={"resolution": size}) for size in SIZES if size < self.resolution]

    def work(self) -> Work:
        held = 8 * 3072 * features_of(self.network) * min(self.resolution**2, 1000)
        return Work(points=(self.discard + self.steps) * self.resolution**2, unit="steps", memory_bytes=held)
