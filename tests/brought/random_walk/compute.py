"""Computing walks: a block of steps at a time; each part as soon as it is reached."""

from collections.abc import Iterator, Mapping
from time import perf_counter

import numpy as np

from stable_regions.analyses.report import PartReady, Progress, Report
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.provenance import recorded
from stable_regions.settings import Settings

from .schema import RandomWalkRequest

BLOCK = 100
"""Steps between two reports, at least."""

SAMPLES = 10
"""Places at which a walk is looked at."""


def compute(request: RandomWalkRequest, settings: Settings, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """The shorter walks, then the whole one: the same steps, further."""
    began = perf_counter()
    draw, place, done = np.random.default_rng(request.seed), np.zeros(request.walkers, np.int64), 0
    squares: dict[int, float] = {0: 0.0}
    levels = [*request.parts(), request]
    wanted = sorted({n * level.steps // SAMPLES for level in levels for n in range(1, SAMPLES + 1)})
    for target in wanted:
        while done < target:
            size = min(BLOCK, target - done)
            place += draw.choice((-1, 1), (size, request.walkers)).sum(axis=0)
            done += size
            yield Progress("steps", done, request.steps, "steps")
        squares[target] = float((place.astype(np.float64) ** 2).mean())
        for level in levels:
            if level.steps == target and key_of(level, ()) not in known:
                step = np.array([n * level.steps // SAMPLES for n in range(1, SAMPLES + 1)], np.int64)
                yield PartReady(
                    level,
                    recorded(
                        level,
                        {"step": step, "mean_square": np.array([squares[int(n)] for n in step])},
                        {"step": "steps taken", "mean_square": "mean over walkers of the place squared, steps²"},
                        perf_counter() - began,
                    ),
                )
