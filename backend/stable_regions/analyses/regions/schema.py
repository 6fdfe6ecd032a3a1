"""What regions are asked with."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from stable_regions.analyses.slice.schema import PlaneRequest
from stable_regions.errors import UnknownLayer
from stable_regions.schemas.model import ModelCard
from stable_regions.schemas.plane import Window
from stable_regions.schemas.request import Work

COUNTED = 0.002
"""Share of the window from which on a region is counted; what is smaller is a speck."""


class RegionsRequest(PlaneRequest):
    """The connected areas of a slice whose points agree: by name, or by outputs that lie within a threshold of one another.

    A point's output is the one in the context whose clean output is nearest. Two neighbours are linked where they have one
    name (`token`), or where their outputs are no farther apart than `threshold` (`output`: single linkage over the grid, so a
    gentle slope is one region). Regions are what hangs together, numbered from 0 by area, the largest first.

    Result: everything that a slice has, and over the grid `label` (region) and `name` (token id) int32 [ny, nx]; `step_right`
    float32 [ny, nx − 1] and `step_up` float32 [ny − 1, nx], distances between the outputs of neighbours, from which any
    threshold's regions follow: join neighbours that no larger step divides. `cross_right` and `cross_up` are the same with
    both neighbours in one context: where they are named in different ones, the mean over both.

    By region: `area` float32 (share of the window), `token` int32 (its commonest name), `spread` float32 (mean distance of its
    outputs from their mean), `centre` float32 [regions, 2] ((α, β) of its deepest point). By border, of regions that touch:
    `border` int32 [borders, 2]; `border_length` float32, in anchor units along the walls between points, and `border_cells`
    int32, the edges it crosses; `border_sharpness` float32, the median over these of cross / length of the edge, relative to
    the even slope from one region's centre to the other's, (distance between the two mean outputs) / (way between the
    centres), lengths in the space of activations. Like a curve's sharpness it is 1 where outputs change evenly; at most about
    way / length of the edge.
    `spread` and `border_sharpness` are NaN for regions beyond the 512 largest.

    Scalars, [1]: `count` int32 (regions of at least 0.2 % of the window), `within` float32 (spread, weighted by area),
    `between` float32 (sharpness of borders between counted regions, weighted by length), `overall` float32 (spread of all
    outputs, as if they were one region).

    With `gradient`: float32 [ny, nx], the largest singular value of the output's derivative with respect to the activation
    within the plane, in output distance per unit of activation (`hellinger`, `tv`, `js`: of √p / √2). With `polytopes`:
    `flip_right` int32 [ny, nx − 1] and `flip_up` int32 [ny − 1, nx], units of the first `mlps` MLPs above the write layer whose
    sign differs between neighbours, compared in the context that names the left or lower one; `patterns` int32 [regions],
    different sign patterns of all units above among the region's points (so no more than its points); `patterns_total` int32
    [1] and `patterns_per_region` float32 [1], their median over counted regions.
    """

    version: ClassVar[int] = 3

    analysis: Literal["regions"] = "regions"
    window: Window = Field(default_factory=Window, description="The part of the plane that is sampled.")
    resolution: Literal[9, 17, 33, 65, 129, 257] = Field(default=65, description="Points per side.")
    by: Literal["token", "output"] = Field(
        default="token",
        description="What neighbours must agree in: their name, or their outputs to within the threshold.",
    )
    threshold: Annotated[float, Field(gt=0, le=1e6)] | None = Field(
        default=None,
        description="Largest step within a region, in the distance's own unit; for `output`, and needed there.",
    )
    gradient: bool = Field(default=False, description="Also measure how fast the output changes at each point.")
    polytopes: bool = Field(default=False, description="Also compare the signs of the MLPs' units, and count patterns.")
    mlps: int = Field(default=1, ge=1, le=1000, description="How many MLPs `flip_right` and `flip_up` count units of.")

    @model_validator(mode="after")
    def _fields_that_are_read(self) -> Self:
        if (self.by == "output") != (self.threshold is not None):
            raise ValueError(
                f"`by` is {self.by!r} and the threshold {self.threshold}; `output` needs one, `token` takes none"
            )
        if self.mlps > 1 and not self.polytopes:
            raise ValueError(f"`mlps` is {self.mlps} without `polytopes`, which alone reads it")
        return self

    def check(self, cards: Sequence[ModelCard]) -> None:
        super().check(cards)
        (card,) = cards
        above = card.layers - self.write_layer - 1
        if self.polytopes and self.mlps > above:
            raise UnknownLayer(
                f"{self.mlps} MLPs above layer {self.write_layer}: {card.name} has {above} there.",
                f"Choose 1 to {above}." if above else "Choose a lower write layer, or ask without polytopes.",
            )

    def work(self) -> Work:
        return Work(points=(3 + 2 * self.gradient + self.polytopes) * self.resolution**2, passes=1)
