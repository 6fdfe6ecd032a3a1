"""A network that holds images, and its iteration.

Two spaces, one step each; η is the step, λ the sharpness:

    paper             x ← x + η · attention(x̂), then the image's mean token is brought to length 1;
                      x̂ is x, every feature z-scored over the tokens of the image
    centred, normalised    z ← z + η · attention(z), then every token is brought to its site's radius r_i;
                      z is x less the mean of the training images' tokens, r_i the mean length of z_i among them

A masked token starts as the zero vector; in the first step, and only there, nobody looks at masked tokens.

Source: D'Amico & Negri 2024 (arXiv 2409.16112) and the authors' notebook, for the first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from stable_regions.maths.attractor import network, rules
from stable_regions.maths.attractor.tokens import Tokens

Rule = Literal["paper", "centred", "normalised"]
Trainer = Literal["fixed_point", "adamw"]

State = Float[Tensor, "n tokens d"]


def z_scored(x: State, visible: Bool[Tensor, "n tokens"] | None = None) -> State:
    """Every feature less its mean over an image's (visible) tokens, over its standard deviation; the others are 0."""
    weight = x.new_ones(x.shape[:2]) if visible is None else visible.to(x)
    count = weight.sum(1)[:, None, None]
    mean = (x * weight[..., None]).sum(1, keepdim=True) / count
    away = (x - mean) * weight[..., None]
    return away / ((away.square().sum(1, keepdim=True) / (count - 1)).sqrt() + 1e-9)


@dataclass(frozen=True, eq=False)
class Memory:
    """Couplings with the space they act in.

    Attributes:
        tokens: how images become tokens.
        couplings: J.
        sharpness: λ of the iteration.
        step: η.
        centre: mean token of every site; None under the paper's rule.
        radii: r_i; None under the paper's rule.
    """

    tokens: Tokens
    couplings: rules.Couplings
    sharpness: float
    step: float
    centre: Float[Tensor, "tokens d"] | None = None
    radii: Float[Tensor, " tokens"] | None = None

    def begin(self, images: Float[Tensor, "n size"], visible: Bool[Tensor, "n tokens"] | None = None) -> State:
        """The state of images, with zero vectors where they are masked."""
        x = self.tokens.encode(images)
        if self.centre is not None and self.radii is not None:
            x = on_spheres(x - self.centre, self.radii)
        return x if visible is None else x * visible[..., None]

    def images(self, state: State) -> Float[Tensor, "n size"]:
        """What is seen of a state, grey values in [0, 1]."""
        return self.tokens.decode(state if self.centre is None else state + self.centre)

    def after(self, state: State, visible: Bool[Tensor, "n tokens"] | None = None) -> State:
        """One step."""
        return torch.cat(
            [self._after(state[some], None if visible is None else visible[some]) for some in self._chunks(state)]
        )

    def orbit(self, state: State, iterations: int, visible: Bool[Tensor, "n tokens"] | None = None) -> Iterator[State]:
        """The state itself, and after every step."""
        yield state
        for t in range(iterations):
            state = self.after(state, visible if t == 0 else None)
            yield state

    def _chunks(self, state: State) -> list[slice]:
        return [slice(first, first + rules.BATCH) for first in range(0, len(state), rules.BATCH)]

    def _after(self, state: State, visible: Bool[Tensor, "n tokens"] | None) -> State:
        if self.radii is not None:
            moved = state + self.step * network.written(self.couplings, state, self.sharpness, visible)
            return on_spheres(moved, self.radii)
        seen = z_scored(state, visible)
        moved = state + self.step * network.written(self.couplings, seen, self.sharpness, visible)
        return moved / torch.linalg.vector_norm(moved, dim=-1).mean(1).clamp_min(1e-30)[:, None, None]


def on_spheres(z: State, radii: Float[Tensor, " tokens"]) -> State:
    """Every token brought to its site's radius; one of no length stays so."""
    return z * (radii[:, None] / torch.linalg.vector_norm(z, dim=-1, keepdim=True).clamp_min(1e-12))


def stored(
    tokens: Tokens,
    images: Float[Tensor, "n size"],
    population: Float[Tensor, "m size"],
    rule: Rule,
    sharpness_train: float,
    sharpness: float,
    row_norm: float,
    step: float,
    trainer: Trainer = "fixed_point",
    seed: int = 0,
) -> Memory:
    """A memory of the images.

    Args:
        tokens: how images are cut.
        images: what is stored, grey values in [0, 1].
        population: the training images, of which the mean token and the radii are taken.
        rule: the rule.
        sharpness_train: λ while storing.
        sharpness: λ of the iteration.
        row_norm: R; the normalised rule finds its own norm.
        step: η.
        trainer: of the first two rules.
        seed: what the notebook's trainer draws with.
    """
    x = tokens.encode(images)
    centre = radii = None
    if rule == "paper":
        x = z_scored(x)
    else:
        everybody = tokens.encode(population)
        centre = everybody.mean(0)
        radii = torch.linalg.vector_norm(everybody - centre, dim=-1).mean(0)
        x = x - centre
    if rule == "normalised":
        assert radii is not None
        made = rules.normalised(on_spheres(x, radii), radii, sharpness_train)
    elif trainer == "adamw":
        made = rules.adamw(x, sharpness_train, row_norm, seed)
    else:
        made, _ = rules.fixed_point(x, sharpness_train, row_norm)
    return Memory(tokens, made, sharpness, step, centre, radii)
