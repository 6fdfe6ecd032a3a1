"""What kind of motion an orbit has settled into.

In this order: a whole state that comes back is periodic; one that comes back ever more closely is becoming so; of the
rest the Lyapunov exponents of the last half decide. Exponents are taken in blocks, because a mean over a transient calls
chaotic what has long become periodic: where blocks that grew are followed by a cycle, or by blocks that shrink, the
chaos was transient. What none of these settles is called undecided.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int, Int8

REGIMES = (
    "undecided",
    "periodic",
    "quasi-periodic",
    "doubly quasi-periodic",
    "chaos",
    "hyperchaos",
    "transient chaos",
)
UNDECIDED, PERIODIC, QUASI, DOUBLE, CHAOS, HYPERCHAOS, TRANSIENT = range(len(REGIMES))

LONGEST = 1024
"""The longest period looked for."""
TAIL = 3 * LONGEST
"""Attention vectors at the end of an orbit that are enough to see a period of that length held for two more."""
SAME = 1e-8
"""States closer than this are one state."""
ZERO = 1e-3
"""An exponent is 0 if it is within this of 0, or within three standard errors."""
SECOND_ZERO = 2e-4
"""The same for the second exponent, which close to the onset of quasi-periodic motion is small without being 0."""
VAGUE = 5e-3
"""An exponent that cannot be told from 0 better than this decides nothing."""
GREW = 5e-3
"""A block whose exponent is above this stretched; a cycle cut by a block's end falls short of it."""
BLOCKS = 10
"""Blocks into which the measured steps are divided."""
PAPER_CELLS = 5001


class Exponents(NamedTuple):
    """Lyapunov exponents of the last half of the blocks, and their standard errors; natural logarithms for each token."""

    mean: Float[np.ndarray, "exponents lanes"]
    error: Float[np.ndarray, "exponents lanes"]


class Settled(NamedTuple):
    """Regime (an index of `REGIMES`) and period, in tokens; period 0 where there is none."""

    regime: Int8[np.ndarray, " lanes"]
    period: Int[np.ndarray, " lanes"]


def exponents(blocks: Float[np.ndarray, "blocks exponents lanes"]) -> Exponents:
    """Exponents and their standard errors from those of the blocks."""
    late = blocks[len(blocks) // 2 :]
    with np.errstate(invalid="ignore"):
        error = late.std(axis=0, ddof=1) / np.sqrt(len(late)) if len(late) > 1 else np.full(late.shape[1:], np.inf)
    return Exponents(late.mean(axis=0), np.nan_to_num(error, nan=np.inf, posinf=np.inf))


def period(tail: Float[np.ndarray, "steps features lanes"], context: int, clocked: bool) -> Int[np.ndarray, " lanes"]:
    """Shortest lag at which the whole state, the last L attention vectors, comes back, and keeps coming for two periods.

    Under the clock of the positions a period is a multiple of L. 0 where no lag up to a third of the tail does.
    """
    steps, lanes = len(tail), tail.shape[2]
    found = np.zeros(lanes, dtype=np.int64)
    unit = context if clocked else 1
    for lag in range(unit, min(LONGEST, steps // 3) + 1, unit):
        held = max(2 * lag, context)
        if held + lag > steps:
            break
        again = np.abs(tail[-context:] - tail[-context - lag : -lag]).max(axis=(0, 1))
        (near,) = np.nonzero((again <= SAME) & (found == 0))
        if len(near):
            apart = np.abs(tail[-held:, :, near] - tail[-held - lag : -lag, :, near]).max(axis=(0, 1))
            found[near[apart <= SAME]] = lag
    return found


def approaching(
    tail: Float[np.ndarray, "steps features lanes"], context: int, clocked: bool, pieces: int = 6
) -> Int[np.ndarray, " lanes"]:
    """Shortest lag, up to 16 contexts, at which the state comes back ever more closely, at a steady rate; 0 for none."""
    steps, lanes = len(tail), tail.shape[2]
    found = np.zeros(lanes, dtype=np.int64)
    unit = context if clocked else 1
    for lag in range(unit, min(16 * context, steps // 4) + 1, unit):
        apart = np.abs(tail[lag:] - tail[:-lag]).max(axis=1)
        long = len(apart) // pieces
        rest = apart[len(apart) - pieces * long :].reshape(pieces, long, lanes).max(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            rates = np.diff(np.log(rest), axis=0)
        mean = rates.mean(axis=0)
        with np.errstate(invalid="ignore"):
            steady = (mean < -5e-3) & (np.abs(rates - mean).max(axis=0) < 0.5 * -mean)
        found[steady & (found == 0)] = lag
    return found


def settle(
    tail: Float[np.ndarray, "steps features lanes"],
    context: int,
    clocked: bool,
    blocks: Float[np.ndarray, "blocks exponents lanes"],
) -> Settled:
    """Regime and period of each lane, from the end of its orbit and the exponents of its blocks (none: axis 1 empty)."""
    cycle = period(tail, context, clocked)
    nearing = np.where(cycle > 0, 0, approaching(tail, context, clocked))
    periods = np.where(cycle > 0, cycle, nearing)
    regime = np.where(periods > 0, PERIODIC, UNDECIDED).astype(np.int8)
    if not blocks.shape[1]:
        return Settled(regime, periods)
    largest = exponents(blocks)
    least = np.array([ZERO, *[SECOND_ZERO] * (blocks.shape[1] - 1)])[:, None]
    zero = np.maximum(least, 3 * largest.error)
    grows, still = largest.mean > zero, (np.abs(largest.mean) <= zero) & (zero <= VAGUE)
    several = blocks.shape[1] > 1
    open_lanes = periods == 0
    regime[open_lanes & grows[0]] = CHAOS
    regime[open_lanes & still[0]] = QUASI
    if several:
        regime[open_lanes & grows[0] & grows[1]] = HYPERCHAOS
        regime[open_lanes & still[0] & still[1]] = DOUBLE
    regime[transient(blocks, (cycle > 0) | (largest.mean[0] < -zero[0]))] = TRANSIENT
    return Settled(regime, periods)


def transient(
    blocks: Float[np.ndarray, "blocks exponents lanes"], ended: Bool[np.ndarray, " lanes"]
) -> Bool[np.ndarray, " lanes"]:
    """Whether an orbit that has ended in a cycle, or in shrinking blocks, stretched before that."""
    early = blocks[: -max(len(blocks) // 4, 1), 0]
    grew = early.max(axis=0, initial=-np.inf) > GREW
    return ended & grew & (blocks[-1, 0] < ZERO)


def paper_rule(series: Float[np.ndarray, " steps"], largest: float) -> tuple[str, int]:
    """The authors' rule: how many of 5,001 cells between −largest and +largest an orbit visits, and the name for that.

    It depends on the picture through `largest`, the largest absolute value in it, and it calls some chaos quasi-periodic.
    """
    cells = (PAPER_CELLS * (series / (largest or 1.0) + 1) / 2).astype(np.int64)
    visited = len(np.unique(cells))
    return ("periodic" if visited < 80 else "quasi-periodic" if visited < 2500 else "chaos"), visited
