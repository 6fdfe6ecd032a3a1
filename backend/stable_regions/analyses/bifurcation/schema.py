"""What a bifurcation diagram is asked with."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from stable_regions.schemas.mean_field import (
    MOST_FEATURES,
    Beta,
    Epsilon,
    Gamma,
    Network,
    check_exponents,
    features_of,
)
from stable_regions.schemas.request import AnalysisRequest, Limits, Work

LARGEST = {"beta": 100.0, "gamma": 100_000.0, "epsilon": 1.0}
"""Of each axis; none goes below 0."""
COARSEST = 17
Resolution = Literal[17, 33, 65, 129, 257, 513, 1025, 2049, 4097]
Axis = Literal["beta", "gamma", "epsilon"]
Range = Annotated[tuple[float, float], Field(strict=False)]


def check_range(axis: Axis, range_: tuple[float, float]) -> None:
    """See to it that a range lies on its axis.

    Raises:
        ValueError: it is empty, reversed, or leaves the axis.
    """
    low, high = range_
    if not 0 <= low < high <= LARGEST[axis]:
        raise ValueError(f"{axis} from {low:g} to {high:g}; expected a rising range within 0 to {LARGEST[axis]:g}")


class BifurcationRequest(AnalysisRequest):
    """Where the orbits of many values of one parameter go: a density over each, exponents, regimes and periods.

    Result: `axis` float64 [values]; `density` uint32 [bins, values], how many of the steps lie in each bin of `span`,
    lowest bin first; `clipped` uint32 [values], steps outside it; `exponents` and `errors` float64 [K, values]: Lyapunov
    exponents, natural logarithms for each token, with standard errors from blocks; `regime` int8 [values], an index of
    the metadata's `regimes`; `period` int32 [values], tokens, 0: none; `smallest` and `largest` float64 [values] of the
    series. Resolutions are 2^k + 1 and nested: each part is the coarser half of the next, and is not computed again.

    `start` says where each value begins. `star`: at the end of the orbit at the range's upper end, which begins at the
    token of the first output weights; the paper's way. `independent`: each at that token. `up`, `down`: each at its
    neighbour's end, so that where two attractors stand side by side the two ways part.
    """

    version: ClassVar[int] = 1
    limits: ClassVar[Limits] = Limits(points=1_000_000_000)
    pace: ClassVar[float | None] = 8_000_000.0

    analysis: Literal["bifurcation"] = "bifurcation"
    network: Network = Field(description="Which weights.")
    axis: Axis = Field(default="beta", description="The parameter that varies.")
    range: Range = Field(default=(0.0, 3.0), description="First and last value of the axis.")
    resolution: Resolution = Field(default=1025, description="Values along the axis, 2^k + 1.")
    beta: Beta = 1.266
    gamma: Gamma = 220.0
    epsilon: Epsilon = 0.02
    start: Literal["star", "independent", "up", "down"] = Field(default="star", description="Where each value begins.")
    discard: int = Field(default=20_000, ge=0, le=1_000_000, description="Steps of each value that are forgotten.")
    steps: int = Field(default=10_000, ge=1, le=1_000_000, description="Steps of each value that are counted.")
    series: Literal["output", "value", "query", "key", "attention"] = Field(
        default="output", description="Which overlap is counted."
    )
    feature: int = Field(default=1, ge=1, le=MOST_FEATURES, description="Which overlap, counted from 1.")
    section: Literal["all", "slab", "clock"] = Field(
        default="all",
        description="Steps that are counted: all, those with the next feature within 0.001 of 0, or those at position 0.",
    )
    bins: int = Field(default=513, ge=16, le=4096, description="Bins of the density.")
    span: Range = Field(default=(-1.0, 1.0), description="Values that the bins divide.")
    exponents: int = Field(default=2, ge=0, le=3, description="How many for each value.")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        check_range(self.axis, self.range)
        check_exponents(self.network, self.exponents)
        features = features_of(self.network)
        if self.feature > features:
            raise ValueError(f"feature {self.feature}; this network has {features}")
        if self.section == "slab" and features < 2:
            raise ValueError(
                "a slab is about another feature's plane, and this network has one feature; take all steps"
            )
        if not self.span[0] < self.span[1]:
            raise ValueError(f"the span runs from {self.span[0]:g} to {self.span[1]:g}; it must rise")
        if self.start in ("up", "down") and self.resolution > 257:
            raise ValueError(
                f"{self.resolution} values one after another would take hours; "
                "a sweep up or down has at most 257, and the page's own sweeps are quicker"
            )
        return self

    def parts(self) -> Sequence["BifurcationRequest"]:
        if self.start in ("up", "down"):
            return ()
        sizes = (17, 33, 65, 129, 257, 513, 1025, 2049, 4097)
        return [self.model_copy(update={"resolution": size}) for size in sizes if size < self.resolution]

    def work(self) -> Work:
        each = self.discard + self.steps
        centre = each if self.start == "star" else 0
        # One lane alone takes as long as some three hundred side by side.
        alone = 300 * each * (self.resolution if self.start in ("up", "down") else 1 if centre else 0)
        held = 8 * 3072 * features_of(self.network) * min(self.resolution, 1000)
        return Work(
            points=each * self.resolution + alone, unit="steps", memory_bytes=held + 4 * self.bins * self.resolution
        )
