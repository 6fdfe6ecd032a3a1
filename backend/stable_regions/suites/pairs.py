"""Pairs of fact prompts whose relation in meaning is known: paraphrases, and prompts with different answers. No torch."""

from random import Random

from stable_regions.errors import PromptRefused
from stable_regions.suites import facts

FactPair = tuple[facts.Fact, facts.Fact]


def different_answers(n: int, seed: int = 0) -> list[FactPair]:
    """So many pairs of prompts, drawn at random, whose answers differ."""
    chance, asked = Random(seed), facts.prompts()  # noqa: S311  (a draw, no secret)
    drawn: list[FactPair] = []
    while len(drawn) < n:
        a, b = chance.sample(asked, 2)
        if a.answer != b.answer:
            drawn.append((a, b))
    return drawn


def same_wording(n: int, seed: int = 0) -> list[FactPair]:
    """So many pairs that ask the same of two subjects in the same words, drawn at random, whose answers differ.

    The harder contrast: such prompts share all tokens but the subject's, which paraphrases do not.
    """
    chance, wordings = Random(seed), _by_wording()  # noqa: S311  (a draw, no secret)
    drawn: list[FactPair] = []
    while len(drawn) < n:
        a, b = chance.sample(chance.choice(wordings), 2)
        if a.answer != b.answer:
            drawn.append((a, b))
    return drawn


def _by_wording() -> list[list[facts.Fact]]:
    """The prompts of each wording of each relation, where it is asked of two subjects or more."""
    groups: dict[tuple[str, int], list[facts.Fact]] = {}
    for group in facts.paraphrases().values():
        for place, fact in enumerate(group):
            groups.setdefault((fact.relation, place), []).append(fact)
    return [group for group in groups.values() if len({fact.answer for fact in group}) > 1]


def same_meaning(n: int, seed: int = 0, held_out: bool = False) -> list[FactPair]:
    """So many ordered pairs of paraphrases, drawn at random from all there are, none twice.

    Args:
        n: how many.
        seed: which.
        held_out: only pairs whose second wording is the one of its fact that is held out, the first being read.

    Raises:
        PromptRefused: there are not so many.
    """
    groups = facts.paraphrases().values()
    every = [(a, b) for group in groups for a in group for b in group if a is not b and (b.held_out or not held_out)]
    if n > len(every):
        raise PromptRefused(f"{n} pairs of paraphrases; the suite has {len(every)}.", "Ask for fewer pairs.")
    return Random(seed).sample(every, n)  # noqa: S311  (a draw, no secret)
