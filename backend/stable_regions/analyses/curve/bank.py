"""The bank: real activations at the write layer, whose mean an arc turns about.

Deterministic, so that the same request gives the same arc: of the facts suite, prompts that the suite itself knows; of
any other model, what the two prompts show by themselves. Attention is causal, so the activation at a position is that
of the prompt cut off there.
"""

from collections.abc import Sequence

from stable_regions.models.loading import LoadedModel
from stable_regions.suites import facts

PROMPTS = 256
"""Prompts of the facts suite in its bank."""


def bank(model: LoadedModel, prompts: Sequence[list[int]], prepend_bos: bool) -> tuple[str, list[list[int]]]:
    """What the bank holds, in words, and the prompts whose last positions are in it."""
    if model.card.source == "bundled" and model.card.family == "facts":
        taken = [model.tokens.encode(fact.prompt, prepend_bos) for fact in facts.sample(PROMPTS)]
        return "last positions of prompts of the facts suite", taken
    cut = [tuple(ids[:length]) for ids in prompts for length in range(1 + prepend_bos, len(ids) + 1)]
    return "every position of the two prompts, a BOS token apart", [list(ids) for ids in dict.fromkeys(cut)]
