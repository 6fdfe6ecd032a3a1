"""Checkpoints that are chosen together, by a word instead of one by one.

log-8   eight checkpoints, evenly spaced on a logarithmic scale of training; `log-12` is twelve
paper   those of the paper's figure, nearest in tokens among the branches that there are
last    the end of training
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence

from stable_regions.errors import UnknownRevision
from stable_regions.schemas.model import ModelCard, RevisionCard, SelectionCard

BILLION = 10**9

PAPER: Mapping[str, tuple[int, ...]] = {
    "allenai/OLMo-7B-0724-hf": (0, 10, 50, 100, 251, 501, 800, 1200, 1700, 2750),
    "allenai/OLMo-1B-0724-hf": (0, 4, 10, 31, 100, 310, 1000, 3050),
    "Qwen/Qwen2-0.5B": (),
    "Qwen/Qwen2-1.5B": (),
    "Qwen/Qwen2-7B": (),
}
"""Billions of tokens of the paper's checkpoints; none where it takes the trained model only.

Source: Janiak et al. 2024 (arXiv 2409.17113), figures on training and size. Of OLMo-1B the ends are the paper's; between
31 and 3,050 billion the same half decades go on.
"""

LOG = re.compile(r"log-(\d{1,2})")


def chosen(revisions: Sequence[RevisionCard], how: str, paper: Sequence[int] | None = None) -> tuple[str, ...]:
    """The checkpoints a word means, in the order of training; none where it means nothing for these.

    Args:
        revisions: the checkpoints there are, in the order of training.
        how: `log-N`, `paper` or `last`.
        paper: billions of tokens of the paper's checkpoints; None where the paper does not have the model.
    """
    if not revisions:
        return ()
    end = next((card.revision for card in revisions if card.revision == "main"), revisions[-1].revision)
    if how == "last":
        return (end,)
    if how == "paper":
        if paper is None:
            return ()
        return _nearest(_along(revisions, _tokens), [count * BILLION for count in paper], float) or (end,)
    if found := LOG.fullmatch(how):
        return _spaced(revisions, int(found[1]))
    return ()


def selections(card: ModelCard) -> tuple[SelectionCard, ...]:
    """The selections that mean something for a model."""
    paper = PAPER.get(card.name)
    offered = {
        "log-8": "eight checkpoints, evenly spaced on a logarithmic scale",
        "paper": "as in the paper" if paper else "as in the paper: the trained model",
        "last": "the end of training",
    }
    found = ((how, text, chosen(card.revisions, how, paper)) for how, text in offered.items())
    return tuple(SelectionCard(how=how, text=text, revisions=revisions) for how, text, revisions in found if revisions)


def named(card: ModelCard, words: str) -> tuple[str, ...]:
    """What a person writes: a selection's word, or revisions separated by commas.

    Raises:
        UnknownRevision: the word is a selection's, but means nothing for this model; or there are no words.
    """
    if words in ("paper", "last") or LOG.fullmatch(words):
        found = chosen(card.revisions, words, PAPER.get(card.name))
        if not found:
            offered = ", ".join(selection.how for selection in selections(card))
            raise UnknownRevision(
                f"{card.name} has no selection {words!r}.", f"Choose one of {offered}, or name checkpoints."
            )
        return found
    found = tuple(dict.fromkeys(word.strip() for word in words.split(",") if word.strip()))
    if not found:
        raise UnknownRevision(f"{words!r} names no checkpoint.", "Write their names, with commas between them.")
    return found


Time = Callable[[RevisionCard], int | None]


def _spaced(revisions: Sequence[RevisionCard], count: int) -> tuple[str, ...]:
    """The untrained checkpoint, if there is one, and the others evenly spaced in the logarithm of training."""
    by_tokens = _along(revisions, _tokens)
    along = by_tokens if len(by_tokens) > 1 else _along(revisions, lambda card: card.step)
    if len(along) <= 1 or count < 1:
        return ()
    if len(along) <= count:
        return tuple(along)
    start = [0] if 0 in along.values() else []
    trained = [time for time in along.values() if time > 0]
    gaps = count - len(start) - 1
    low, high = math.log(min(trained)), math.log(max(trained))
    targets = [math.exp(high - (high - low) * place / max(1, gaps)) for place in range(gaps + 1)]
    return _nearest(along, [*start, *targets], lambda time: math.log(time) if time else -math.inf)


def _along(revisions: Sequence[RevisionCard], time: Time) -> dict[str, int]:
    """Checkpoints of the main stage whose moment is known, in the order of training."""
    return {card.revision: at for card in revisions if card.stage in (None, 1) and (at := time(card)) is not None}


def _nearest(along: Mapping[str, int], targets: Sequence[float], scale: Callable[[float], float]) -> tuple[str, ...]:
    """The nearest checkpoint to each target that is not taken yet."""
    taken: set[str] = set()
    for target in targets:
        left = [name for name in along if name not in taken]
        if left:
            taken.add(min(left, key=lambda name: _apart(scale(along[name]), scale(target))))
    return tuple(name for name in along if name in taken)


def _apart(one: float, other: float) -> float:
    return 0.0 if one == other else abs(one - other)


def _tokens(card: RevisionCard) -> int | None:
    return card.tokens
