"""The header of a safetensors file: which tensors it holds, of which shapes, without reading one.

Eight bytes give the header's length, then follow that many bytes of JSON: `{name: {dtype, shape, data_offsets}}`.
Source: the format's description, https://github.com/huggingface/safetensors#format.
"""

import json
import math
from collections.abc import Sequence
from pathlib import Path

from stable_regions.errors import ModelUnavailable

LONGEST = 100 * 2**20  # the format's own bound on a header


def shapes(file: Path) -> dict[str, tuple[int, ...]]:
    """The shape of every tensor of a safetensors file.

    Raises:
        ModelUnavailable: the file is no safetensors file, or is cut short.
    """
    try:
        with file.open("rb") as opened:
            length = int.from_bytes(opened.read(8), "little")
            if not 0 < length <= LONGEST:
                raise ValueError(f"its header would be {length} bytes long")
            header = json.loads(opened.read(length))
        end = max((entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"), default=0)
        if file.stat().st_size != 8 + length + end:
            raise ValueError(f"it holds {file.stat().st_size} bytes, its header promises {8 + length + end}")
        return {name: tuple(entry["shape"]) for name, entry in header.items() if name != "__metadata__"}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelUnavailable(
            f"{file.name} in {file.parent} cannot be read as safetensors: {error}.", "Copy or convert the file again."
        ) from error


def parameters(files: Sequence[Path]) -> int:
    """Number of weights in the files together; what is tied is stored, and counted, once."""
    return sum(math.prod(shape) for file in files for shape in shapes(file).values())
