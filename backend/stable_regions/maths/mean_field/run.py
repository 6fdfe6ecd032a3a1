"""Orbits followed long enough to say what they do: a discarded beginning, then measured steps.

A run advances in as many steps at a time as its caller likes, so it can report, be cancelled, and be gone on with.
"""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float

from stable_regions.maths.mean_field.networks import Projection
from stable_regions.maths.mean_field.recursion import Context, Emit, Parameters, Recursion
from stable_regions.maths.mean_field.regimes import BLOCKS, TAIL, Settled, settle
from stable_regions.maths.mean_field.tangent import EVERY, Tangent

Observe = Callable[[int, Recursion], None]
"""Called after each measured step with its number, from 0, and the orbit."""


class Run:
    """Orbits in parallel lanes: `discard` steps forgotten, then `steps` observed, with K exponents in blocks.

    `tail` keeps the attention vectors of the last measured steps, in time order once the run is done.
    """

    def __init__(
        self,
        projection: Projection,
        parameters: Parameters,
        start: Context,
        discard: int,
        steps: int,
        directions: int = 0,
        observe: Observe | None = None,
        emit: Emit | None = None,
    ) -> None:
        self.orbit = Recursion(projection, parameters, start, emit)
        self.discard, self.steps, self.directions = discard, steps, directions
        self.taken = 0
        self._observe = observe
        self._tangent: Tangent | None = None
        lanes = len(parameters.beta)
        kept = max(1, min(steps, TAIL))
        self._tail = np.empty((kept, projection.features, lanes))
        self._blocks = min(BLOCKS, max(steps // EVERY, 1))
        self._logs = np.zeros((self._blocks, directions, lanes))
        self._counted = np.zeros(self._blocks, dtype=np.int64)
        self._since = 0

    @property
    def total(self) -> int:
        return self.discard + self.steps

    @property
    def done(self) -> bool:
        return self.taken >= self.total

    def advance(self, steps: int) -> None:
        """So many steps more, or to the end."""
        for _ in range(min(steps, self.total - self.taken)):
            self.orbit.step()
            number = self.taken - self.discard
            if number >= 0:
                self._measure(number)
            self.taken += 1

    def _measure(self, number: int) -> None:
        self._tail[number % len(self._tail)] = self.orbit.attention
        if self.directions:
            if self._tangent is None:
                self._tangent = Tangent(self.orbit, self.directions)
            else:
                self._stretch(self._tangent, number)
        if self._observe:
            self._observe(number, self.orbit)

    def _stretch(self, tangent: Tangent, number: int) -> None:
        tangent.step()
        self._since += 1
        if self._since == EVERY or number == self.steps - 1:
            block = number * self._blocks // self.steps
            self._logs[block] += tangent.orthonormalise()
            self._counted[block] += self._since
            self._since = 0

    @property
    def tail(self) -> Float[np.ndarray, "kept features lanes"]:
        """The last attention vectors, oldest first."""
        return np.roll(self._tail, -(self.steps % len(self._tail)), axis=0)

    def blocks(self) -> Float[np.ndarray, "blocks exponents lanes"]:
        """Exponents of each block, natural logarithms for each token; those of a finished run."""
        return self._logs / np.maximum(self._counted, 1)[:, None, None]

    def settled(self) -> Settled:
        """Regime and period of each lane of a finished run."""
        projection = self.orbit.projection
        clocked = bool(projection.clock.any() and (self.orbit.parameters.epsilon > 0).any())
        return settle(self.tail, projection.context, clocked, self.blocks())
