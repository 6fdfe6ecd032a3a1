"""Every history of a process up to a length, what is believed after it, and how uncertain the next token is.

A *row* is one distinct history (word) that can occur; rows go by length, then in the order of the tokens. The mean
uncertainty of the next token after t tokens,

    h_t = Σ_w Pr(w) H(next | w)          over the words w of t tokens, in nats

is the least cross-entropy that any predictor can have there; it falls towards the *entropy rate* h. For a stationary
process h lies between H(x_{t+1} | x_1 … x_t, s_0), which also knows the first state, and h_t.

Where the words are too many, whole words are drawn and their histories are the rows; every history that was drawn has its
exact belief, and `probability` is the share of draws that begin with it.

Source: Shai et al. 2024 (arXiv 2405.15943), §2.2 (mixed-state presentation); Cover & Thomas, *Elements of Information
Theory*, §4.5, for the bracket of the rate.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stable_regions.maths.hidden_markov import POSSIBLE, Floats, HiddenMarkov, Ints, stationary

MOST_WORDS = 200_000
"""Histories that are enumerated; of more a sample is drawn."""

DRAWN = 20_000
"""Words that are drawn then."""


@dataclass(frozen=True, eq=False)
class Presentation:
    """The histories of a process.

    Attributes:
        word: token numbers, −1 beyond a history's end, int8 [rows, length].
        size: tokens of each history, int16 [rows].
        parent: row of the history without its last token, −1 for those of one token, [rows].
        probability: of each history, [rows]; the share of draws where they are drawn.
        continued: how many words of the full length begin with it, [rows].
        belief: after it, [rows, states].
        next: distribution of the token after it, [rows, tokens].
        entropy: h_0 … h_length, nats, [length + 1].
        error: standard error of each entropy, zero unless drawn, [length + 1].
        sampled: whether words were drawn.
    """

    word: NDArray[np.int8]
    size: NDArray[np.int16]
    parent: Ints
    probability: Floats
    continued: Ints
    belief: Floats
    next: Floats
    entropy: Floats
    error: Floats
    sampled: bool

    @property
    def length(self) -> int:
        """Tokens of the longest histories."""
        return self.word.shape[1]

    def weights(self, kind: str) -> Floats:
        """How much each history counts, summing to 1, [rows].

        `uniform`: every (word, position) alike, the paper's; `probability`: as often as it is met in training;
        `prefix`: every distinct history alike.
        """
        if kind == "prefix":
            return np.full(len(self.word), 1 / len(self.word))
        if kind == "probability":
            return self.probability / self.length
        full = self.size == self.length
        return self.continued / (self.continued[full].sum() * self.length)


def uncertainty(next_token: Floats) -> Floats:
    """Entropy of each distribution along the last axis, nats."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return -np.where(next_token > 0, next_token * np.log(next_token), 0.0).sum(axis=-1)


def presentation(process: HiddenMarkov, length: int, seed: int = 0) -> Presentation:
    """All histories of one to `length` tokens, or those of a sample of words where they are more than `MOST_WORDS`."""
    return _enumerated(process, length) or _drawn(process, length, seed)


def _enumerated(process: HiddenMarkov, length: int) -> Presentation | None:
    word = np.full((1, length), -1, dtype=np.int8)
    belief, probability = process.start[None], np.ones(1)
    levels: list[tuple[NDArray[np.int8], Ints, Floats, Floats, Floats]] = []
    entropy = np.zeros(length + 1)
    parent = np.empty(0, dtype=np.int64)
    rows = first = 0
    for size in range(length + 1):
        following = process.next(belief)
        entropy[size] = probability @ uncertainty(following)
        if size:
            levels.append((word, parent, probability, belief, following))
            rows += len(word)
        if size == length:
            break
        before, token = np.nonzero(following > POSSIBLE)
        if rows + len(before) > MOST_WORDS:
            return None
        parent = before + first if size else np.full(len(before), -1)
        first = rows
        word = word[before]
        word[:, size] = token
        probability = probability[before] * following[before, token]
        belief = process.after(belief[before], token)
    words, parents, probabilities, beliefs, nexts = (np.concatenate(part) for part in zip(*levels, strict=True))
    sizes = np.repeat(np.arange(1, length + 1, dtype=np.int16), [len(level[0]) for level in levels])
    continued = _continued(parents, sizes, np.ones(len(parents), dtype=np.int64), length)
    zero = np.zeros(length + 1)
    return Presentation(words, sizes, parents, probabilities, continued, beliefs, nexts, entropy, zero, False)


