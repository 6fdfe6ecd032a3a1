"""A model that lies on disk in the Hugging Face layout, with one checkpoint or many.

    <name>/config.json tokenizer.json …  model.safetensors                       revision `main`
    <name>/config.json tokenizer.json …  <revision>/model.safetensors            shared config and tokenizer
    <name>/<revision>/{config.json, tokenizer.json, …, model.safetensors}        each revision its own

Weights may be one file or shards named by model.safetensors.index.json. Other formats are refused: a pickle can run
code.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from stable_regions.errors import ModelUnavailable, UnknownRevision
from stable_regions.models.header import parameters
from stable_regions.models.revisions import in_order, moment
from stable_regions.models.shape import read_json, shape_of
from stable_regions.models.tokens import Tokens
from stable_regions.schemas.base import Name
from stable_regions.schemas.model import ModelCard, ProcessCard, RevisionCard

INDEX = "model.safetensors.index.json"
SINGLE = "model.safetensors"
WEIGHTS = ("*.safetensors", "*.bin", "*.pt", "*.pth", "*.gguf", "*.ckpt", "*.msgpack", "*.h5")
"""Files that hold weights, most of them in ways that are never read."""

_NAME: TypeAdapter[str] = TypeAdapter(Name)

LISTED = 8
"""Most names a refusal lists."""


@dataclass(frozen=True)
class ModelFiles:
    """Where a checkpoint lies: folders of its config and its tokenizer, and its weight files."""

    config: Path
    tokenizer: Path
    weights: tuple[Path, ...]

    def tokens(self) -> Tokens:
        """The tokenizer. Raises `ModelUnavailable` where it cannot be read."""
        return Tokens(self.tokenizer, self.config)


def is_model(folder: Path) -> bool:
    """Whether the folder looks like a model: a config in it, or in a revision's folder."""
    return (folder / "config.json").is_file() or any(True for _ in folder.glob("*/config.json"))


def was_meant(folder: Path) -> bool:
    """Whether somebody may have meant the folder as a model, though it lacks what makes one: weights of any kind."""
    return is_model(folder) or any(True for kind in WEIGHTS for _ in (*folder.glob(kind), *folder.glob(f"*/{kind}")))


def named(name: str) -> bool:
    """Whether a request can name it."""
    try:
        _NAME.validate_python(name)
    except ValidationError:
        return False
    return True


def revisions(folder: Path) -> list[str]:
    """Names of the checkpoints in the folder, in the order of training; weights in the folder itself are `main`."""
    names = {inner.name for inner in folder.iterdir() if inner.is_dir() and _holds_weights(inner) and named(inner.name)}
    return in_order(names | {"main"} if _holds_weights(folder) else names)


def files(folder: Path, revision: str) -> ModelFiles:
    """The files of one checkpoint.

    Raises:
        UnknownRevision: there is no such checkpoint, naming what there is.
        ModelUnavailable: it is there, but not as safetensors, or its config or tokenizer is missing.
    """
    here = folder if revision == "main" and not (folder / "main").is_dir() else folder / revision
    # One name and no path; where a link of that name leads is its owner's business.
    if Path(revision).name != revision or not here.is_dir():
        raise UnknownRevision(
            f"{folder.name} has no checkpoint {revision!r}.", f"Choose one of {listed(revisions(folder))}."
        )
    if not _holds_weights(here):
        if revision == "main" and (there := revisions(folder)):
            raise UnknownRevision(f"{folder.name} has no checkpoint 'main'.", f"Choose one of {listed(there)}.")
        raise _without_safetensors(here)
    return ModelFiles(
        config=_holding("config.json", here, folder),
        tokenizer=_holding("tokenizer.json", here, folder),
        weights=weights_in(here),
    )


def whole(folder: Path) -> ModelFiles:
    """The files of the last checkpoint that is there in full: a half-written one does not hide the others.

    Raises:
        ModelUnavailable: there is none; the reason of the last.
    """
    refused: ModelUnavailable | None = None
    for name in reversed(revisions(folder)):
        try:
            found = files(folder, name)
            _parameters(found.weights, tuple(file.stat().st_mtime_ns for file in found.weights))
        except ModelUnavailable as refusal:
            refused = refused or refusal
        else:
            return found
    raise refused or _without_safetensors(folder)


