"""Places of the residual stream, by the names that TransformerLens gives them.

`embed` is what the first block reads, `blocks.i.hook_resid_mid` the stream between attention and MLP of block i,
`blocks.i.hook_resid_post` after block i, `final` after the final norm. Two stand for several side by side: `concat` for
`embed` and the stream after every block, `all` for every single place.
"""

from collections.abc import Sequence
from typing import Annotated

from pydantic import StringConstraints

from stable_regions.errors import UnknownLayer
from stable_regions.schemas.model import ModelCard

StreamPlace = Annotated[
    str,
    StringConstraints(pattern=r"^(embed|final|concat|all|blocks\.(0|[1-9]\d{0,2})\.hook_resid_(mid|post))$"),
]

TOGETHER = ("concat", "all")

SERIAL = frozenset(
    ("gpt2", "opt", "llama", "mistral", "ministral", "qwen2", "qwen3", "gemma", "phi3", "smollm3", "olmo", "arcee")
)
"""Architectures whose blocks have a stream between attention and MLP, and where it is known where it stands."""


def single_places(card: ModelCard) -> Sequence[str]:
    """The single places of a model, in the order of the network."""
    parts = ("mid", "post") if card.architecture in SERIAL else ("post",)
    blocks = [f"blocks.{block}.hook_resid_{part}" for block in range(card.layers) for part in parts]
    return ["embed", *blocks, "final"]


def check_places(card: ModelCard, places: Sequence[str]) -> None:
    """Refuse a place that a model has not.

    Raises:
        UnknownLayer: names those it has.
    """
    known = [*single_places(card), *TOGETHER]
    missing = next((place for place in places if place not in known), None)
    if missing is not None:
        raise UnknownLayer(f"{card.name} has no place {missing!r}.", f"Choose from {', '.join(known)}.")


def parts_of(place: str, singles: Sequence[str]) -> Sequence[str]:
    """The single places that one stands for."""
    if place == "all":
        return singles
    if place == "concat":
        return [name for name in singles if name == "embed" or name.endswith("_post")]
    return [place]
