"""The mean-field recursion, for many parameters and starts at once.

The token at time t is made from the attention of t − 1; the attention of t then looks, with that token's query, at the
keys and values of the last L tokens. Values and keys lie in rings, one slot for each position, so that a step costs one
hyperbolic tangent for each column and L exponentials, and tokens already written keep what they were when a parameter
moves. The last axis of every array is the lanes: β, γ, ε and starts that run side by side.

Source: Poc-López & Aguilera 2024 (arXiv 2406.07247), Eqs. 13–15; the attention's inverse temperature is γ/√M.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from stable_regions.maths.mean_field.networks import Projection

OUTPUT, VALUE, QUERY, KEY = range(4)
SAFE_SCORE = 300.0
"""Scores up to this may be exponentiated as they are; larger ones are first taken relative to the largest."""
LANES = 1000
"""Lanes that run together: their arrays stay in the cache, and a call of numpy costs little beside its work."""


Emit = Callable[[Float[np.ndarray, "columns lanes"]], None]
"""What becomes of the columns' expected means, in place: nothing with endless units, a draw with finitely many."""


class Parameters(NamedTuple):
    """Output inverse temperature β, attention inverse temperature γ and positional weight ε of each lane."""

    beta: Float[np.ndarray, " lanes"]
    gamma: Float[np.ndarray, " lanes"]
    epsilon: Float[np.ndarray, " lanes"]

    @classmethod
    def of(cls, beta: object, gamma: object, epsilon: object) -> "Parameters":
        """Parameters from numbers or arrays, each repeated to the longest."""
        given = (np.atleast_1d(np.asarray(each, dtype=np.float64)) for each in (beta, gamma, epsilon))
        lanes = [np.ascontiguousarray(each) for each in np.broadcast_arrays(*given)]
        return cls(lanes[0], lanes[1], lanes[2])

    def at(self, lanes: slice) -> "Parameters":
        return Parameters(self.beta[lanes], self.gamma[lanes], self.epsilon[lanes])


class Context(NamedTuple):
    """Where an orbit stands: the last attention, and the tokens that the next attention will still see.

    `values` and `keys` have one slot for each position; `filled` says how many tokens, ending with the last one, are
    there. `position` is that of the next token. They are the full overlaps, positional part included.
    """

    attention: Float[np.ndarray, "features lanes"]
    values: Float[np.ndarray, "features context lanes"]
    keys: Float[np.ndarray, "features context lanes"]
    position: int
    filled: int

    def at(self, lanes: slice) -> "Context":
        return Context(
            self.attention[:, lanes], self.values[..., lanes], self.keys[..., lanes], self.position, self.filled
        )

    def spread(self, lanes: int) -> "Context":
        """The same context in each of so many lanes, from one."""
        attention, values, keys = (np.repeat(each, lanes, axis=-1) for each in (self.attention, self.values, self.keys))
        return Context(attention, values, keys, self.position, self.filled)


def overlaps(
    projection: Projection, parameters: Parameters, attention: Float[np.ndarray, "features lanes"], position: int
) -> Float[np.ndarray, "4 features lanes"]:
    """Full overlaps, semantic and positional, of the token made from an attention at a position."""
    means = np.tanh(parameters.beta * (projection.field @ attention))
    weight = parameters.epsilon
    return (1 - weight) * (projection.semantic @ means) + weight * projection.clock[:, :, position, None]


def from_token(
    projection: Projection, parameters: Parameters, means: Float[np.ndarray, " columns"], position: int = 0
) -> Context:
    """The context that holds one token, given by the means of each column's units, at a position.

    The token stays in the window until L others have followed it.
    """
    weight = parameters.epsilon
    seen = (1 - weight) * (projection.semantic @ means)[..., None] + weight * projection.clock[:, :, position, None]
    return held(seen[VALUE], seen[KEY], position, projection.context)


def from_row(projection: Projection, parameters: Parameters, row: int) -> Context:
    """The context that holds the token written in one feature's output weights (counted from 0), as the paper starts."""
    return from_token(projection, parameters, projection.field[:, row])


def held(
    value: Float[np.ndarray, "features lanes"], key: Float[np.ndarray, "features lanes"], position: int, context: int
) -> Context:
    """The context that holds one token of this value and key: alone in the window, it is all that is attended to."""
    features, lanes = value.shape
    values, keys = np.zeros((2, features, context, lanes))
    values[:, position], keys[:, position] = value, key
    return Context(value.copy(), values, keys, (position + 1) % context, 1)


