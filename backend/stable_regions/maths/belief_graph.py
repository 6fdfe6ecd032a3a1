"""The distinct beliefs of a process where they are finitely many, and which token leads from which to which.

RRXOR, Z1R, the golden mean and the even process reach finitely many beliefs when their chances are fractions: they are
followed in exact rationals, so that no tolerance decides which two are one. A process given by matrices, and a product, are
followed in double precision, and beliefs that agree to nine decimals are one. What reaches more than `MOST` is taken for
infinite.

Source: Shai et al. 2024 (arXiv 2405.15943), figures 2 and 3 (mixed-state presentations).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from stable_regions.maths.hidden_markov import POSSIBLE, HiddenMarkov, hidden_markov
from stable_regions.schemas.process import Matrices, Process, Product

MOST = 256
"""Distinct beliefs that are followed."""

DECIMALS = 9
FINEST = 10**9

Belief = tuple[Fraction, ...] | tuple[float, ...]
Followers = Sequence[tuple[int, float, Belief]]


@dataclass(frozen=True)
class Edge:
    """From one belief to another (by their numbers) with a token, and the chance of that token there."""

    before: int
    after: int
    token: int
    probability: float


@dataclass(frozen=True)
class BeliefGraph:
    """Distinct beliefs in the order in which they are first reached; the prior is the first.

    Attributes:
        beliefs: each over the states; fractions where they are exact.
        edges: what leads where.
        depth: tokens after which each is first reached.
        recurrent: whether it is met again and again in the long run.
        exact: whether no tolerance was used.
    """

    beliefs: tuple[Belief, ...]
    edges: tuple[Edge, ...]
    depth: tuple[int, ...]
    recurrent: tuple[bool, ...]
    exact: bool


def belief_graph(process: Process) -> BeliefGraph | None:
    """The graph, or None where more than `MOST` beliefs are reached."""
    made = hidden_markov(process)
    return _followed(_Rounded(made) if isinstance(process, Matrices | Product) else _Rational(made))


class _Rational:
    """Steps in exact rationals: a chance is the nearest fraction with a denominator of up to `FINEST`."""

    exact = True

    def __init__(self, process: HiddenMarkov) -> None:
        self._transitions = [
            [[_fraction(chance) for chance in row] for row in matrix] for matrix in process.transitions
        ]
        self.start: Belief = _stationary(self._transitions)

    def after(self, belief: Belief) -> Followers:
        found: list[tuple[int, float, Belief]] = []
        for token, matrix in enumerate(self._transitions):
            moved = [_dot(belief, column) for column in zip(*matrix, strict=True)]
            total = sum(moved, Fraction(0))
            if total:
                found.append((token, float(total), tuple(part / total for part in moved)))
        return found


class _Rounded:
    """Steps in double precision, beliefs rounded."""

    exact = False

    def __init__(self, process: HiddenMarkov) -> None:
        self._transitions = process.transitions
        self.start: Belief = _rounded(process.start.tolist())

    def after(self, belief: Belief) -> Followers:
        found: list[tuple[int, float, Belief]] = []
        for token, moved in enumerate((np.array(belief, dtype=np.float64) @ self._transitions).tolist()):
            total = sum(moved)
            if total > POSSIBLE:
                found.append((token, total, _rounded([part / total for part in moved])))
        return found


def _followed(steps: _Rational | _Rounded) -> BeliefGraph | None:
    numbers: dict[Belief, int] = {steps.start: 0}
    beliefs, depth, edges = [steps.start], [0], list[Edge]()
    for number, belief in enumerate(beliefs):  # grows while it is gone through
        for token, chance, after in steps.after(belief):
            if after not in numbers:
                if len(beliefs) == MOST:
                    return None
                numbers[after] = len(beliefs)
                beliefs.append(after)
                depth.append(depth[number] + 1)
            edges.append(Edge(number, numbers[after], token, chance))
    return BeliefGraph(tuple(beliefs), tuple(edges), tuple(depth), _recurrent(len(beliefs), edges), steps.exact)


def _recurrent(count: int, edges: Sequence[Edge]) -> tuple[bool, ...]:
    """A belief is recurrent where everything that is reached from it leads back to it."""
    there = np.eye(count, dtype=np.bool_)
    for edge in edges:
        there[edge.before, edge.after] = True
    while not np.array_equal(further := (there.astype(np.float32) @ there) > 0, there):
        there = further
    return tuple(bool((there[:, n] | ~there[n]).all()) for n in range(count))


def _stationary(transitions: Sequence[Sequence[Sequence[Fraction]]]) -> tuple[Fraction, ...]:
    """π = π P by elimination: (Pᵀ − 1) π = 0 with its last row replaced by Σ π = 1."""
    size = len(transitions[0])
    rows = [
        [sum((matrix[i][j] for matrix in transitions), Fraction(0)) - (i == j) for i in range(size)] + [Fraction(0)]
        for j in range(size - 1)
    ] + [[Fraction(1)] * (size + 1)]
    for at in range(size):
        pivot = next(row for row in range(at, size) if rows[row][at])
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [part / rows[at][at] for part in rows[at]]
        for row in range(size):
            if row != at and rows[row][at]:
                rows[row] = [a - rows[row][at] * b for a, b in zip(rows[row], rows[at], strict=True)]
    return tuple(row[size] for row in rows)


def _fraction(chance: float) -> Fraction:
    return Fraction(float(chance)).limit_denominator(FINEST)


def _dot(belief: Belief, column: Sequence[Fraction]) -> Fraction:
    return sum((Fraction(a) * b for a, b in zip(belief, column, strict=True) if b), Fraction(0))


def _rounded(belief: Sequence[float]) -> tuple[float, ...]:
    return tuple(round(part, DECIMALS) + 0.0 for part in belief)
