"""Which files a commit holds, and which of them are fetched: config, tokenizer, and the weights as safetensors.

Source of the layout: the hub's tree listing, with the size and the checksum of every file: SHA-256 of large files
(`lfs`), git's blob id of small ones.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from huggingface_hub import HfApi
from huggingface_hub.hf_api import RepoFile

from stable_regions.errors import ModelUnavailable
from stable_regions.models.folder import INDEX, SINGLE
from stable_regions.models.hub import notes
from stable_regions.models.hub.asking import ask
from stable_regions.schemas.model import ModelRef

DESCRIBED = ("special_tokens_map.json", "tokenizer_config.json", "tokenizer.json", "config.json")
"""Small files that say what a model is and how it reads, in the order in which they are fetched; the last two must be there,
and where they are, so is the rest: whoever looks while they come does not take a half for the whole."""

SHARD = re.compile(r"model-\d+-of-\d+\.safetensors")
PICKLE = re.compile(r".*\.(bin|pt|pth)")


@dataclass(frozen=True)
class HubFile:
    """One file of a commit.

    Attributes:
        size: bytes.
        checksum: `sha256:…` of the content, or `git:…`, git's blob id.
    """

    path: str
    size: int
    checksum: str


class Trees:
    """The files of every commit that was asked for.

    Args:
        cache: the product's cache folder.
    """

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._api = HfApi()
        self._known: dict[tuple[str, str], tuple[HubFile, ...]] = {}

    def of(self, ref: ModelRef, commit: str) -> tuple[HubFile, ...]:
        """The top-level files of a commit. Raises as `ask` does."""
        if (ref.name, commit) not in self._known:
            file = notes.folder_of(self._cache, ref.name) / "trees" / f"{commit}.json"
            found = _read(file)
            if found is None:
                found = ask(ref, lambda: self._listed(ref.name, commit))
                notes.write(file, {"files": [[one.path, one.size, one.checksum] for one in found]})
            self._known[ref.name, commit] = found
        return self._known[ref.name, commit]

    def _listed(self, name: str, commit: str) -> tuple[HubFile, ...]:
        entries = self._api.list_repo_tree(name, revision=commit)
        return tuple(
            HubFile(entry.path, entry.size, f"sha256:{entry.lfs.sha256}" if entry.lfs else f"git:{entry.blob_id}")
            for entry in entries
            if isinstance(entry, RepoFile)
        )


def described(files: Sequence[HubFile]) -> tuple[HubFile, ...]:
    """Those that say what the model is, in the order to fetch them."""
    return tuple(
        sorted((file for file in files if file.path in DESCRIBED), key=lambda file: DESCRIBED.index(file.path))
    )


def wanted(ref: ModelRef, files: Sequence[HubFile]) -> tuple[HubFile, ...]:
    """Everything a checkpoint is loaded from: what describes it, and one safetensors file or its shards.

    Raises:
        ModelUnavailable: it has no safetensors, or no config.
    """
    by_path = {file.path: file for file in files}
    if SINGLE in by_path:
        weights = [by_path[SINGLE]]
    elif INDEX in by_path:
        weights = [by_path[INDEX], *(file for file in files if SHARD.fullmatch(file.path))]
    else:
        pickled = next((path for path in by_path if PICKLE.fullmatch(path)), None)
        found = f"only {pickled}, a pickle, which is never loaded" if pickled else "no weights"
        raise ModelUnavailable(
            f"{ref.name} at {ref.revision} holds {found}; expected {SINGLE} or {INDEX}.",
            "Choose another checkpoint, or convert this one into a model folder.",
        )
    if "config.json" not in by_path:
        raise ModelUnavailable(f"{ref.name} at {ref.revision} holds no config.json.", "Choose another checkpoint.")
    return (*described(files), *weights)


def _read(file: Path) -> tuple[HubFile, ...] | None:
    note = notes.read(file)
    rows = note.get("files") if note else None
    if not isinstance(rows, list):
        return None
    found: list[HubFile] = []
    for row in rows:
        if not (isinstance(row, list) and len(row) == 3 and isinstance(row[1], int)):
            return None
        found.append(HubFile(str(row[0]), row[1], str(row[2])))
    return tuple(found)
