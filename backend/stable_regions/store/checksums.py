"""The SHA-256 of each shipped result, in a file beside the folder: what was damaged on its way is not served.

A line a file, as `sha256sum` writes them, so that `sha256sum -c` in the folder reads it too.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

KIND = ".safetensors"


def listing(folder: Path) -> Path:
    """Where the checksums of a folder's results are written."""
    return folder.with_name(f"{folder.name}.sha256")


def written(folder: Path) -> Mapping[str, str] | None:
    """The checksum of each key; None where none were written."""
    if not listing(folder).is_file():
        return None
    lines = (line.split() for line in listing(folder).read_text("utf-8").splitlines())
    return {name.removesuffix(KIND): digest for digest, name in lines}


def write(folder: Path) -> None:
    """Write the checksums of all results in the folder."""
    lines = [f"{_digest(file.read_bytes())}  {file.name}\n" for file in sorted(folder.glob(f"*{KIND}"))]
    listing(folder).write_text("".join(lines), "utf-8")


def whole(file: bytes, key: str, promised: Mapping[str, str] | None) -> bool:
    """Whether a result is what was shipped under its key; true of any where no checksums were written."""
    return promised is None or promised.get(key) == _digest(file)


def damaged(folder: Path) -> list[str]:
    """The keys of the results that are not what was shipped, or not there at all."""
    promised = written(folder) or {}
    files = {key: folder / f"{key}{KIND}" for key in promised}
    return [key for key, file in files.items() if not (file.is_file() and whole(file.read_bytes(), key, promised))]


def _digest(file: bytes) -> str:
    return hashlib.sha256(file).hexdigest()
