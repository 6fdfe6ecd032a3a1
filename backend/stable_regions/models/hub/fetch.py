"""One file of a commit: resumed where it broke off, checked, and only then put where the hub client finds it.

The client writes a download into a file of its own that no later one takes up (since version 1: a shared one corrupts
caches on file systems whose locks do nothing). So the bytes are fetched here with the client's own request, which asks
for the rest by `Range`, into `blobs/<checksum>.incomplete`; a file whose content is what the hub promised becomes
`blobs/<checksum>`, under the client's own lock, and the client is asked for it: it finds the blob and links it.
"""

import errno
import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from huggingface_hub import get_hf_file_metadata, hf_hub_download, hf_hub_url
from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError
from huggingface_hub.file_download import http_get
from huggingface_hub.utils import WeakFileLock, build_hf_headers

from stable_regions.errors import DownloadBroken, NoRoom
from stable_regions.models.hub import disk
from stable_regions.models.hub.asking import PATIENCE
from stable_regions.models.hub.trees import HubFile
from stable_regions.schemas.model import ModelRef

ATTEMPTS = 2
"""Times a file is begun: the address of a large one is signed, and may be refused after an hour."""

BLOCK = 2**20
"""Bytes hashed at a time."""

Told = Callable[[int], None]
"""Told how many bytes of the file are there."""


def fetch(ref: ModelRef, commit: str, file: HubFile, told: Told) -> None:
    """Have a file of a commit in the client's cache.

    Raises:
        DownloadBroken: the line broke and stayed so, or the content is not what the hub promised; it is removed then.
        NoRoom: the disk is full.
        Exception: what the client raises where the hub refuses.
    """
    pointer = disk.snapshot(ref.name, commit) / file.path
    if not pointer.is_file():
        blob = _blob(ref.name, file)
        blob.parent.mkdir(parents=True, exist_ok=True)
        lock = disk.cache() / ".locks" / disk.home(ref.name).name / f"{blob.name}.lock"
        lock.parent.mkdir(parents=True, exist_ok=True)
        with WeakFileLock(lock):
            if not blob.exists():
                _whole(ref, commit, file, incomplete(ref.name, file), told)
                incomplete(ref.name, file).replace(blob)
        linked = Path(hf_hub_download(ref.name, file.path, revision=commit, etag_timeout=PATIENCE))
        if linked.resolve() != blob.resolve():  # the hub names it by something else than its checksum
            check(ref, file, linked)
    told(file.size)


def incomplete(name: str, file: HubFile) -> Path:
    """Where a file is while only a part of it is there."""
    blob = _blob(name, file)
    return blob.with_name(f"{blob.name}.incomplete")


def check(ref: ModelRef, file: HubFile, content: Path) -> None:
    """Compare a file with the hub's checksum, and remove it if it is not that.

    Raises:
        DownloadBroken: it was another, with both checksums.
    """
    kind, _, expected = file.checksum.partition(":")
    found = checksum(content, kind)
    if found != expected:
        content.unlink()
        raise DownloadBroken(
            f"{file.path} of {ref.name} at {ref.revision} is not what the hub promised: {kind} {found[:12]}…, "
            f"expected {expected[:12]}…. It was removed.",
            "Ask again; if it stays so, tell the repository's authors.",
        )


def checksum(content: Path, kind: str) -> str:
    """SHA-256 of a file (`sha256`), or git's id of it as a blob (`git`: SHA-1 of a header and the content)."""
    digest = hashlib.sha256() if kind == "sha256" else hashlib.sha1(usedforsecurity=False)
    if kind == "git":
        digest.update(f"blob {content.stat().st_size}\0".encode())
    with content.open("rb") as opened:
        while block := opened.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


class _Counted(io.FileIO):
    """A file that tells how long it is after each write."""

    def __init__(self, path: Path, told: Told) -> None:
        super().__init__(path, "ab")
        self._told = told

    def write(self, block: bytes) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]  (any buffer, in the base)
        written = super().write(block)
        self._told(self.tell())
        return written


def _whole(ref: ModelRef, commit: str, file: HubFile, part: Path, told: Told) -> None:
    """All bytes of the file in `part`, from where it broke off last time; checked."""
    last: Exception | None = None
    for _ in range(ATTEMPTS):
        try:
            _rest(ref, commit, file, part, told)
            check(ref, file, part)
            return
        except (DownloadBroken, GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError):
            raise
        except OSError as error:  # the client's HTTP errors are OSErrors too
            if error.errno == errno.ENOSPC:
                raise NoRoom(
                    f"The disk is full in the middle of {file.path} of {ref.name}.", "Make room on that disk."
                ) from error
            last = error
        except Exception as error:  # the transport's own errors
            last = error
    there = part.stat().st_size if part.exists() else 0
    raise DownloadBroken(
        f"{file.path} of {ref.name} at {ref.revision} broke off after {there:,} of {file.size:,} bytes: "
        f"{type(last).__name__}.",
        "Ask again: it goes on where it broke off.",
    ) from last


def _rest(ref: ModelRef, commit: str, file: HubFile, part: Path, told: Told) -> None:
    asked = hf_hub_url(ref.name, file.path, revision=commit)
    found = get_hf_file_metadata(asked, timeout=PATIENCE)
    headers = build_hf_headers()
    if urlsplit(found.location).netloc != urlsplit(asked).netloc:
        headers.pop("authorization", None)  # the token is the hub's alone, not its storage's
    if part.exists() and part.stat().st_size > file.size:
        part.unlink()
    with _Counted(part, told) as opened:
        at = opened.seek(0, os.SEEK_END)
        http_get(found.location, opened, resume_size=at, headers=headers, expected_size=file.size)


def _blob(name: str, file: HubFile) -> Path:
    return disk.home(name) / "blobs" / file.checksum.partition(":")[2]
