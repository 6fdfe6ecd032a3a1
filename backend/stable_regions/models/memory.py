"""How much memory a request takes, known from its model's card before anything is loaded."""

from collections.abc import Sequence

from stable_regions.errors import TooCostly
from stable_regions.schemas.model import ModelCard
from stable_regions.settings import GIB

NUMBER = 4
"""Bytes of a float32."""

LOGITS = 2**24
"""Most logits held at once; the engine makes more of them in blocks."""

STREAM = 2**21
"""Numbers of the stream, and of what an MLP makes of it, in one pass."""


def weights(card: ModelCard, number: int = NUMBER) -> int:
    """Bytes of a checkpoint in memory, a number taking so many."""
    return card.parameters * number


def peak(card: ModelCard, lengths: Sequence[int], number: int = NUMBER) -> int:
    """Bytes at most: the checkpoint, the keys and values of its prompts, and what a pass over points holds.

    Args:
        card: the model.
        lengths: tokens of each prompt that is written into.
        number: bytes of a number.
    """
    prefixes = 2 * card.layers * card.d_model * sum(lengths)
    logits = max(LOGITS, card.d_vocab)
    return weights(card, number) + (prefixes + STREAM) * number + logits * max(number, NUMBER)


def admit(card: ModelCard, budget: int, number: int = NUMBER) -> None:
    """Refuse a model that can never be loaded here, before anything of it is downloaded.

    Raises:
        TooCostly: with both numbers.
    """
    size = weights(card, number)
    if size > budget:
        raise TooCostly(
            f"{card.name} takes {size / GIB:.1f} GiB; this server keeps {budget / GIB:.1f} GiB.",
            "Choose a smaller model, or raise STABLE_REGIONS_MODEL_BYTES.",
        )
