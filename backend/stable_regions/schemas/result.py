"""A result: named arrays and the whole recipe, as one safetensors file.

The file is what the cache holds, what the browser decodes and what a person downloads. Metadata values are JSON texts
(safetensors keeps strings only): `recipe` is the resolved request, `units` says what each array is, the rest is
provenance. No pickle anywhere.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load as load_arrays
from safetensors.numpy import save as save_arrays

Json: TypeAlias = "dict[str, Json] | list[Json] | str | float | int | bool | None"
Array: TypeAlias = NDArray[np.generic]


@dataclass(frozen=True)
class Result:
    """Arrays by name, and metadata as plain JSON values by name."""

    arrays: Mapping[str, Array]
    metadata: Mapping[str, Json]

    def __getitem__(self, name: str) -> Array:
        return self.arrays[name]

    @property
    def recipe(self) -> dict[str, Json]:
        """The request this result answers, every default written out."""
        recipe = self.metadata["recipe"]
        assert isinstance(recipe, dict)
        return recipe

    def to_bytes(self) -> bytes:
        """The safetensors file; the same result is the same bytes."""
        texts = {name: json.dumps(value, ensure_ascii=False, sort_keys=True) for name, value in self.metadata.items()}
        arrays = {name: np.ascontiguousarray(array) for name, array in self.arrays.items()}
        file = save_arrays(arrays)  # pyright: ignore[reportArgumentType]  (its stub knows one dtype only)
        # The writer keeps metadata in an order of its own, another one each time; so it is put in here, sorted.
        end = 8 + int.from_bytes(file[:8], "little")
        header = {"__metadata__": dict(sorted(texts.items())), **json.loads(file[8:end])}
        text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 8)
        return len(text).to_bytes(8, "little") + text + file[end:]

    @classmethod
    def from_bytes(cls, file: bytes) -> "Result":
        """The result a safetensors file holds.

        Raises:
            ValueError: the bytes are not a result file.
        """
        try:
            arrays = load_arrays(file)
            length = int.from_bytes(file[:8], "little")
            texts = json.loads(file[8 : 8 + length]).get("__metadata__", {})
            metadata = {name: json.loads(text) for name, text in texts.items()}
        except (SafetensorError, json.JSONDecodeError, UnicodeDecodeError) as error:
            raise ValueError(f"these bytes are not a result file: {error}") from error
        return cls(arrays=arrays, metadata=metadata)

    def to_npz(self) -> bytes:
        """The same arrays as NumPy's NPZ, with the metadata as a JSON text named `meta`."""
        buffer = io.BytesIO()
        meta = np.array(json.dumps(dict(self.metadata), ensure_ascii=False, sort_keys=True))
        np.savez_compressed(buffer, allow_pickle=False, meta=meta, **self.arrays)
        return buffer.getvalue()


def is_provisional(file: bytes) -> bool:
    """Whether a result file says of itself that asking again may give more: a part was missing for a passing reason."""
    return b'"provisional":"true"' in file[8 : 8 + int.from_bytes(file[:8], "little")]
