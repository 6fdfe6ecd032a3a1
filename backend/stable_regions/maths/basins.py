"""Where iteration of a map leads from many starting points at once.

*Label* at a time: which of some templates the state after t steps is most like. It needs no convergence, and claims none.

*Limit*: a point has come to rest where ‖T(z) − z‖ < tolerance · ‖z‖, and goes round where ‖z_t − z_{t−q}‖ < 10 · tolerance · ‖z‖
for a period q of 2 to 8; states at rest (means over the round) within an angle of cos 0.999 of one another are one limit
set. Every other point is unresolved, −1: it is in no basin that we know of. Distances are chords, not 1 − cos, which in
single precision cannot tell angles below 3e-4.

*Multiplier*: the growth of the fastest-growing small deviation in one step at a limit set (over the round, its q-th root);
below 1 the set is stable, and only then an attractor.
"""

from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass

import torch
from jaxtyping import Float, Int
from torch import Tensor

from stable_regions.maths.attractor.metrics import leaders

Step = Callable[[Tensor], Tensor]

PERIODS = 8
"""The longest round that is looked for."""


@dataclass(frozen=True, eq=False)
class Flow:
    """What became of n starting points.

    Attributes:
        label: template at each kept moment.
        limit: limit set, the largest first; −1 where unresolved.
        period: 1 at rest, q on a round; 0 where unresolved.
        steps: until rest; the number of iterations where there was none.
        speed: ‖T(z) − z‖/‖z‖ at the start.
        last: the last state, the mean over the round where there is one.
        turn: the last state itself.
    """

    label: Int[Tensor, "frames n"]
    limit: Int[Tensor, " n"]
    period: Int[Tensor, " n"]
    steps: Int[Tensor, " n"]
    speed: Float[Tensor, " n"]
    last: Float[Tensor, "n d"]
    turn: Float[Tensor, "n d"]


def moments(iterations: int) -> list[int]:
    """Times at which labels are kept: 0, 1, 2, 4, 8 … and the last."""
    kept, t = [0], 1
    while t < iterations:
        kept.append(t)
        t *= 2
    return [*kept, iterations]


def flow(
    step: Step,
    starts: Float[Tensor, "n d"],
    label: Callable[[Tensor], Tensor],
    centre: Float[Tensor, " d"],
    iterations: int,
    tolerance: float = 1e-5,
) -> Generator[int, None, Flow]:
    """Iterates the starts; yields t after every step, and returns what became of them. Points at rest are not iterated on.

    Args:
        step: T, row by row; no row depends on another.
        starts: the starting states.
        label: from states to labels, row by row.
        centre: what is taken away before angles between limit sets are measured.
        iterations: most steps.
        tolerance: see above.
    """
    kept = moments(iterations)
    state = starts.clone()
    labels = [label(state)]
    steps = torch.full((len(starts),), iterations, dtype=torch.long, device=starts.device)
    moving = torch.arange(len(starts), device=starts.device)
    speed = torch.zeros(len(starts), dtype=starts.dtype, device=starts.device)
    recent: deque[Tensor] = deque([state.clone()], maxlen=PERIODS + 1)
    for t in range(1, iterations + 1):
        if len(moving):
            before = state[moving]
            after = step(before)
            away = torch.linalg.vector_norm(after - before, dim=1) / torch.linalg.vector_norm(after, dim=1)
            state[moving] = after
            if t == 1:
                speed = away.clone()
            resting = away < tolerance
            steps[moving[resting]] = t
            moving = moving[~resting]
        recent.append(state.clone())
        if t in kept:
            labels.append(label(state))
        yield t
    period, last = _rounds(list(recent), steps < iterations, tolerance)
    return Flow(torch.stack(labels), _limits(last - centre, period), period, steps, speed, last, state)


def _rounds(recent: list[Tensor], resting: Tensor, tolerance: float) -> tuple[Tensor, Tensor]:
    """Period of each point (0: none found) and the mean state over it; the states are of the last steps, in order."""
    last = recent[-1].clone()
    period = resting.long()
    for q in range(2, min(PERIODS, len(recent) - 1) + 1):
        away = torch.linalg.vector_norm(recent[-1] - recent[-1 - q], dim=1)
        found = (period == 0) & (away < 10 * tolerance * torch.linalg.vector_norm(recent[-1], dim=1))
        period[found] = q
        if bool(found.any()):
            last[found] = torch.stack([one[found] for one in recent[-q:]]).mean(0)
    return period, last


def _limits(away: Tensor, period: Tensor) -> Tensor:
    """Limit set of each point, the one with most points first; −1 where unresolved."""
    limit = torch.full_like(period, -1)
    resolved = period > 0
    if bool(resolved.any()):
        found = leaders(away[resolved])
        order = torch.argsort(torch.bincount(found), descending=True, stable=True)
        rank = torch.empty_like(order)
        rank[order] = torch.arange(len(order), device=order.device)
        limit[resolved] = rank[found]
    return limit


def most_like(
    templates: Float[Tensor, "k d"], centre: Float[Tensor, " d"]
) -> Callable[[Float[Tensor, "n d"]], Int[Tensor, " n"]]:
    """Labels by the largest cosine with a template, once the centre is taken away from both."""
    units = templates - centre
    units = units / torch.linalg.vector_norm(units, dim=1, keepdim=True).clamp_min(1e-30)

    def label(states: Tensor) -> Tensor:
        return ((states - centre) @ units.T).argmax(1)

    return label


def multipliers(
    push: Callable[[Tensor, Tensor], Tensor],
    step: Step,
    states: Float[Tensor, "k d"],
    periods: Int[Tensor, " k"],
    seed: int = 0,
    rounds: int = 40,
) -> Float[Tensor, " k"]:
    """Leading multiplier per step at each state by power iteration, the mean growth over the second half of it.

    Args:
        push: Jacobian-vector products, from states and tangents.
        step: T, which carries a state on a round to its next one.
        states: on limit sets.
        periods: of each; 1 is at rest.
        seed: of the first tangents.
        rounds: how many products; rounded up to whole periods by taking the mean.
    """
    chance = torch.Generator().manual_seed(seed)
    tangent = torch.randn(states.shape, generator=chance, dtype=torch.float64).to(states)
    tangent = tangent / torch.linalg.vector_norm(tangent, dim=1, keepdim=True)
    logs: list[Tensor] = []
    turning = (periods > 1)[:, None]
    for _ in range(rounds):
        pushed = push(states, tangent)
        length = torch.linalg.vector_norm(pushed, dim=1, keepdim=True).clamp_min(1e-30)
        logs.append(length[:, 0].log())
        tangent = pushed / length
        if bool(turning.any()):
            states = torch.where(turning, step(states), states)
    return torch.stack(logs[rounds // 2 :]).mean(0).exp()


def overlap(one: Int[Tensor, " n"], other: Int[Tensor, " n"]) -> float:
    """Adjusted Rand index of two partitions: 1 where they are the same, about 0 where they have nothing to do with another.

    Source: Hubert & Arabie, *Comparing partitions* (1985).
    """
    table = torch.zeros(int(one.max()) + 1, int(other.max()) + 1, dtype=torch.float64)
    table.index_put_((one, other), torch.ones(len(one), dtype=torch.float64), accumulate=True)

    def pairs(counts: Tensor) -> float:
        return float((counts * (counts - 1) / 2).sum())

    both, rows, columns = pairs(table), pairs(table.sum(1)), pairs(table.sum(0))
    chance = rows * columns / max(len(one) * (len(one) - 1) / 2, 1)
    most = (rows + columns) / 2
    return 1.0 if most == chance else (both - chance) / (most - chance)
