"""The bank: real activations at the write layer, whose mean an arc turns about.

They are those of the last positions of many prompts, as in the paper. A prompt's first position is left out of it: in models
used without a BOS token it is an attention sink, many times as long as any other activation, and would be the mean.

Deterministic, so that the same request gives the same arc.

Source: Janiak et al. 2024 (arXiv 2409.17113), the authors' experiment code: the mean over all sampled prompts.
"""

from collections.abc import Sequence
from functools import lru_cache

from stable_regions.errors import PromptRefused
from stable_regions.models.cuts import cuts
from stable_regions.models.loading import LoadedModel
from stable_regions.models.tokens import Tokens
from stable_regions.suites import facts, stdlib

CUTS, LENGTH = 1000, 10
"""Prompts that are cut from the standard library's text, and their tokens."""


def bank(model: LoadedModel, prompts: Sequence[list[int]], prepend_bos: bool) -> tuple[str, list[list[int]]]:
    """What the bank holds, in words, and the prompts whose last positions are in it.

    Of a facts model all prompts of its suite; of any other, cuts of the standard library's text. A model whose vocabulary cannot
    read that text has every position of the two prompts themselves, a BOS token apart.
    """
    if model.card.source == "bundled" and model.card.family == "facts":
        taken = [model.tokens.encode(fact.prompt, prepend_bos) for fact in facts.prompts()]
        return "last positions of all prompts of the facts suite", taken
    try:
        found = _cuts(model.tokens)
    except PromptRefused:
        cut = [tuple(ids[:length]) for ids in prompts for length in range(1 + prepend_bos, len(ids) + 1)]
        return "every position of the two prompts, a BOS token apart", [list(ids) for ids in dict.fromkeys(cut)]
    words = f"last positions of {CUTS} cuts of {LENGTH} tokens from {stdlib.unread()}"
    return words, [model.tokens.encode(text, prepend_bos) for text in found]


@lru_cache(maxsize=4)
def _cuts(tokens: Tokens) -> list[str]:
    return cuts(tokens, stdlib.texts(held_back=True), CUTS, LENGTH, seed=0)
