"""What a sweep is asked with: a request of one checkpoint and one layer, and where else it is to be computed."""

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from stable_regions.analyses.curve.schema import CurveRequest
from stable_regions.analyses.line.schema import LineRequest
from stable_regions.analyses.meaning.schema import MeaningRequest
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.schemas.base import Name, once
from stable_regions.schemas.model import ModelCard, ModelRef
from stable_regions.schemas.model_request import ModelRequest
from stable_regions.schemas.plane import Layer
from stable_regions.schemas.request import Work

Swept = Annotated[SliceRequest | CurveRequest | LineRequest | MeaningRequest, Field(discriminator="analysis")]
"""What can be swept: requests of one model, one write layer, and nothing else that depends on either."""

COARSE = 9
"""Resolution of the first pass over a sweep of slices, points per side."""


class SweepRequest(ModelRequest):
    """One request, computed at several checkpoints and write layers. The request's own place comes first.

    Result, one row a cell, checkpoints in order and within each the layers in order: `step`, `tokens` int64 [cells]
    (−1 where unknown), `write_layer` int32 [cells], `sharpness` float32 [cells] (of the cell's path; NaN where it has
    none); of `meaning` also `auc` float32 [cells, scores], the scores as the metadata's `scores` names them. The metadata
    `cells` names the key and request of each, `skipped` the cells that could not be had.
    """

    version: ClassVar[int] = 2

    analysis: Literal["sweep"] = "sweep"
    request: Swept
    revisions: Annotated[tuple[Name, ...], Field(strict=False, max_length=512)] = Field(
        default=(), description="Checkpoints; none: the request's own."
    )
    write_layers: Annotated[tuple[Layer, ...], Field(strict=False, max_length=256)] = Field(
        default=(), description="Layers; none: the request's own."
    )

    @property
    def edition(self) -> int:
        """It names its cells by their keys, so it changes with them."""
        return self.version + self.request.edition - type(self.request).version

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        once("revision", self.revisions)
        once("write layer", self.write_layers)
        return self

    def cell(self, revision: str, layer: int) -> Swept:
        """The request at one checkpoint and layer."""
        model = self.request.model.model_copy(update={"revision": revision})
        return self.request.model_copy(update={"model": model, "write_layer": layer})

    def cells(self) -> Iterator[Swept]:
        """Every cell, in the order of the result's rows."""
        for revision in self.revisions or (self.request.model.revision,):
            for layer in self.write_layers or (self.request.write_layer,):
                yield self.cell(revision, layer)

    def checkpoints(self) -> Sequence[ModelRef]:
        revisions = self.revisions or (self.request.model.revision,)
        return [self.request.model.model_copy(update={"revision": revision}) for revision in revisions]

    def prompted(self) -> tuple[Sequence[str], bool]:
        return self.request.prompted()

    def check(self, cards: Sequence[ModelCard]) -> None:
        for layer in self.write_layers or (self.request.write_layer,):
            self.cell(self.request.model.revision, layer).check(cards[:1])

    def resolved(self, cards: Sequence[ModelCard]) -> Self:
        return self.model_copy(update={"request": self.request.resolved(cards[:1])})

    def parts(self) -> Sequence[Swept]:
        """Of slices, a coarse pass over all cells and then each in full; of anything else, the cells. The own one first."""
        own = self.cell(self.request.model.revision, self.request.write_layer)
        cells = sorted(self.cells(), key=lambda cell: cell != own)
        coarse = [
            cell.model_copy(update={"resolution": COARSE})
            for cell in cells
            if isinstance(cell, SliceRequest) and cell.resolution > COARSE
        ]
        return [*coarse, *cells]

    def work(self) -> Work:
        cells = len(self.revisions or (0,)) * len(self.write_layers or (0,))
        return Work(points=self.request.work().points * cells, passes=max(1, len(self.revisions)))
