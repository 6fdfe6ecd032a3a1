"""What a run of a finite network is asked with."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from stable_regions.schemas.mean_field import Beta, Epsilon, Gamma, Iid, Segments, Table, features_of
from stable_regions.schemas.request import AnalysisRequest, Limits, Work

Weights = Annotated[Segments | Iid | Table, Field(discriminator="construction")]


class FiniteNetworkRequest(AnalysisRequest):
    """Replicas of the network with N units, sampled exactly, beside its mean field from the same token.

    Result: `mean_field` float64 [steps, features] and `output` float32 [kept, steps, features], the semantic output
    overlaps of the mean field and of the first replicas; three tests of how they agree: `z` float64 [2], mean and standard
    deviation of single steps' departures from their expectation, in units of the binomial law (0 and 1); `short` float64
    [1], the root mean square distance over the first five tokens times √N (near 1); `distance` float64 [steps], that root
    mean square at each token, which keeps to 1/√N only where the orbit does not expand. `mean_size` float64 [2]: mean
    absolute overlap of the mean field and of the replicas, which may agree where points no longer do.
    """

    version: ClassVar[int] = 1
    limits: ClassVar[Limits] = Limits(points=200_000_000)
    pace: ClassVar[float | None] = 400_000.0

    analysis: Literal["finite_network"] = "finite_network"
    network: Weights = Field(description="Which weights; averages alone have no units to draw.")
    beta: Beta
    gamma: Gamma = 220.0
    epsilon: Epsilon = 0.02
    units: int = Field(default=9900, ge=1, le=10**9, description="N; a whole number of units for every column.")
    replicas: int = Field(default=200, ge=1, le=10_000, description="Runs side by side.")
    kept: int = Field(default=4, ge=1, le=64, description="Replicas whose overlaps are in the result.")
    steps: int = Field(default=200, ge=5, le=100_000, description="Tokens.")
    token: int = Field(default=1, ge=1, description="Row of the output weights that is the first token.")
    seed: int = Field(default=0, ge=0, le=2**32 - 1, description="Of the sampler.")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        features = features_of(self.network)
        if self.token > features:
            raise ValueError(f"token {self.token}; this network has {features} features")
        if self.kept > self.replicas:
            raise ValueError(f"{self.kept} replicas are kept of {self.replicas}")
        match self.network:
            case Segments():
                each = [3] if self.units % 3 else []
            case Iid():
                each = [self.network.units] if self.units % self.network.units else []
            case Table():
                each = []
        if each:
            raise ValueError(f"{self.units} units cannot be shared out evenly; give a multiple of {each[0]}")
        return self

    def work(self) -> Work:
        held = 4 * self.kept * self.steps * features_of(self.network)
        return Work(points=self.replicas * self.steps, unit="steps", memory_bytes=held)
