"""How a model is named in a request, and how the catalogue describes it."""

from typing import Literal

from pydantic import Field, field_validator

from stable_regions.errors import UnknownLayer
from stable_regions.schemas.base import Name, Wire
from stable_regions.schemas.process import Process

Dtype = Literal["float32", "bfloat16", "float64"]
"""What is computed in. What is stored is the files' own affair."""

BYTES: dict[Dtype, int] = {"float32": 4, "bfloat16": 2, "float64": 8}
"""Of one number."""


class ModelRef(Wire):
    """One checkpoint of one model."""

    name: Name = Field(description="Bundled suite, model folder, or hub repository id.", examples=["facts-12l"])
    revision: Name = Field(default="main", description="Checkpoint: a revision of that model.", examples=["step1536"])
    dtype: Dtype = Field(
        default="float32",
        description="What is computed in: `bfloat16` is faster where the processor has it, and coarse; `float64` for deep zooms.",
    )

    @field_validator("name", "revision")
    @classmethod
    def _no_climbing(cls, name: str) -> str:
        if ".." in name:
            raise ValueError(f"{name!r} holds '..'; a name stays inside its folder")
        return name


class RevisionCard(Wire):
    """A moment of training that can be loaded."""

    revision: str
    stage: int | None = Field(default=None, description="Stage of training, from 1; null where there is one only.")
    step: int | None = Field(description="Optimiser steps; null where the name does not tell.")
    tokens: int | None = Field(description="Training tokens seen; null where unknown.")
    loss: float | None = Field(
        default=None, description="Training loss at that step, nats per token; null where unknown."
    )


class ProcessCard(Wire):
    """The hidden Markov process whose words a model was trained on."""

    process: Process
    length: int = Field(ge=1, description="Tokens that the model reads at most.")
    targets: Literal["exact", "sampled"] = Field(
        description="What it was trained to say: the next token's exact distribution, or the token that was drawn."
    )


class ModelCard(Wire):
    """What the catalogue says of a model; enough to check a request without loading weights."""

    name: str
    family: str
    source: Literal["bundled", "folder", "hub"]
    architecture: str = Field(description="The `model_type` of its config, e.g. `gpt_neox`.")
    parameters: int
    layers: int = Field(description="Blocks; layer 0 is the stream after the first.")
    d_model: int
    d_vocab: int
    context: int = Field(description="Most tokens of a prompt.")
    prepend_bos: bool = Field(
        description="Whether a prompt begins with the beginning-of-sequence token unless said otherwise."
    )
    write_layer: int = Field(description="A good first write layer: about a sixth of the way up.")
    distance: str = Field(description="The distance that shows this model best: `hellinger` for the bundled ones.")
    revisions: tuple[RevisionCard, ...]
    process: ProcessCard | None = Field(
        default=None, description="The process that wrote its training words; null: it was trained on text."
    )

    def check_layer(self, layer: int) -> None:
        """Refuse a layer that this model has not.

        Raises:
            UnknownLayer: names the layers there are.
        """
        if not 0 <= layer < self.layers:
            raise UnknownLayer(
                f"layer {layer}: {self.name} has {self.layers} blocks.", f"Choose 0 to {self.layers - 1}."
            )


class RepositoryCard(Wire):
    """One size of a family."""

    name: str = Field(description="Its id on the hub.", examples=["EleutherAI/pythia-70m"])
    parameters: int = Field(description="To three digits; a model's own card has the exact number.")
    gated: bool = Field(default=False, description="Whether its licence must be accepted on the hub first.")
    checkpoints: bool = Field(default=True, description="Whether it has checkpoints of its training.")
    tokens_per_step: int | None = Field(default=None, description="Where the names tell steps only; null: unknown.")


class FamilyCard(Wire):
    """A family of public models that can be loaded by repository id."""

    family: str
    repositories: tuple[RepositoryCard, ...]
    revisions: str = Field(description="How its checkpoints are named.")
    license: str
    note: str


class SelectionCard(Wire):
    """Checkpoints that are chosen together."""

    how: str = Field(description="`log-8`, `paper` or `last`.", examples=["log-8"])
    text: str
    revisions: tuple[str, ...] = Field(description="In the order of training.")


class ModelDocument(Wire):
    """Everything that is known of one model without loading it."""

    card: ModelCard
    selections: tuple[SelectionCard, ...]
    license: str = Field(description="Its name; empty where it is not known.")
    gated: bool | None = Field(description="Whether its licence must be accepted first; null: unknown.")
    on_disk: tuple[str, ...] = Field(description="Checkpoints that need no download.")
    listed_at: float | None = Field(
        description="When the hub was asked for its branches, seconds since 1970; null where it was not."
    )
