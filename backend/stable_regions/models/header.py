"""The header of a safetensors file: which tensors it holds, of which shapes, without reading one.

Eight bytes give the header's length, then follow that many bytes of JSON: `{name: {dtype, shape, data_offsets}}`.
Source: the format's description, https://github.com/huggingface/safetensors#format.
"""

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from stable_regions.errors import ModelUnavailable

LONGEST = 100 * 2**20  # the format's own bound on a header


def shapes(file: Path) -> dict[str, tuple[int, ...]]:
    """The shape of every tensor of a safetensors file.

    Raises:
        ModelUnavailable: the file is no safetensors file, or is cut short.
    """
    try:
        with file.open("rb") as opened:
            first = opened.read(8)
            if first == b"version ":
                raise ValueError("it is a Git LFS pointer, and the file it points to was not fetched (git lfs pull)")
            length = int.from_bytes(first, "little")
            if not 0 < length <= LONGEST:
                raise ValueError(f"its header would be {length} bytes long")
            header = _read(opened.read(length))
        end = max((entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"), default=0)
        if file.stat().st_size != 8 + length + end:
            raise ValueError(f"it holds {file.stat().st_size} bytes, its header promises {8 + length + end}")
        found = {name: tuple(entry["shape"]) for name, entry in header.items() if name != "__metadata__"}
        if not all(isinstance(size, int) and size >= 0 for shape in found.values() for size in shape):
            raise ValueError("a shape in its header is no list of sizes")
        return found
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelUnavailable(
            f"{file.name} in {file.parent} cannot be read as safetensors: {error}.", "Copy or convert the file again."
        ) from error


def _read(text: bytes) -> dict[str, Any]:
    """The header's JSON.

    Raises:
        ValueError: it is none, or nests deeper than any header does.
    """
    try:
        found = json.loads(text)
    except RecursionError as error:
        raise ValueError("its header nests deeper than is read") from error
    if not isinstance(found, dict):
        raise ValueError("its header is no JSON object")
    return found


def parameters(files: Sequence[Path]) -> int:
    """Number of weights in the files together; what is tied is stored, and counted, once."""
    return sum(math.prod(shape) for file in files for shape in shapes(file).values())
