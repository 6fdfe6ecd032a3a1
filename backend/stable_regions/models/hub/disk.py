"""What lies in the hub client's cache, read without asking anybody.

    models--<owner>--<name>/refs/<branch>                   a commit
    models--<owner>--<name>/snapshots/<commit>/<file>       links into
    models--<owner>--<name>/blobs/<checksum>                a file comes in here whole, or not at all

Source of the layout: https://huggingface.co/docs/huggingface_hub/guides/manage-cache.
"""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from huggingface_hub import constants

from stable_regions.errors import ModelUnavailable
from stable_regions.models.folder import weights_in

COMMIT = re.compile(r"[0-9a-f]{40}")


def cache() -> Path:
    """The hub client's cache."""
    return Path(constants.HF_HUB_CACHE)


def home(name: str) -> Path:
    """Where a repository's files are."""
    return cache() / f"models--{name.replace('/', '--')}"


def snapshot(name: str, commit: str) -> Path:
    """The folder of a commit, as it is in the repository."""
    return home(name) / "snapshots" / commit


def noted(name: str, revision: str) -> str | None:
    """The commit that a branch pointed to when it was downloaded."""
    return _pointed(home(name) / "refs" / revision)


def complete(folder: Path) -> bool:
    """Whether a checkpoint could be loaded from the folder: its config and all of its weights are there."""
    try:
        weights_in(folder)
    except ModelUnavailable:
        return False
    return (folder / "config.json").is_file()


def revisions(name: str) -> Mapping[str, str]:
    """The complete checkpoints of a repository: branch → commit; a commit that no branch is known of stands for itself."""
    found: dict[str, str] = {}
    there = [folder.name for folder in (home(name) / "snapshots").glob("*") if complete(folder)]
    refs = home(name) / "refs"
    for file in sorted(refs.rglob("*")):
        if (commit := _pointed(file)) in there:
            found[str(file.relative_to(refs))] = commit
    named = set(found.values())
    return found | {commit: commit for commit in sorted(there) if commit not in named}


def repositories() -> list[str]:
    """Every repository of which anything is there."""
    folders = sorted(cache().glob("models--*--*"))
    return [folder.name.removeprefix("models--").replace("--", "/", 1) for folder in folders]


def free() -> int:
    """Bytes that are free where the cache is, or will be."""
    here = cache().absolute()
    return shutil.disk_usage(next(path for path in (here, *here.parents) if path.exists())).free


def _pointed(ref: Path) -> str | None:
    """The commit that a note of the client's names; notes come and go while it writes."""
    try:
        return ref.read_text("utf-8").strip()
    except OSError:
        return None
