"""What was learnt of the hub, as small files in the cache folder, shared by every process on this machine.

    hub/<owner>--<name>/branches.json        branch → commit, and when the hub was asked
    hub/<owner>--<name>/trees/<commit>.json  the files of a commit, which never change
    hub/<owner>--<name>/fetched/<commit>     a checkpoint that was downloaded here; its time of change: last used

A note that cannot be written is not missed: it is asked or counted again.
"""

import json
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from stable_regions.schemas.result import Json


def folder_of(cache: Path, name: str) -> Path:
    """Where a repository's notes are."""
    return cache / "hub" / name.replace("/", "--")


def name_of(folder: Path) -> str:
    """The repository whose notes are there."""
    return folder.name.replace("--", "/", 1)


def read(file: Path) -> dict[str, Json] | None:
    """A note; None where there is none, or it cannot be read."""
    try:
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def write(file: Path, note: dict[str, Json]) -> None:
    """Put a note in place at once, so that nobody reads half of it."""
    beside = file.with_name(f"{file.name}.{uuid4().hex[:8]}")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(note), "utf-8")
        beside.replace(file)
