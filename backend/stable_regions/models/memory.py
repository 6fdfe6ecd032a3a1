"""How much memory a request takes, known from its model's card before anything is loaded."""

from collections.abc import Sequence

from stable_regions.errors import TooCostly
from stable_regions.schemas.model import BYTES, Dtype, ModelCard
from stable_regions.settings import GIB, MIB

LOGITS = 2**24
"""Most logits held at once; the engine makes more of them in blocks."""

STREAM = 2**21
"""Numbers of the stream, and of what an MLP makes of it, in one pass."""

ALLOWED = 256 * MIB
"""What prompts and points may take beside the checkpoints, whose memory alone is budgeted."""


def weights(card: ModelCard, dtype: Dtype) -> int:
    """Bytes of a checkpoint in memory."""
    return card.parameters * BYTES[dtype]


def peak(card: ModelCard, lengths: Sequence[int], dtype: Dtype, points: int | None = None) -> int:
    """Bytes at most: the checkpoint, and what its prompts and points take beside it."""
    return weights(card, dtype) + beside(card, lengths, dtype, points)


def beside(card: ModelCard, lengths: Sequence[int], dtype: Dtype, points: int | None = None) -> int:
    """Bytes at most beside a checkpoint: the keys and values of its prompts, and what a pass over points holds.

    Args:
        card: the model.
        lengths: tokens of each prompt that is written into.
        dtype: what is computed in.
        points: how many there are in all, if they may be fewer than a pass takes.
    """
    number = BYTES[dtype]
    prefixes = 2 * card.layers * card.d_model * sum(lengths)
    logits, stream = max(LOGITS, card.d_vocab), STREAM
    if points is not None:
        logits, stream = min(logits, points * card.d_vocab), min(stream, points * 4 * card.d_model)
    return (prefixes + stream) * number + logits * max(number, BYTES["float32"])


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


def admit_work(card: ModelCard, lengths: Sequence[int], dtype: Dtype, points: int, budget: int) -> None:
    """Refuse a request that can never fit beside its checkpoint, before it is queued.

    Raises:
        TooCostly: with what the checkpoint takes, what the prompts and points take, and what there is.
    """
    size, more = weights(card, dtype), beside(card, lengths, dtype, points)
    if size + max(0, more - ALLOWED) > budget:
        raise TooCostly(
            f"{card.name} takes {amount(size)} in {dtype}, and {len(lengths)} prompts of up to {max(lengths, default=0)} "
            f"tokens with their points {amount(more)} beside it; this server keeps {amount(budget)} and {amount(ALLOWED)}.",
            "Choose shorter prompts, bfloat16 or a smaller model, or raise STABLE_REGIONS_MODEL_BYTES.",
        )


def amount(size: int) -> str:
    """Bytes as a person reads them."""
    return f"{size / GIB:.1f} GiB" if size >= GIB else f"{size / MIB:.1f} MiB"