def weights_in(folder: Path) -> tuple[Path, ...]:
    """The weight files: one, or the shards that the index names.

    Raises:
        ModelUnavailable: no safetensors, or a shard is missing.
    """
    if (folder / SINGLE).is_file():
        return (folder / SINGLE,)
    if not (folder / INDEX).is_file():
        raise _without_safetensors(folder)
    mapping = read_json(folder / INDEX).get("weight_map")
    names = sorted({str(name) for name in mapping.values()}) if isinstance(mapping, dict) else []
    missing = [name for name in names if Path(name).name != name or not (folder / name).is_file()]
    if missing or not names:
        raise ModelUnavailable(
            f"{folder}: {INDEX} names {len(names)} shards, {len(missing)} of them are not there ({listed(missing)}).",
            "Copy the missing files.",
        )
    return tuple(folder / name for name in names)


def card(folder: Path) -> ModelCard:
    """What the catalogue says of the model in the folder.

    Raises:
        ModelUnavailable: it cannot be loaded, with the reason.
    """
    names = revisions(folder)
    last = whole(folder)
    shape = shape_of(read_json(last.config / "config.json"), folder.name)
    tokens = last.tokens()
    if tokens.base_size > shape.d_vocab:
        raise ModelUnavailable(
            f"{folder.name}: its tokenizer has {tokens.base_size:,} tokens, its embedding {shape.d_vocab:,} rows.",
            "Copy the tokenizer that belongs to these weights.",
        )
    moments = [moment(name) for name in names]
    return ModelCard(
        name=folder.name,
        family=shape.architecture,
        source="folder",
        architecture=shape.architecture,
        parameters=_parameters(last.weights, tuple(file.stat().st_mtime_ns for file in last.weights)),
        layers=shape.layers,
        d_model=shape.d_model,
        d_vocab=shape.d_vocab,
        context=shape.context,
        prepend_bos=tokens.adds_bos,
        write_layer=a_sixth(shape.layers),
        distance="l2",
        revisions=tuple(
            RevisionCard(revision=m.revision, stage=m.stage, step=m.step, tokens=m.tokens) for m in moments
        ),
        process=process_card(folder),
    )


def process_card(folder: Path) -> ProcessCard | None:
    """The process that `process.json` names; None where there is no such file.

    Raises:
        ModelUnavailable: the file names no process.
    """
    file = folder / "process.json"
    if not file.is_file():
        return None
    named = {name: value for name, value in read_json(file).items() if name in ProcessCard.model_fields}
    try:
        return ProcessCard.model_validate_json(json.dumps(named))
    except ValidationError as error:
        raise ModelUnavailable(
            f"{file} names no process: {error.errors()[0]['msg']}.", "Write it again, or take it away."
        ) from error


def a_sixth(layers: int) -> int:
    """The layer about a sixth of the way up: 2 of 12."""
    return max(0, min(layers - 2, round(layers / 6)))


def listed(names: Sequence[str]) -> str:
    """Names for a sentence: the first few, and how many more."""
    shown = ", ".join(names[:LISTED])
    return f"{shown} … ({len(names)} in all)" if len(names) > LISTED else shown


@lru_cache(maxsize=256)
def _parameters(weights: tuple[Path, ...], changed: tuple[int, ...]) -> int:
    """Counted once for each state of the files: `changed` holds their times of change."""
    return parameters(weights)


def _holds_weights(folder: Path) -> bool:
    return (folder / SINGLE).is_file() or (folder / INDEX).is_file()


def _holding(name: str, *folders: Path) -> Path:
    for folder in folders:
        if (folder / name).is_file():
            return folder
    raise ModelUnavailable(
        f"{folders[0]} holds no {name}, and neither does {folders[-1]}.", "Copy it from where the weights come from."
    )


def _without_safetensors(folder: Path) -> ModelUnavailable:
    others = [file.name for kind in WEIGHTS[1:] for file in (*folder.glob(kind), *folder.glob(f"*/{kind}"))]
    what = {"gguf": "a GGUF file", "msgpack": "weights of Flax", "h5": "weights of TensorFlow"}
    kind = what.get(others[0].rpartition(".")[2], "a pickle, which is never loaded") if others else ""
    found = f"only {others[0]}, {kind}" if others else "no weights"
    return ModelUnavailable(
        f"{folder} holds {found}; expected {SINGLE} or {INDEX}.",
        "Convert it: AutoModelForCausalLM.from_pretrained(...).save_pretrained(folder) writes safetensors.",
    )
