"""The bank of real activations: which prompts it is made of, and what they make the model think at every position.

Deterministic, so that the same request gives the same veil. Attention is causal: positions of two prompts that begin alike
have the same activation, which counts once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

import torch
from jaxtyping import Float
from torch import Tensor

from stable_regions.engine.slice_plane import Span
from stable_regions.models.cuts import cuts
from stable_regions.models.tokens import Tokens
from stable_regions.suites import facts, stdlib

LEAST = 1000
"""Different activations."""

PROMPTS, CUT = 256, 12
"""Prompts of the facts suite; tokens of a cut from the standard library."""

TOGETHER = 32
"""Prompts that are run between two reports."""


@dataclass(frozen=True, eq=False)
class Bank:
    """Real activations.

    Attributes:
        words: what they are of.
        tokens: the token at each activation's position.
        activations: in double precision, on the CPU.
    """

    words: str
    tokens: list[int]
    activations: Float[Tensor, "m d_model"]


def bank(span: Span, text: str, prepend_bos: bool) -> Iterator[Bank | None]:
    """The bank of a checkpoint and layer: yields after every few prompts, and the bank last.

    Raises:
        PromptRefused: the text is of words that the model does not know.
    """
    tokens = span.model.tokens
    if text == "suite":
        words = f"every position of {PROMPTS} prompts of the facts suite"
        prompts = [tokens.encode(fact.prompt, prepend_bos) for fact in facts.sample(PROMPTS)]
    else:
        words = f"every position of cuts of {CUT} tokens from {stdlib.unread()}"
        prompts = [tokens.encode(cut, prepend_bos) for cut in _cuts(tokens)]
    found: dict[tuple[int, ...], Tensor] = {}
    for start in range(0, len(prompts), TOGETHER):
        part = prompts[start : start + TOGETHER]
        for ids, stream in zip(part, span.writer.streams(part), strict=True):
            rows = stream.double().cpu()
            for place in range(prepend_bos, len(ids)):
                found.setdefault(tuple(ids[: place + 1]), rows[place])
        yield None
    yield Bank(words, [ids[-1] for ids in found], torch.stack(list(found.values())))


@lru_cache(maxsize=4)
def _cuts(tokens: Tokens) -> list[str]:
    """As many cuts as have `LEAST` different beginnings: a power of two, the same ones for the same tokens."""
    for power in count(7):
        found = cuts(tokens, stdlib.texts(held_back=True), 2**power, CUT, seed=0)
        beginnings = {
            ids[: place + 1] for cut in found for ids in [tuple(tokens.encode(cut, False))] for place in range(CUT)
        }
        if len(beginnings) >= LEAST:
            return found
    raise AssertionError("a count ends at nothing")
