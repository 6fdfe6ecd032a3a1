"""How much memory a request takes, known from its model's card before anything is loaded."""

from collections.abc import Sequence

from stable_regions.errors import TooCostly
from stable_regions.schemas.model import BYTES, Dtype, ModelCard
from stable_regions.settings import GIB

LOGITS = 2**24
"""Most logits held at once; the engine makes more of them in blocks."""

STREAM = 2**21
"""Numbers of the stream, and of what an MLP makes of it, in one pass."""


def weights(card: ModelCard, dtype: Dtype) -> int:
    """Bytes of a checkpoint in memory."""
    return card.parameters * BYTES[dtype]


def peak(card: ModelCard, lengths: Sequence[int], dtype: Dtype) -> int:
    """Bytes at most: the checkpoint, the keys and values of its prompts, and what a pass over points holds.

    Args:
        card: the model.
        lengths: tokens of each prompt that is written into.
        dtype: what is computed in.
    """
    number = BYTES[dtype]
    prefixes = 2 * card.layers * card.d_model * sum(lengths)
    logits = max(LOGITS, card.d_vocab)
    return weights(card, dtype) + (prefixes + STREAM) * number + logits * max(number, BYTES["float32"])


def admit(card: ModelCard, dtype: Dtype, budget: int) -> None:
    """Refuse a model that can never be loaded here, before anything of it is downloaded.

    Raises:
        TooCostly: with both numbers.
    """
    size = weights(card, dtype)
    if size > budget:
        raise TooCostly(
            f"{card.name} takes {size / GIB:.1f} GiB in {dtype}; this server keeps {budget / GIB:.1f} GiB.",
            "Choose a smaller model, or raise STABLE_REGIONS_MODEL_BYTES.",
        )