def _continued(parent: Ints, size: NDArray[np.int16], own: Ints, length: int) -> Ints:
    """How many words of the full length, each counted `own` times, begin with each history."""
    counted = np.where(size == length, own, 0).astype(np.int64)
    for last in range(length, 1, -1):
        rows = np.nonzero(size == last)[0]
        np.add.at(counted, parent[rows], counted[rows])
    return counted


def draw(process: HiddenMarkov, count: int, length: int, chance: np.random.Generator) -> tuple[Ints, Floats]:
    """Words with their exact probabilities, and the next token's distribution before each of their tokens.

    Tokens are drawn from what the belief says comes next, so that no hidden state need be followed.

    Returns:
        Token numbers [count, length] and distributions [count, length, tokens].
    """
    word = np.empty((count, length), dtype=np.int64)
    following = np.empty((count, length, len(process.tokens)))
    belief = np.broadcast_to(process.start, (count, len(process.start)))
    for place in range(length):
        following[:, place] = process.next(belief)
        edge = following[:, place].cumsum(axis=1)
        wanted = chance.random(count)[:, None] * edge[:, -1:]
        word[:, place] = (wanted >= edge).sum(axis=1)
        belief = process.after(belief, word[:, place])
    return word, following


def _drawn(process: HiddenMarkov, length: int, seed: int) -> Presentation:
    drawn, _ = draw(process, DRAWN, length, np.random.default_rng(seed))
    words, parents, beliefs, counts = [], [], [], []
    entropy, error = np.zeros(length + 1), np.zeros(length + 1)
    (entropy[0],) = uncertainty(process.next(process.start[None]))
    above, belief = np.zeros(DRAWN, dtype=np.int64), process.start[None]
    first = rows = 0
    for size in range(1, length + 1):
        # A history is its parent's row and its last token: sorting these sorts by length, then in the tokens' order.
        code = above * len(process.tokens) + drawn[:, size - 1]
        found, where, above, count = np.unique(code, return_index=True, return_inverse=True, return_counts=True)
        before, token = found // len(process.tokens), found % len(process.tokens)
        word = np.full((len(found), length), -1, dtype=np.int8)
        word[:, :size] = drawn[where, :size]
        belief = process.after(belief[before], token)
        each = uncertainty(process.next(belief))[above]
        entropy[size], error[size] = each.mean(), each.std() / np.sqrt(DRAWN)
        words.append(word)
        parents.append(before + first if size > 1 else np.full(len(found), -1))
        beliefs.append(belief)
        counts.append(count)
        first, rows = rows, rows + len(found)
    sizes = np.repeat(np.arange(1, length + 1, dtype=np.int16), [len(word) for word in words])
    belief, count = np.concatenate(beliefs), np.concatenate(counts)
    return Presentation(
        np.concatenate(words),
        sizes,
        np.concatenate(parents),
        count / DRAWN,
        count,
        belief,
        process.next(belief),
        entropy,
        error,
        True,
    )


@dataclass(frozen=True)
class Rate:
    """The entropy rate in nats a token: its best estimate, and between what it lies."""

    value: float
    lower: float
    upper: float


def entropy_rate(process: HiddenMarkov, entropy: Floats, most: int = MOST_WORDS) -> Rate:
    """The rate: exact where state and token name the next state, else extrapolated from h_t and held within its bracket.

    Args:
        process: with its stationary start; for any other start the bracket is of what follows that start.
        entropy: h_0 … h_t of it, nats.
        most: words up to which the lower end is followed.
    """
    if ((process.transitions > 0).sum(axis=2) <= 1).all():
        exact = float(stationary(process.transitions) @ uncertainty(process.emission))
        return Rate(exact, exact, exact)
    upper = float(entropy[-1])
    lower, before = 0.0, [process.start[state] * row for state, row in enumerate(np.eye(len(process.states)))]
    weighed = np.stack([row for row in before if row.sum() > 0])  # a belief for each first state, times its chance
    for _ in range(len(entropy) - 1):
        moved = np.einsum("ni,xij->nxj", weighed, process.transitions).reshape(-1, len(process.states))
        moved = moved[moved.sum(axis=1) > 0]
        if len(moved) > most:
            break
        weighed = moved
        chance = weighed.sum(axis=1)
        lower = float(chance @ uncertainty(process.next(weighed / chance[:, None])))
    return Rate(min(max(_aitken(entropy), lower), upper), lower, upper)


def _aitken(entropy: Floats) -> float:
    """The limit of a sequence that falls like a power, from its last three; its last where they do not."""
    if len(entropy) < 3:
        return float(entropy[-1])
    one, two, three = (float(value) for value in entropy[-3:])
    bend = three - 2 * two + one
    slowing = abs(three - two) < abs(two - one)
    return three - (three - two) ** 2 / bend if slowing and abs(bend) > 1e-15 else three
