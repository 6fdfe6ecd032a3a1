"""What a pack says of itself: `pack/manifest.json`, beside `pack/catalogue.json` and `pack/results/<key>.srz`.

The page reads the same file (`frontend/src/pack/manifest.ts`). Results are the server's own safetensors files, each
compressed with gzip; `sha256` is that of the file before. A request is found by its fields with defaults filled in,
whatever fields the page leaves open.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, JsonValue, StringConstraints
from pydantic_core import PydanticUndefined

from stable_regions.analyses import REGISTRY
from stable_regions.packs.story import ShortText, View
from stable_regions.schemas.base import Wire
from stable_regions.schemas.key import Key
from stable_regions.schemas.model import ModelRef

VERSION = 1
"""Raised when a page of before could not read the pack."""

FOLDER = "pack"
MANIFEST, CATALOGUE = "manifest.json", "catalogue.json"

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class PackedView(View):
    """A view of the story, and what its link needs."""

    keys: tuple[Key, ...] = Field(description="Results that it shows.")
    gaps: tuple[str, ...] = Field(default=(), description="What could not be had, in words.")


class PackedResult(Wire):
    """A result file."""

    bytes: int = Field(ge=1, le=2**28, description="Of the safetensors file.")
    stored: int = Field(ge=1, description="As it lies in the pack, compressed.")
    sha256: Digest = Field(description="Of the safetensors file.")


class PackedAnswer(Wire):
    """Which result answers a request."""

    request: dict[str, JsonValue]
    key: Key


class Manifest(Wire):
    """Everything that a pack says of itself."""

    format: Literal["stable-regions-pack"] = "stable-regions-pack"
    version: Literal[1] = VERSION
    made_by: str = Field(max_length=40, description="Version of the product.")
    title: ShortText = ""
    views: tuple[PackedView, ...]
    results: dict[Key, PackedResult]
    answers: tuple[PackedAnswer, ...]
    defaults: dict[str, dict[str, JsonValue]] = Field(
        description="Values of fields that a request may leave open, by analysis; `model` for its checkpoint."
    )
    documents: dict[str, JsonValue] = Field(default={}, description="What is known of models of the hub, by name.")


def path_of(key: str) -> str:
    """Where a result lies in a pack's folder."""
    return f"results/{key}.srz"


def defaults() -> dict[str, dict[str, JsonValue]]:
    """Values of the fields that a request may leave open, nulls apart."""
    classes: Mapping[str, type[Wire]] = {
        **{name: one.request for name, one in REGISTRY.items()},
        "model": ModelRef,
    }
    return {name: _defaults(one) for name, one in classes.items()}


def _defaults(request: type[Wire]) -> dict[str, JsonValue]:
    found: dict[str, JsonValue] = {}
    for name, field in request.model_fields.items():
        value = field.get_default(call_default_factory=True, validated_data={})
        if value is PydanticUndefined or value is None or name == "analysis":
            continue
        found[name] = value.model_dump(mode="json") if isinstance(value, Wire) else _plain(value)
    return found


def _plain(value: object) -> JsonValue:
    """A default as JSON has it."""
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]  # pyright: ignore[reportUnknownVariableType]  (a default of any type)
    if isinstance(value, Wire):
        return value.model_dump(mode="json")
    assert isinstance(value, str | int | float | bool)
    return value
