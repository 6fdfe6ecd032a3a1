"""What a study is asked with: its cells are every layer of every checkpoint of every model."""

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from stable_regions.analyses.study_cell.schema import SampledRequest, StudyCellRequest
from stable_regions.schemas.base import Name, Wire, once
from stable_regions.schemas.model import Dtype, ModelCard, ModelRef
from stable_regions.schemas.path import points_written
from stable_regions.schemas.plane import Layer
from stable_regions.schemas.request import Work


class StudyModel(Wire):
    """A model, and the checkpoints of it that are studied."""

    name: Name = Field(description="Bundled suite, model folder, or hub repository id.", examples=["facts-12l"])
    revisions: Annotated[tuple[Name, ...], Field(strict=False, min_length=1, max_length=512)]
    dtype: Dtype = Field(default="float32", description="What is computed in.")
    prepend_bos: bool | None = Field(
        default=None, description="Begin prompts with the BOS token; null: as the model is used."
    )

    @field_validator("name")
    @classmethod
    def _a_name(cls, name: str) -> str:
        return ModelRef(name=name).name

    def checkpoints(self) -> Sequence[ModelRef]:
        """The checkpoints, as named."""
        return [ModelRef(name=self.name, revision=revision, dtype=self.dtype) for revision in self.revisions]

    def resolved(self, usual: bool) -> Self:
        """The same with the default for prepending written out."""
        return self if self.prepend_bos is not None else self.model_copy(update={"prepend_bos": usual})


class StudyRequest(SampledRequest):
    """The sharpness of many random pairs over checkpoints, sizes and write layers: the paper's figure as one request.

    Result, one row a cell, cells in the order of models, their revisions, and layers: `median`, `lower`, `upper` float32
    [cells] of the pairs' sharpness, and `width`, `width_lower`, `width_upper` of their width; `interval` float32 [cells, 2],
    the medians' 95 % bootstrap intervals; `control_quartiles` float32 [cells, 3, 3], of each of the metadata's `controls`
    lower quartile, median and upper quartile; `pairs` and `left_out` int32 [cells]; `parameters`, `step`, `tokens` int64
    [cells] (−1 where unknown); `write_layer` and `model` int32 [cells], the latter a place in the metadata's `models`. The
    metadata `cells` names the key and request of each, `skipped` the checkpoints that could not be had.
    """

    version: ClassVar[int] = 3

    analysis: Literal["study"] = "study"
    models: Annotated[tuple[StudyModel, ...], Field(strict=False, min_length=1, max_length=32)] = Field(
        description="What is compared: sizes, families, checkpoints."
    )
    write_layers: Annotated[tuple[Layer, ...], Field(strict=False, min_length=1, max_length=128)] = Field(
        default=(0,), description="Layers ℓ: `blocks.{ℓ}.hook_resid_post`, the stream after block ℓ."
    )

    @model_validator(mode="after")
    def _each_cell_once(self) -> Self:
        once("model", [model.name for model in self.models])
        once("write layer", self.write_layers)
        for model in self.models:
            once(f"revision of {model.name}", model.revisions)
        return self

    def cells(self) -> Iterator[tuple[int, StudyCellRequest]]:
        """Every cell with the place of its model: models in order, their revisions in order, layers in order."""
        shared = {name: getattr(self, name) for name in SampledRequest.model_fields}
        for place, model in enumerate(self.models):
            for ref in model.checkpoints():
                for layer in self.write_layers:
                    yield place, StudyCellRequest(**shared, model=ref, write_layer=layer, prepend_bos=model.prepend_bos)

    def checkpoints(self) -> Sequence[ModelRef]:
        return [ref for model in self.models for ref in model.checkpoints()]

    def check(self, cards: Sequence[ModelCard]) -> None:
        for card in cards:
            self.check_model(card, self.write_layers)

    def resolved(self, cards: Sequence[ModelCard]) -> Self:
        usual = {card.name: card.prepend_bos for card in cards}
        return self.model_copy(update={"models": tuple(model.resolved(usual[model.name]) for model in self.models)})

    def parts(self) -> Sequence[StudyCellRequest]:
        """The cells."""
        return [cell for _, cell in self.cells()]

    def work(self) -> Work:
        passes = sum(len(model.revisions) for model in self.models)
        return Work(points=points_written(self.pairs, self.steps) * passes * len(self.write_layers), passes=passes)