def from_attention(
    projection: Projection,
    parameters: Parameters,
    window: Float[np.ndarray, "seen features"] | Float[np.ndarray, "seen features lanes"],
    position: int,
) -> Context:
    """The context after attention vectors, newest first, with the next token at a position.

    The newest makes the next token; each older one made a token that is still in the window, whose value and key are
    those of these parameters. One vector alone is an empty window that grows.
    """
    lanes = len(parameters.beta)
    window = np.broadcast_to(window if window.ndim == 3 else window[..., None], (*window.shape[:2], lanes))
    context, features = projection.context, projection.features
    values, keys = np.zeros((2, features, context, lanes))
    for age, attention in enumerate(window[1:context], start=1):
        slot = (position - age) % context
        _, values[:, slot], _, keys[:, slot] = overlaps(projection, parameters, attention, slot)
    return Context(window[0].copy(), values, keys, position % context, min(len(window), context) - 1)


def from_random(network: Projection, parameters: Parameters, seed: int) -> Context:
    """A window of attention vectors drawn evenly from [−1, 1], the same in every lane."""
    draws = np.random.default_rng(seed)
    window = draws.uniform(-1, 1, size=(network.context, network.features))
    return from_attention(network, parameters, window, 0)


class Recursion:
    """An orbit in each lane, stepped in place.

    After each step `means` [columns, lanes] are those of the newest token's units, `value`, `query` and `key`
    [features, lanes] its full overlaps, `weights` [context, lanes] what it attends to each slot with (not yet divided by
    their sum), and `attention` [features, lanes] what it gets.
    """

    def __init__(
        self, projection: Projection, parameters: Parameters, start: Context, emit: Emit | None = None
    ) -> None:
        features, columns, lanes = projection.features, len(projection.field), len(parameters.beta)
        weight = parameters.epsilon
        self.projection = projection
        self.parameters = parameters
        self.emit = emit
        self.scale = parameters.gamma / np.sqrt(features)
        self.attention = start.attention.copy()
        self.values = start.values.copy()
        self.keys = start.keys.copy()
        self.position = start.position
        self.filled = start.filled
        self.means = np.empty((columns, lanes))
        self.weights = np.empty((projection.context, lanes))
        self.overlaps = np.empty((3 * features, lanes))
        self.value, self.query, self.key = self.overlaps.reshape(3, features, lanes)
        same = bool((weight == weight[0]).all())
        self._epsilon = weight[:1] if same else weight
        self._semantic = projection.semantic[1:].reshape(3 * features, columns)
        self._clock = projection.clock[1:].reshape(3 * features, -1, 1) * self._epsilon
        if same:
            self._semantic = self._semantic * (1 - weight[0])
        self._mixed = not same
        self._products = np.empty((features, projection.context, lanes))
        self._sharp = np.empty((features, lanes))
        self._total = np.empty(lanes)
        self._relative = bool(self.scale.max(initial=0) * features > SAFE_SCORE)

    def output(self) -> Float[np.ndarray, "features lanes"]:
        """Semantic part of the output overlaps of the newest token, without its factor 1 − ε."""
        return self.projection.semantic[OUTPUT] @ self.means

    def context(self) -> Context:
        """A copy of where the orbit stands."""
        return Context(self.attention.copy(), self.values.copy(), self.keys.copy(), self.position, self.filled)

    def step(self) -> None:
        """One token, and the attention that it pays."""
        slot, means, overlaps = self.position, self.means, self.overlaps
        np.matmul(self.projection.field, self.attention, out=means)
        np.multiply(means, self.parameters.beta, out=means)
        np.tanh(means, out=means)
        if self.emit:
            self.emit(means)
        np.matmul(self._semantic, means, out=overlaps)
        if self._mixed:
            overlaps *= 1 - self._epsilon
        np.add(overlaps, self._clock[:, slot], out=overlaps)
        self.values[:, slot] = self.value
        self.keys[:, slot] = self.key
        self._attend()
        self.position = (slot + 1) % self.projection.context

    def _attend(self) -> None:
        weights, products, total = self.weights, self._products, self._total
        np.multiply(self.query, self.scale, out=self._sharp)
        np.multiply(self.keys, self._sharp[:, None], out=products)
        np.add.reduce(products, axis=0, out=weights)
        if self.filled < self.projection.context:
            self._grow()
        elif self._relative:
            weights -= weights.max(axis=0)
        np.exp(weights, out=weights)
        np.add.reduce(weights, axis=0, out=total)
        np.multiply(self.values, weights, out=products)
        np.add.reduce(products, axis=1, out=self.attention)
        np.divide(self.attention, total, out=self.attention)

    def _grow(self) -> None:
        """Let the slots that hold no token yet weigh nothing."""
        self.filled += 1
        empty = (self.position + 1 + np.arange(self.projection.context - self.filled)) % self.projection.context
        self.weights[empty] = -np.inf
        if self._relative:
            self.weights -= self.weights.max(axis=0)
