"""How the recursion stretches: its tangent map, and the Lyapunov exponents.

A displacement of the last L attention vectors is carried along the orbit with the exact derivative of a step, its parts
in values and keys kept in rings as the orbit's own are. Directions are made orthonormal every few steps; the growth of
their lengths, divided by the steps, are the exponents in natural logarithms for each token, the largest first.

From about the fourth exponent on the map contracts so fast that double precision measures rounding: ask for two or three.
"""

import numpy as np
from jaxtyping import Float

from stable_regions.maths.mean_field.recursion import KEY, QUERY, VALUE, Recursion

EVERY = 4
"""Steps between two orthonormalisations: growth within them stays far from what would make directions parallel."""


class Tangent:
    """K directions in each lane, moved with a recursion. Call `step` after each of the orbit's own steps."""

    def __init__(self, orbit: Recursion, directions: int) -> None:
        features, context, lanes = orbit.projection.features, orbit.projection.context, len(orbit.parameters.beta)
        if not 1 <= directions <= features * context:
            raise ValueError(f"{directions} exponents of a map of {features * context} numbers; ask for fewer.")
        self.orbit = orbit
        self.moved = np.zeros((directions, features, context, lanes))
        self.values = np.zeros_like(self.moved)
        self.keys = np.zeros_like(self.moved)
        self._newest = (orbit.position - 1) % context
        self._begin(directions)

    def _begin(self, directions: int) -> None:
        """Unit displacements of the newest attention's features, then of older ones.

        What the tokens of older attentions were stretched by is not kept, so their values and keys move as at a field of
        0; once those tokens have left the window the directions are those of the map.
        """
        features, context = self.moved.shape[1:3]
        semantic, field = self.orbit.projection.semantic, self.orbit.projection.field
        for direction in range(directions):
            age, feature = divmod(direction, features)
            slot = (self._newest - age) % context
            self.moved[direction, feature, slot] = 1
            if age:
                self.values[direction, :, slot] = (semantic[VALUE] @ field[:, feature])[:, None]
                self.keys[direction, :, slot] = (semantic[KEY] @ field[:, feature])[:, None]

    def step(self) -> None:
        """Carry the displacements through the step that the orbit has just made."""
        orbit, projection = self.orbit, self.orbit.projection
        slot = (orbit.position - 1) % projection.context
        slope = orbit.parameters.beta * (1 - orbit.means**2) * (1 - orbit.parameters.epsilon)
        means = slope * (projection.field @ self.moved[:, :, self._newest])
        value, query, key = (projection.semantic[family] @ means for family in (VALUE, QUERY, KEY))
        self.values[:, :, slot], self.keys[:, :, slot] = value, key
        weights = orbit.weights / orbit.weights.sum(axis=0)
        scores = np.einsum("fn,dfln->dln", orbit.query, self.keys) + np.einsum("dfn,fln->dln", query, orbit.keys)
        scores *= orbit.scale * weights
        away = orbit.values - orbit.attention[:, None]
        moved = np.einsum("ln,dfln->dfn", weights, self.values) + np.einsum("dln,fln->dfn", scores, away)
        self.moved[:, :, slot] = moved
        self._newest = slot

    def orthonormalise(self) -> Float[np.ndarray, "directions lanes"]:
        """Make the directions orthonormal; returns the logarithms of the lengths that they had."""
        logs = np.empty((len(self.moved), self.moved.shape[-1]))
        for first, moved in enumerate(self.moved):
            length = np.sqrt(np.einsum("fln,fln->n", moved, moved))
            with np.errstate(divide="ignore"):
                logs[first] = np.log(length)
            inverse = 1 / np.where(length > 0, length, 1)
            for ring in (self.moved, self.values, self.keys):
                ring[first] *= inverse
            for later in range(first + 1, len(self.moved)):
                share = np.einsum("fln,fln->n", moved, self.moved[later])
                for ring in (self.moved, self.values, self.keys):
                    ring[later] -= share * ring[first]
        return logs
