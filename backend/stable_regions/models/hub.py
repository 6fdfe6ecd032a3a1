"""Models of the Hugging Face hub, by repository id and branch, pinned to a commit.

Only safetensors, config and tokenizer files are ever downloaded; code never is. Where the files lie and which token
opens gated ones is the hub client's business (`HF_HOME`, `HF_TOKEN`, `HF_ENDPOINT`). Every question waits seconds at
most, so that a machine without a network says so at once; with `offline` set, only what is on disk is looked at.
"""

from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TypeVar

from huggingface_hub import HfApi, constants, snapshot_download
from huggingface_hub.errors import (
    GatedRepoError,
    HFValidationError,
    LocalEntryNotFoundError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from stable_regions.errors import ModelUnavailable, Refusal, UnknownModel, UnknownRevision
from stable_regions.models.folder import ModelFiles, a_sixth, listed, weights_in
from stable_regions.models.revisions import moment
from stable_regions.models.shape import Shape, read_json, shape_of
from stable_regions.models.tokens import Tokens
from stable_regions.schemas.model import ModelCard, ModelRef, RevisionCard
from stable_regions.settings import Settings

DESCRIBED = ["config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"]
WEIGHTS = ["model.safetensors", "model-*.safetensors", "model.safetensors.index.json"]

PATIENCE = 5.0
"""Seconds until the hub must have answered."""

Answer = TypeVar("Answer")


class Hub:
    """Repositories that match the settings' patterns."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._offline = settings.offline or constants.HF_HUB_OFFLINE
        self._api = HfApi()
        self._commits: dict[ModelRef, str] = {}
        self._cards: dict[str, ModelCard] = {}

    def card(self, name: str) -> ModelCard:
        """The card of a repository, from the config and tokenizer of its main branch.

        Raises:
            UnknownModel: outside the patterns, or the hub has no such repository.
            ModelUnavailable: the hub cannot be reached, or the repository is gated or no causal language model.
        """
        if name not in self._cards:
            self._admit(name)
            described = self.described(name)
            shape = shape_of(read_json(described / "config.json"), name)
            self._cards[name] = ModelCard(
                name=name,
                family=name.partition("/")[0],
                source="hub",
                architecture=shape.architecture,
                parameters=self._parameters(name, shape),
                layers=shape.layers,
                d_model=shape.d_model,
                d_vocab=shape.d_vocab,
                context=shape.context,
                prepend_bos=Tokens(described).adds_bos,
                write_layer=a_sixth(shape.layers),
                distance="l2",
                revisions=self._revisions(name),
            )
        return self._cards[name]

    def commit(self, ref: ModelRef) -> str:
        """The commit that a branch points to, `commit:…`; the same for as long as this process lives.

        Raises:
            UnknownRevision: the repository has no such branch.
            ModelUnavailable: the hub cannot be reached and the branch is not on disk.
        """
        if ref not in self._commits:
            self._admit(ref.name)
            self._commits[ref] = self._on_disk(ref) if self._offline else self._asked_or_on_disk(ref)
        return f"commit:{self._commits[ref]}"

    def described(self, name: str) -> Path:
        """Folder with the config and tokenizer of the main branch."""
        return self._download(ModelRef(name=name, revision="main"), DESCRIBED)

    def files(self, ref: ModelRef) -> ModelFiles:
        """The files of a checkpoint, downloaded if they are not on disk.

        Raises:
            UnknownRevision: the repository has no such branch.
            ModelUnavailable: the files cannot be had, or are not safetensors.
        """
        folder = self._download(ref, [*DESCRIBED, *WEIGHTS])
        tokenizer = folder if (folder / "tokenizer.json").is_file() else self.described(ref.name)
        return ModelFiles(config=folder, tokenizer=tokenizer, weights=weights_in(folder))

    def _admit(self, name: str) -> None:
        patterns = self._settings.hub_models
        if not any(fnmatchcase(name, pattern) for pattern in patterns):
            raise UnknownModel(
                f"{name!r} is not among the repositories this server loads.",
                f"Choose one that matches {listed(patterns)}, or add a pattern to STABLE_REGIONS_HUB_MODELS.",
            )

    def _asked_or_on_disk(self, ref: ModelRef) -> str:
        """A machine that lost its network goes on with what it has."""
        try:
            return self._asked(ref)
        except ModelUnavailable as refusal:
            try:
                return self._on_disk(ref)
            except ModelUnavailable:
                raise refusal from None

    def _asked(self, ref: ModelRef) -> str:
        found = _ask(ref, lambda: self._api.model_info(ref.name, revision=ref.revision, timeout=PATIENCE).sha)
        if found is None:
            raise UnknownRevision(f"{ref.name} has no checkpoint {ref.revision!r}.", "Choose another.")
        return found

    def _on_disk(self, ref: ModelRef) -> str:
        """Commit of a branch that was downloaded before: the name of its snapshot's folder."""
        return self._snapshot(ref, ref.revision, ["config.json"], offline=True).name

    def _download(self, ref: ModelRef, patterns: list[str]) -> Path:
        """The snapshot's folder, at the commit that names the weights."""
        commit = self.commit(ref).removeprefix("commit:")
        # By branch, since only then the client notes which commit it was: `offline` finds it by that note.
        folder = self._snapshot(ref, ref.revision, patterns, self._offline)
        return folder if folder.name == commit else self._snapshot(ref, commit, patterns, self._offline)

    def _snapshot(self, ref: ModelRef, revision: str, patterns: list[str], offline: bool) -> Path:
        def folder() -> str:
            return snapshot_download(
                ref.name, revision=revision, allow_patterns=patterns, etag_timeout=PATIENCE, local_files_only=offline
            )

        return Path(_ask(ref, folder))

    def _revisions(self, name: str) -> tuple[RevisionCard, ...]:
        """All branches, in the order of training; without the hub, those that are on disk."""
        names: list[str] = []
        if not self._offline:
            try:
                refs = _ask(ModelRef(name=name), lambda: self._api.list_repo_refs(name))
                names = [branch.name for branch in refs.branches]
            except ModelUnavailable:
                names = []
        moments = sorted((moment(n) for n in names or _branches_on_disk(name)), key=lambda m: m.order)
        return tuple(RevisionCard(revision=m.revision, step=m.step, tokens=m.tokens) for m in moments)

    def _parameters(self, name: str, shape: Shape) -> int:
        """As the hub counted them; from the shape where it did not, or without the hub."""
        if self._offline:
            return shape.about
        ref = ModelRef(name=name)
        try:
            counted = _ask(ref, lambda: self._api.model_info(name, expand=["safetensors"], timeout=PATIENCE))
        except ModelUnavailable:
            return shape.about
        return counted.safetensors.total if counted.safetensors else shape.about


def _branches_on_disk(name: str) -> list[str]:
    """Branches of a repository in the hub client's cache."""
    refs = Path(constants.HF_HUB_CACHE) / f"models--{name.replace('/', '--')}" / "refs"
    return [str(file.relative_to(refs)) for file in refs.rglob("*") if file.is_file()] or ["main"]


def _ask(ref: ModelRef, question: Callable[[], Answer]) -> Answer:
    """The hub's answer, its errors as refusals."""
    try:
        return question()
    except Refusal:
        raise
    except GatedRepoError as error:
        raise ModelUnavailable(
            f"{ref.name} is gated: its licence must be accepted.",
            f"Accept it on https://huggingface.co/{ref.name}, then set HF_TOKEN.",
        ) from error
    except RevisionNotFoundError as error:
        raise UnknownRevision(f"{ref.name} has no checkpoint {ref.revision!r}.", "Choose another.") from error
    except (RepositoryNotFoundError, HFValidationError) as error:
        raise UnknownModel(f"The hub has no repository {ref.name!r}.", "Check its spelling.") from error
    except LocalEntryNotFoundError as error:
        raise _absent(ref) from error
    except Exception as error:  # the client's transport raises errors of the HTTP library it happens to be built on
        raise ModelUnavailable(
            f"The hub did not give {ref.name} at {ref.revision}: {type(error).__name__}.",
            "Connect to the internet, or choose a bundled model or one in a model folder.",
        ) from error


def _absent(ref: ModelRef) -> ModelUnavailable:
    return ModelUnavailable(
        f"{ref.name} at {ref.revision} is not on this disk, and the hub cannot be reached.",
        "Connect to the internet (and unset STABLE_REGIONS_OFFLINE), or choose a bundled model.",
    )
