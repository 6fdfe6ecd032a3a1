"""The name of weights by their content: SHA-256 over a checkpoint's config, tokenizer and weight files.

All three decide the numbers, so all three are in the name. A file is hashed once, and again when its size or time of
change differs.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

_Seen = tuple[Path, int, int]


class Hashes:
    """Remembers the hash of each file by path, size and time of change."""

    def __init__(self) -> None:
        self._known: dict[_Seen, str] = {}

    def of(self, files: Sequence[Path]) -> str:
        """`sha256:…` of the files' names and contents, in the order given."""
        together = hashlib.sha256()
        for file in files:
            together.update(f"{file.name}\0{self._of_file(file)}\n".encode())
        return f"sha256:{together.hexdigest()}"

    def _of_file(self, file: Path) -> str:
        status = file.stat()
        seen = (file, status.st_size, status.st_mtime_ns)
        if seen not in self._known:
            with file.open("rb") as opened:
                self._known[seen] = hashlib.file_digest(opened, "sha256").hexdigest()
        return self._known[seen]
