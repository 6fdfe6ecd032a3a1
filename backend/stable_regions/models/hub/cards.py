"""What is known of a repository without loading it: its config, its tokenizer, and what the hub counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from huggingface_hub import HfApi

from stable_regions.errors import ModelUnavailable
from stable_regions.models.families import repository
from stable_regions.models.folder import a_sixth, weights_in
from stable_regions.models.header import parameters
from stable_regions.models.hub import disk
from stable_regions.models.hub.asking import PATIENCE, ask
from stable_regions.models.revisions import in_order, moment
from stable_regions.models.shape import Shape, read_json, shape_of
from stable_regions.models.tokens import Tokens
from stable_regions.schemas.model import ModelCard, ModelRef, RevisionCard


@dataclass(frozen=True)
class Described:
    """A repository, apart from its branches.

    Attributes:
        license: its name; empty where it is not known.
        gated: whether a licence must be accepted; None where it is not known.
    """

    shape: Shape
    prepend_bos: bool
    parameters: int
    license: str
    gated: bool | None

    @classmethod
    def on_disk(cls, name: str, where: Path) -> "Described":
        """What its files tell, and the table of families.

        Raises:
            ModelUnavailable: they are no causal language model's.
        """
        shape = shape_of(read_json(where / "config.json"), name)
        row = repository(name)
        counted = _counted(name) or (row[1].parameters if row else shape.about)
        bos = Tokens(where).adds_bos
        return cls(shape, bos, counted, row[0].license if row else "", row[1].gated if row else None)

    @classmethod
    def asked(cls, name: str, where: Path, api: HfApi, offline: "Described") -> "Described":
        """The same, with what the hub says; as `offline` where it says nothing."""
        try:
            said = ask(
                ModelRef(name=name),
                lambda: api.model_info(name, expand=["safetensors", "gated", "cardData"], timeout=PATIENCE),
            )
        except ModelUnavailable:
            return offline
        counted = said.safetensors.total if said.safetensors else offline.parameters
        named = said.card_data.get("license") if said.card_data else None
        return cls(offline.shape, offline.prepend_bos, counted, str(named or offline.license), bool(said.gated))


def card_of(name: str, about: Described, branches: Sequence[str]) -> ModelCard:
    """The card of a repository with these branches, in the order of training."""
    row = repository(name)
    each = row[1].tokens_per_step if row else None
    moments = [moment(branch) for branch in in_order(branches)]
    return ModelCard(
        name=name,
        family=row[0].family if row else name.partition("/")[0],
        source="hub",
        architecture=about.shape.architecture,
        parameters=about.parameters,
        layers=about.shape.layers,
        d_model=about.shape.d_model,
        d_vocab=about.shape.d_vocab,
        context=about.shape.context,
        prepend_bos=about.prepend_bos,
        write_layer=a_sixth(about.shape.layers),
        distance="l2",
        revisions=tuple(
            RevisionCard(
                revision=found.revision,
                stage=found.stage,
                step=found.step,
                tokens=found.tokens if found.tokens is not None or each is None else _times(found.step, each),
            )
            for found in moments
        ),
    )


def _times(step: int | None, each: int) -> int | None:
    return None if step is None else step * each


def _counted(name: str) -> int | None:
    """Parameters of a checkpoint that is on disk, from its headers."""
    for commit in disk.revisions(name).values():
        try:
            return parameters(weights_in(disk.snapshot(name, commit)))
        except ModelUnavailable:
            continue
    return None
