"""Prompts cut at random from a text, the way the paper takes its prompts from books.

A cut is so many consecutive tokens of one passage; every place where one can begin is as likely as any other. A cut is
given as text, so that a person can type it: cuts which would be other tokens when read by themselves (a word parted in
the middle, say), or which hold a word that the vocabulary lacks, are drawn again. The same seed gives the same cuts.

Source: Janiak et al. 2024 (arXiv 2409.17113), section on training and size: 10-token prompts cut at random from books.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from random import Random

from stable_regions.errors import PromptRefused
from stable_regions.models.tokens import Tokens

DRAWS = 20
"""Draws for each cut that is wanted, before the text is refused."""


def cuts(tokens: Tokens, passages: Sequence[str], count: int, length: int, seed: int) -> list[str]:
    """So many prompts of `length` tokens each (a BOS token apart), in the order drawn.

    Raises:
        PromptRefused: no passage is long enough, or hardly a cut can be read by itself.
    """
    spans = [tokens.spans(passage) for passage in passages]
    ends = list(accumulate(max(0, len(row) - length + 1) for row in spans))
    if not ends or not ends[-1]:
        longest = max(map(len, spans), default=0)
        raise PromptRefused(
            f"The text's longest passage has {longest} tokens; prompts of {length} are to be cut from it.",
            "Give a longer text, or ask for shorter prompts.",
        )
    chance = Random(seed)  # noqa: S311  (a draw, no secret)
    found: list[str] = []
    for _ in range(DRAWS * count):
        drawn = chance.randrange(ends[-1])
        passage = bisect_right(ends, drawn)
        start = drawn - (ends[passage - 1] if passage else 0)
        cut = _readable(tokens, passages[passage], spans[passage], start, length)
        if cut is not None:
            found.append(cut)
            if len(found) == count:
                return found
    raise PromptRefused(
        f"Of {DRAWS * count} cuts of {length} tokens only {len(found)} can be read by themselves; {count} are wanted.",
        "The text's words may be outside the model's vocabulary: choose another text, or fewer pairs.",
    )


def beginnings(tokens: Tokens, sentences: Sequence[str], count: int, length: int, seed: int) -> list[str]:
    """So many sentences, drawn at random, each cut after `length` tokens where it has more, as text.

    For models that read one sentence a row, from its beginning: nothing else is a prompt that they were trained on.

    Raises:
        PromptRefused: hardly a sentence can be read with this vocabulary.
    """
    chance = Random(seed)  # noqa: S311  (a draw, no secret)
    found: list[str] = []
    for _ in range(DRAWS * count):
        sentence = chance.choice(sentences)
        spans = tokens.spans(sentence)
        cut = _readable(tokens, sentence, spans, 0, min(length, len(spans)))
        if cut is not None:
            found.append(cut)
            if len(found) == count:
                return found
    raise PromptRefused(
        f"Of {DRAWS * count} sentences only {len(found)} can be read by themselves; {count} are wanted.",
        "The sentences' words may be outside the model's vocabulary: choose another text, or fewer pairs.",
    )


def _readable(
    tokens: Tokens, passage: str, spans: Sequence[tuple[int, int, int]], start: int, length: int
) -> str | None:
    """The cut as text, with the white space before it where its first token needs that; None if it reads otherwise."""
    ids = [token for token, _, _ in spans[start : start + length]]
    if tokens.unknown in ids:
        return None
    first, last = spans[start][1], spans[start + length - 1][2]
    after = spans[start - 1][2] if start else 0
    for begin in sorted({first, after}, reverse=True):
        text = passage[begin:last]
        if [token for token, _, _ in tokens.spans(text)] == ids:
            return text
    return None
