"""A pack as one file, `.srpack`: a zip of the pack's own folder, its results stored as they are.

Whoever reads one believes nothing: names are a list that is known beforehand, entries are not compressed (a result is gzip
already, and nothing can inflate), and every result is unpacked to no more bytes than the list of contents says, hashed, and
asked for its own key.
"""

import gzip
import hashlib
import io
import re
import zipfile
import zlib
from pathlib import Path

from pydantic import ValidationError

from stable_regions.packs.build import Pack
from stable_regions.packs.folder import files_of
from stable_regions.packs.manifest import CATALOGUE, MANIFEST, Manifest, PackedResult, path_of
from stable_regions.schemas.result import Result

SUFFIX = ".srpack"

LARGEST = 2**31
"""Bytes of a pack that is read."""

NAMES = re.compile(r"manifest\.json|catalogue\.json|results/[0-9a-f]{64}\.srz")


def write_archive(pack: Pack, path: Path) -> None:
    """Write a pack as one file; the same pack is the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, file in files_of(pack):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), file)


def read_archive(path: Path) -> Pack:
    """The pack that a file holds, every result checked.

    Raises:
        ValueError: what is wrong with it, in words.
    """
    if path.stat().st_size > LARGEST:
        raise ValueError(f"{path.name} is larger than {LARGEST // 2**30} GiB; nothing of it was read.")
    try:
        with zipfile.ZipFile(path) as archive:
            rows = archive.infolist()
            odd = [row for row in rows if not NAMES.fullmatch(row.filename) or row.compress_type != zipfile.ZIP_STORED]
            if odd or len({row.filename for row in rows}) != len(rows):
                named = repr(odd[0].filename[:80]) if odd else "a name twice"
                raise ValueError(f"{path.name} holds {named}, which no pack does; nothing of it was used.")
            files = {row.filename: archive.read(row) for row in rows}
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
        raise ValueError(f"{path.name} is no pack, or it is cut off: {error}") from error
    return _checked(files, path.name)


def _checked(files: dict[str, bytes], name: str) -> Pack:
    missing = [part for part in (MANIFEST, CATALOGUE) if part not in files]
    if missing:
        raise ValueError(f"{name} has no {missing[0]}: it is no pack, or it is cut off.")
    try:
        manifest = Manifest.model_validate_json(files[MANIFEST])
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"][:3])
        raise ValueError(f"{name} is of another version, or broken: {place}: {first['msg']}") from error
    for key, said in manifest.results.items():
        stored = files.get(path_of(key))
        if stored is None:
            raise ValueError(f"{name} lacks the result {key[:12]}: it is cut off.")
        _check(stored, said, key)
    return Pack(manifest, files[CATALOGUE], {path_of(key): files[path_of(key)] for key in manifest.results})


def _check(stored: bytes, said: PackedResult, key: str) -> None:
    """Refuse a result that is not what the list of contents says."""
    try:
        with gzip.open(io.BytesIO(stored)) as reader:
            file = reader.read(said.bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"The result {key[:12]} is damaged: {error}") from error
    if len(file) != said.bytes or hashlib.sha256(file).hexdigest() != said.sha256:
        raise ValueError(f"The result {key[:12]} is not what the pack's list of contents says.")
    if Result.from_bytes(file).metadata.get("key") != key:
        raise ValueError(f"The result {key[:12]} answers another question.")
