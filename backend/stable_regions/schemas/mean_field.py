"""Self-attention networks in the mean field, as a request names them, and where their orbits start.

Source: Poc-López & Aguilera 2024 (arXiv 2406.07247).
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from stable_regions.schemas.base import Wire

MOST_FEATURES, MOST_CONTEXT, MOST_COLUMNS = 8, 64, 1024

Sign = Literal[-1, 1]
SignRow = Annotated[tuple[Sign, ...], Field(strict=False, max_length=MOST_COLUMNS)]
Signs = Annotated[tuple[SignRow, ...], Field(strict=False, min_length=1, max_length=MOST_FEATURES)]
NumberRow = Annotated[tuple[float, ...], Field(strict=False, max_length=MOST_FEATURES)]
Numbers = Annotated[tuple[NumberRow, ...], Field(strict=False, min_length=1, max_length=2 ** (MOST_FEATURES - 1))]
Overlap = Annotated[float, Field(ge=-1, le=1)]
OverlapRow = Annotated[tuple[Overlap, ...], Field(strict=False, max_length=MOST_FEATURES)]

Beta = Annotated[float, Field(ge=0, le=100, description="Inverse temperature of the output.")]
Gamma = Annotated[float, Field(ge=0, le=100_000, description="Inverse temperature of the attention, before 1/√M.")]
Epsilon = Annotated[float, Field(ge=0, le=1, description="Weight of the positions; the semantic part has the rest.")]

Context = Annotated[int, Field(ge=1, le=MOST_CONTEXT, description="Tokens attended to, L, the current one included.")]
Bits = Annotated[
    int | None, Field(ge=0, le=6, description="Positional units; null: as few as count to L; 0: no positions.")
]


def check_bits(context: int, bits: int | None) -> None:
    """See to it that the positions can be told apart.

    Raises:
        ValueError: there are more positions than the bits count.
    """
    if bits and context > 2**bits:
        raise ValueError(
            f"a context of {context} tokens has {context} positions and {bits} bits count {2**bits}; "
            f"give {(context - 1).bit_length()} bits, or 0 for no positions"
        )


class Segments(Wire):
    """The paper's networks: three equal blocks of units with constant weights, by the seed of the authors' program."""

    construction: Literal["segments"] = "segments"
    seed: int = Field(default=1, ge=0, le=2**32 - 1)
    features: int = Field(default=3, ge=1, le=MOST_FEATURES)
    context: Context = 4
    bits: Bits = None

    @model_validator(mode="after")
    def _positions(self) -> Self:
        check_bits(self.context, self.bits)
        return self


class Iid(Wire):
    """Independent fair signs for each of the units."""

    construction: Literal["iid"] = "iid"
    seed: int = Field(default=1, ge=0, le=2**32 - 1)
    units: int = Field(ge=1, le=MOST_COLUMNS)
    features: int = Field(default=3, ge=1, le=MOST_FEATURES)
    context: Context = 4
    bits: Bits = None

    @model_validator(mode="after")
    def _positions(self) -> Self:
        check_bits(self.context, self.bits)
        return self


class Positional(Wire):
    """Signs of the positional weights, features × bits, by family."""

    output: Signs
    value: Signs
    query: Signs
    key: Signs

    def tables(self) -> tuple[Signs, Signs, Signs, Signs]:
        return self.output, self.value, self.query, self.key


class Table(Wire):
    """Weights written out: features × columns of signs for each family, and the share of the units in each column."""

    construction: Literal["table"] = "table"
    output: Signs
    value: Signs
    query: Signs
    key: Signs
    share: Annotated[
        tuple[Annotated[float, Field(gt=0, le=1)], ...], Field(strict=False, min_length=1, max_length=MOST_COLUMNS)
    ]
    positional: Positional | None = Field(default=None, description="null: no positions.")
    context: Context = 4

    def tables(self) -> tuple[Signs, Signs, Signs, Signs]:
        return self.output, self.value, self.query, self.key

    @model_validator(mode="after")
    def _regular(self) -> Self:
        features, columns = len(self.output), len(self.share)
        for name, rows in zip(("output", "value", "query", "key"), self.tables(), strict=True):
            if len(rows) != features or any(len(row) != columns for row in rows):
                sizes = ", ".join(str(len(row)) for row in rows)
                raise ValueError(
                    f"{name} has {len(rows)} rows of {sizes} signs; expected {features} rows, one a feature, "
                    f"of {columns} signs, one a share"
                )
        if abs(sum(self.share) - 1) > 1e-9:
            raise ValueError(f"the shares sum to {sum(self.share):.12g}; they must sum to 1")
        check_positional(self.positional, features, self.context)
        return self


class Averages(Wire):
    """Averages of the weights by family: rows ⟨W_b W_a⟩ for each b, then the products of three, five … output weights."""

    output: Numbers
    value: Numbers
    query: Numbers
    key: Numbers

    def tables(self) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        return self.output, self.value, self.query, self.key


class Correlations(Wire):
    """A network given by averages over its units; not all averages are those of some weights, and the result says so."""

    construction: Literal["correlations"] = "correlations"
    averages: Averages
    positional: Positional | None = Field(default=None, description="null: no positions.")
    context: Context = 4

    @model_validator(mode="after")
    def _regular(self) -> Self:
        features = len(self.averages.output[0])
        if not 1 <= features <= MOST_FEATURES:
            raise ValueError(f"the averages have {features} columns, one a feature; give 1 to {MOST_FEATURES}")
        rows = 2 ** (features - 1)
        for name, table in zip(("output", "value", "query", "key"), self.averages.tables(), strict=True):
            if len(table) != rows or any(len(row) != features for row in table):
                raise ValueError(
                    f"{name} has {len(table)} rows; {features} features have {rows} odd products of output weights, "
                    f"a row each, with {features} numbers in a row"
                )
            if any(abs(value) > 1 for row in table for value in row):
                raise ValueError(f"{name} holds an average outside −1 to 1; an average of signs lies between them")
        check_positional(self.positional, features, self.context)
        return self


def check_positional(positional: Positional | None, features: int, context: int) -> None:
    """See to it that the positional weights fit the network.

    Raises:
        ValueError: they have other features, are ragged, or count too few positions.
    """
    if positional is None:
        return
    bits = len(positional.output[0])
    for rows in positional.tables():
        if len(rows) != features or any(len(row) != bits for row in rows):
            raise ValueError(f"the positional weights are not {features} rows of {bits} signs in every family")
    if bits == 0:
        raise ValueError("the positional weights have no bits; leave `positional` out for no positions")
    check_bits(context, bits)


Network = Annotated[Segments | Iid | Table | Correlations, Field(discriminator="construction")]


class FromToken(Wire):
    """The token written in one feature's output weights, at position 0, alone in the window."""

    token: int = Field(default=1, ge=1, le=MOST_FEATURES, description="Row of the output weights, counted from 1.")


