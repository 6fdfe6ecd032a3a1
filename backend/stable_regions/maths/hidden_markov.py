"""Hidden Markov processes, and what an observer believes who has seen their tokens.

    T[x][i][j] = Pr(emit x, go to j | in i)        rows are the current state; P = Σₓ T[x] is row-stochastic
    π = π P                                        the stationary distribution, what is believed before the first token
    Pr(next = x | η) = η T[x] 1                    η: a belief, a distribution over states, as a row
    η′ = η T[x] / (η T[x] 1)                       what is believed after x

NumPy only, double precision.

Source: Shai et al. 2024 (arXiv 2405.15943), §2 and appendix A.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from stable_regions.errors import InvalidFields
from stable_regions.schemas.process import RRXOR, Z1R, Even, GoldenMean, Matrices, Mess3, Process, Product

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

POSSIBLE = 1e-12
"""A token that follows with less chance than this does not follow."""


@dataclass(frozen=True, eq=False)
class HiddenMarkov:
    """A process.

    Attributes:
        transitions: T, [tokens, states, states].
        start: what is believed before the first token, [states].
        tokens: what each token is called.
        states: what each state is called.
    """

    transitions: Floats
    start: Floats
    tokens: tuple[str, ...]
    states: tuple[str, ...]

    @property
    def emission(self) -> Floats:
        """Pr(next = x | in i), [states, tokens]: a belief times this is the next token's distribution."""
        return self.transitions.sum(axis=2).T

    def next(self, belief: Floats) -> Floats:
        """Distribution of the next token after each belief, [..., tokens]."""
        return belief @ self.emission

    def after(self, belief: Floats, token: Ints) -> Floats:
        """What is believed once each belief [n, states] has seen its token [n]; NaN where that cannot follow."""
        moved = np.einsum("ni,nij->nj", belief, self.transitions[token])
        with np.errstate(invalid="ignore", divide="ignore"):
            return moved / moved.sum(axis=1, keepdims=True)

    def numbers(self, word: str) -> list[int]:
        """The tokens of a word written without spaces.

        Raises:
            InvalidFields: it holds something else than this process' tokens.
        """
        found: list[int] = []
        rest = word
        while rest:
            number = next((n for n, token in enumerate(self.tokens) if rest.startswith(token)), None)
            if number is None:
                raise InvalidFields(
                    f"The word {word!r} goes on with {rest[:8]!r} at token {len(found) + 1}; "
                    f"the tokens are {', '.join(self.tokens)}.",
                    "Write these alone, without spaces.",
                )
            found.append(number)
            rest = rest[len(self.tokens[number]) :]
        return found


@dataclass(frozen=True, eq=False)
class Trace:
    """A word seen token by token.

    Attributes:
        belief: before the first token and after each, [length + 1, states].
        next: distribution of the token that follows each of these, [length + 1, tokens].
        probability: of the word so far, [length + 1].
    """

    belief: Floats
    next: Floats
    probability: Floats


def trace(process: HiddenMarkov, word: Sequence[int]) -> Trace:
    """Follow a word.

    Raises:
        InvalidFields: it cannot occur; names its first impossible token.
    """
    beliefs, probability = [process.start], [1.0]
    for place, token in enumerate(word):
        chance = float(process.next(beliefs[-1])[token])
        if chance <= POSSIBLE:
            seen = "".join(process.tokens[t] for t in word[:place]) or "the start"
            raise InvalidFields(
                f"Token {place + 1} of the word, {process.tokens[token]!r}, cannot follow {seen}: its chance is 0.",
                "Write a word that the process can emit.",
            )
        probability.append(probability[-1] * chance)
        beliefs.append(process.after(beliefs[-1][None], np.array([token]))[0])
    belief = np.stack(beliefs)
    return Trace(belief, process.next(belief), np.array(probability))


def stationary(transitions: Floats) -> Floats:
    """π of an irreducible process: the distribution that a step leaves as it is, [states]."""
    moved = transitions.sum(axis=0)
    size = len(moved)
    # (Pᵀ − 1) π = 0 and Σπ = 1, as least squares: exact to rounding, and one answer for an irreducible P.
    system = np.concatenate([moved.T - np.eye(size), np.ones((1, size))])
    wanted = np.concatenate([np.zeros(size), [1.0]])
    found = np.linalg.lstsq(system, wanted, rcond=None)[0]
    found = np.maximum(found, 0.0)
    return found / found.sum()


def hidden_markov(process: Process) -> HiddenMarkov:
    """The process that a request names."""
    if isinstance(process, Product):
        return reduce(in_parallel, [hidden_markov(factor) for factor in process.of])
    transitions, tokens, states = _parts(process)
    given = process.start if isinstance(process, Matrices) else None
    start = stationary(transitions) if given is None else np.array(given, dtype=np.float64) / sum(given)
    return HiddenMarkov(transitions, start, tuple(tokens), tuple(states))


def in_parallel(one: HiddenMarkov, other: HiddenMarkov) -> HiddenMarkov:
    """Two independent processes seen as one: states and tokens are pairs, the first factor's slowest."""
    transitions = np.einsum("xij,ykl->xyikjl", one.transitions, other.transitions)
    tokens, states = (len(one.tokens) * len(other.tokens), len(one.states) * len(other.states))
    return HiddenMarkov(
        transitions.reshape(tokens, states, states),
        np.outer(one.start, other.start).reshape(-1),
        tuple(a + b for a in one.tokens for b in other.tokens),
        tuple(f"{a}·{b}" for a in one.states for b in other.states),
    )


def _parts(process: Mess3 | RRXOR | Z1R | GoldenMean | Even | Matrices) -> tuple[Floats, Sequence[str], Sequence[str]]:
    """Matrices, names of the tokens, names of the states."""
    match process:
        case Mess3(x=x, alpha=alpha):
            stay, miss = 1 - 2 * x, (1 - alpha) / 2
            moved = np.where(np.eye(3, dtype=np.bool_), stay, x)
            emitted = np.where(np.eye(3, dtype=np.bool_), alpha, miss)  # [token, state arrived at]
            return moved[None] * emitted[:, None, :], "ABC", "ABC"
        case RRXOR(p=p, q=q):
            steps = [(0, 0, 1, 1 - p), (1, 0, 2, p), (0, 1, 4, 1 - q), (1, 1, 3, q), (0, 2, 3, 1 - q), (1, 2, 4, q)]
            return _edges([*steps, (1, 3, 0, 1.0), (0, 4, 0, 1.0)], 2, 5), "01", "S01TF"
        case Z1R(p=p):
            return _edges([(0, 0, 1, 1.0), (1, 1, 2, 1.0), (0, 2, 0, p), (1, 2, 0, 1 - p)], 2, 3), "01", "01R"
        case GoldenMean(p=p):
            return _edges([(1, 0, 0, p), (0, 0, 1, 1 - p), (1, 1, 0, 1.0)], 2, 2), "01", "AB"
        case Even(p=p):
            return _edges([(0, 0, 0, p), (1, 0, 1, 1 - p), (1, 1, 0, 1.0)], 2, 2), "01", "AB"
        case Matrices():
            size = len(process.matrices[0])
            return np.array(process.matrices, dtype=np.float64), process.tokens, [*map(process.called, range(size))]


def _edges(edges: Sequence[tuple[int, int, int, float]], tokens: int, states: int) -> Floats:
    """Matrices from edges: token, state before, state after, chance."""
    transitions = np.zeros((tokens, states, states))
    for token, before, after, chance in edges:
        transitions[token, before, after] = chance
    return transitions
