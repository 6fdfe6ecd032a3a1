"""Hidden Markov processes as a request names them: a few by name, any by its matrices, and products of two or three.

A process is edge-emitting: `T[x][i][j]` is the chance to emit token x and go to state j, from state i.

Sources: Shai et al. 2024, *Transformers Represent Belief State Geometry in their Residual Stream* (arXiv 2405.15943), for
Mess3, RRXOR and Z1R; Crutchfield & Young 1989 and Weiss 1973 for the golden mean and the even process.
"""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from stable_regions.schemas.base import Wire

MOST_STATES, MOST_TOKENS = 24, 36
"""Of one process, products included."""

ROW = 1e-9
"""How far from 1 the sum of a state's chances may be."""

Share = Annotated[float, Field(gt=0, lt=1)]


class Mess3(Wire):
    """Three states, three tokens: a lazy symmetric walk that mostly emits the letter of the state it arrives at."""

    name: Literal["mess3"] = "mess3"
    x: float = Field(default=0.05, gt=0, le=0.5, description="Chance to go to each of the other two states.")
    alpha: float = Field(default=0.85, ge=0, le=1, description="Chance to emit the letter of the state arrived at.")


class RRXOR(Wire):
    """Two random bits, then their exclusive or: five states, period three."""

    name: Literal["rrxor"] = "rrxor"
    p: Share = Field(default=0.5, description="Chance that the first bit is 1.")
    q: Share = Field(default=0.5, description="Chance that the second bit is 1.")


class Z1R(Wire):
    """Zero, one, random: three states, period three."""

    name: Literal["z1r"] = "z1r"
    p: Share = Field(default=0.5, description="Chance that the random bit is 0.")


class GoldenMean(Wire):
    """No two zeros in a row: two states."""

    name: Literal["golden_mean"] = "golden_mean"
    p: Share = Field(default=0.5, description="Chance of a 1 where either may follow.")


class Even(Wire):
    """Ones come in even numbers: two states."""

    name: Literal["even"] = "even"
    p: Share = Field(default=0.5, description="Chance of a 0 where either may follow.")


Row = Annotated[tuple[float, ...], Field(strict=False, min_length=1, max_length=MOST_STATES)]
Matrix = Annotated[tuple[Row, ...], Field(strict=False, min_length=1, max_length=MOST_STATES)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=12, pattern=r"^[^\s\x00-\x1f\x7f]+$")]


class Matrices(Wire):
    """Any process, by its matrices T[x][i][j], one for each token."""

    name: Literal["matrices"] = "matrices"
    matrices: Annotated[tuple[Matrix, ...], Field(strict=False, min_length=2, max_length=MOST_TOKENS)] = Field(
        description="One square matrix a token; over all tokens, the chances out of each state sum to 1."
    )
    tokens: Annotated[
        str, StringConstraints(min_length=2, max_length=MOST_TOKENS, pattern=r"^[^\s\x00-\x1f\x7f]+$")
    ] = Field(description="One letter a token, each another.")
    states: Annotated[tuple[Label, ...], Field(strict=False, max_length=MOST_STATES)] = Field(
        default=(), description="What the states are called; none: their numbers."
    )
    start: Row | None = Field(
        default=None, description="What is believed before the first token; null: the stationary distribution."
    )

    @model_validator(mode="after")
    def _is_a_process(self) -> Self:
        size = len(self.matrices[0])
        if len(self.tokens) != len(self.matrices):
            raise ValueError(
                f"{len(self.tokens)} tokens are named, and there are {len(self.matrices)} matrices; one each"
            )
        if len(set(self.tokens)) != len(self.tokens):
            raise ValueError(f"the tokens {self.tokens!r} name one letter twice; each is another")
        if self.states and (len(self.states) != size or len(set(self.states)) != size):
            raise ValueError(f"{len(self.states)} states are named for {size}; name each, and no two alike")
        for token, matrix in zip(self.tokens, self.matrices, strict=True):
            if len(matrix) != size or any(len(row) != size for row in matrix):
                raise ValueError(f"the matrix of {token!r} is not {size} × {size}, as the first one is")
            if any(chance < 0 for row in matrix for chance in row):
                raise ValueError(f"the matrix of {token!r} holds a negative number; they are chances")
        for state in range(size):
            total = sum(sum(matrix[state]) for matrix in self.matrices)
            if abs(total - 1) > ROW:
                raise ValueError(f"the chances out of state {self.called(state)} sum to {total!r}, and not to 1")
        if self.start is None:
            self._check_irreducible(size)
        elif len(self.start) != size or min(self.start) < 0 or abs(sum(self.start) - 1) > ROW:
            raise ValueError(f"start is no distribution over {size} states: {list(self.start)}")
        return self

    def called(self, state: int) -> str:
        """What a state is called."""
        return self.states[state] if self.states else str(state)

    def _check_irreducible(self, size: int) -> None:
        """Every state must be reached from every other, else the stationary distribution is not one."""
        for first in range(size):
            reached, queue = {first}, [first]
            while queue:
                here = queue.pop()
                for there in range(size):
                    if there not in reached and any(matrix[here][there] > 0 for matrix in self.matrices):
                        reached.add(there)
                        queue.append(there)
            if len(reached) < size:
                lost = next(state for state in range(size) if state not in reached)
                raise ValueError(
                    f"state {self.called(lost)} is never reached from {self.called(first)}; give a start distribution"
                )


Factor = Annotated[Mess3 | RRXOR | Z1R | GoldenMean | Even | Matrices, Field(discriminator="name")]
"""A process that is not a product."""


class Product(Wire):
    """Independent processes that run side by side; one token says what each of them emitted."""

    name: Literal["product"] = "product"
    of: Annotated[tuple[Factor, ...], Field(strict=False, min_length=2, max_length=3)] = Field(
        description="The factors; their tokens stand one after another in the product's token."
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        states, tokens = size_of(self)
        if states > MOST_STATES or tokens > MOST_TOKENS:
            raise ValueError(
                f"the product has {states} states and {tokens} tokens; at most {MOST_STATES} and {MOST_TOKENS} are taken"
            )
        return self


Process = Annotated[
    Mess3 | RRXOR | Z1R | GoldenMean | Even | Matrices | Product,
    Field(discriminator="name"),
]
"""Any process."""

_SIZES = {"mess3": (3, 3), "rrxor": (5, 2), "z1r": (3, 2), "golden_mean": (2, 2), "even": (2, 2)}


def size_of(process: Process) -> tuple[int, int]:
    """Number of states and of tokens."""
    if isinstance(process, Product):
        states = tokens = 1
        for factor in process.of:
            more = size_of(factor)
            states, tokens = states * more[0], tokens * more[1]
        return states, tokens
    if isinstance(process, Matrices):
        return len(process.matrices[0]), len(process.matrices)
    return _SIZES[process.name]


def words_at_most(process: Process, length: int) -> int:
    """Number of words of up to so many tokens if all were possible: a bound that needs no computation."""
    _, tokens = size_of(process)
    return sum(tokens**n for n in range(1, length + 1))


def longest_within(process: Process, length: int, most: int) -> int:
    """The greatest length, up to the one given, whose words are at most so many (`words_at_most`); 1 where none is."""
    return max((n for n in range(1, length + 1) if words_at_most(process, n) <= most), default=1)


def factors_of(process: Process) -> Sequence[Factor]:
    """The factors of a product; of any other process itself alone."""
    return process.of if isinstance(process, Product) else (process,)