class FromAttention(Wire):
    """Attention vectors, newest first; the values and keys of their tokens are made anew with the request's parameters."""

    attention: Annotated[tuple[OverlapRow, ...], Field(strict=False, min_length=1, max_length=MOST_CONTEXT)]
    position: int = Field(default=0, ge=0, lt=MOST_CONTEXT, description="Position of the next token.")


class FromRandom(Wire):
    """A full window of attention vectors, drawn evenly from −1 to 1."""

    random: int = Field(ge=0, le=2**32 - 1, description="Seed.")


Start = FromToken | FromAttention | FromRandom


def features_of(network: Segments | Iid | Table | Correlations) -> int:
    """M."""
    match network:
        case Segments() | Iid():
            return network.features
        case Table():
            return len(network.output)
        case Correlations():
            return len(network.averages.output[0])


def check_start(network: Segments | Iid | Table | Correlations, start: Start) -> None:
    """See to it that an orbit can start there.

    Raises:
        ValueError: the network has no such feature, position or window.
    """
    features, context = features_of(network), network.context
    if isinstance(start, FromToken) and start.token > features:
        raise ValueError(f"start: output weights {start.token}; this network has {features} features")
    if isinstance(start, FromAttention):
        if any(len(row) != features for row in start.attention) or len(start.attention) > context:
            raise ValueError(f"start: attention must be at most {context} rows of {features} numbers, newest first")
        if start.position >= context:
            raise ValueError(
                f"start: position {start.position}; a context of {context} has positions 0 to {context - 1}"
            )


def check_exponents(network: Segments | Iid | Table | Correlations, exponents: int) -> None:
    """See to it that the map has so many exponents.

    Raises:
        ValueError: it has fewer.
    """
    numbers = features_of(network) * network.context
    if exponents > numbers:
        raise ValueError(f"{exponents} exponents; the map has {numbers} numbers, and as many exponents at most")
