"""What becomes of downloaded checkpoints, and whether the next one has room.

Only what was downloaded here is ever removed: the hub client's cache is shared with a person's other tools. Each such
checkpoint has a note whose time of change says when it was last used. Weights leave, through the client's own deletion;
config and tokenizer stay, so that the model can still be described.
"""

import os
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from huggingface_hub import scan_cache_dir
from huggingface_hub.errors import CacheNotFound

from stable_regions.errors import NoRoom
from stable_regions.models.hub import disk, notes
from stable_regions.models.hub.disk import COMMIT
from stable_regions.schemas.model import ModelRef
from stable_regions.settings import MIB, Settings

MARGIN = 256 * MIB
"""Free disk that a download leaves alone."""

WEIGHTS = ".safetensors"


@dataclass(frozen=True)
class Kept:
    """A checkpoint that was downloaded here: its bytes, and when it was last used (seconds since 1970)."""

    name: str
    commit: str
    bytes: int
    used: float
    note: Path


class Keeping:
    """The policy that the settings name."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def once(self) -> bool:
        """Whether a checkpoint leaves when its frame is done."""
        return self._settings.hub_keep == "delete-after-use"

    def room_for(self, ref: ModelRef, size: int, held: Collection[tuple[str, str]]) -> None:
        """See that so many more bytes fit.

        Args:
            ref: what is about to be downloaded.
            size: bytes that are still missing.
            held: repository and commit of what must not leave.

        Raises:
            NoRoom: they do not, with both numbers.
        """
        if self._settings.hub_keep == "cache-limit":
            limit = self._settings.hub_bytes
            if size > limit:
                raise NoRoom(
                    f"{ref.name} at {ref.revision} takes {size / 1e9:.2f} GB; this server keeps {limit / 1e9:.2f} GB "
                    "of downloaded checkpoints.",
                    "Choose a smaller model, or raise STABLE_REGIONS_HUB_BYTES.",
                )
            for oldest in leaving(list(self.kept()), size, limit, held):
                self._drop(oldest)
        check_room(ref, size, disk.free())

    def came(self, ref: ModelRef, commit: str, size: int) -> None:
        """Note that a checkpoint was downloaded here."""
        notes.write(self._note(ref.name, commit), {"bytes": size})

    def used(self, ref: ModelRef, commit: str) -> None:
        """Note that a checkpoint is loaded now."""
        with suppress(OSError):
            os.utime(self._note(ref.name, commit), (time.time(), time.time()))

    def done(self, ref: ModelRef, commit: str) -> None:
        """A checkpoint's work is done."""
        if self.once:
            for one in self.kept():
                if (one.name, one.commit) == (ref.name, commit):
                    self._drop(one)

    def kept(self) -> Iterator[Kept]:
        """Every checkpoint that was downloaded here and is still there."""
        for note in (self._settings.cache_folder / "hub").glob("*/fetched/*"):
            found = notes.read(note) if COMMIT.fullmatch(note.name) else None
            size = found.get("bytes") if found else None
            if isinstance(size, int):
                yield Kept(notes.name_of(note.parents[1]), note.name, size, note.stat().st_mtime, note)

    def _drop(self, one: Kept) -> None:
        with suppress(CacheNotFound):
            here = scan_cache_dir(disk.cache())
            files = [
                file
                for repository in here.repos
                if repository.repo_type == "model" and repository.repo_id == one.name
                for revision in repository.revisions
                if revision.commit_hash == one.commit
                for file in revision.files
                if file.file_name.endswith(WEIGHTS)
            ]
            here.delete_files(*files).execute()
        one.note.unlink(missing_ok=True)

    def _note(self, name: str, commit: str) -> Path:
        return notes.folder_of(self._settings.cache_folder, name) / "fetched" / commit


def leaving(kept: Collection[Kept], size: int, limit: int, held: Collection[tuple[str, str]]) -> list[Kept]:
    """Those that leave so that `size` more bytes fit below the limit: the least recently used, none that is held."""
    total = sum(one.bytes for one in kept) + size
    found: list[Kept] = []
    for one in sorted(kept, key=lambda one: one.used):
        if total <= limit:
            break
        if (one.name, one.commit) not in held:
            found.append(one)
            total -= one.bytes
    return found


def check_room(ref: ModelRef, size: int, free: int) -> None:
    """Refuse a download that would fill the disk.

    Raises:
        NoRoom: with both numbers.
    """
    if size + MARGIN > free:
        raise NoRoom(
            f"{ref.name} at {ref.revision} needs {size / 1e9:.2f} GB of disk; {free / 1e9:.2f} GB are free.",
            "Make room on that disk, let HF_HOME name a larger one, or see STABLE_REGIONS_HUB_KEEP.",
        )
