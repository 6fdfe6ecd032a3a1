"""What the analyses of mean-field dynamics share: a request's network and start as arrays, and steps taken in chunks."""

from collections.abc import Iterator
from time import perf_counter

import numpy as np

from stable_regions.analyses.report import Progress
from stable_regions.maths.mean_field import correlations
from stable_regions.maths.mean_field.networks import Network as Columns
from stable_regions.maths.mean_field.networks import Projection, iid, project, segments
from stable_regions.maths.mean_field.recursion import Context, Parameters, from_attention, from_random, from_row
from stable_regions.maths.mean_field.run import Run
from stable_regions.schemas.mean_field import (
    Correlations,
    FromAttention,
    FromToken,
    Iid,
    Positional,
    Segments,
    Start,
    Table,
)
from stable_regions.schemas.result import Json

CHUNK = 0.2
"""Seconds of steps between two reports."""


def columns(network: Segments | Iid | Table) -> Columns:
    """The weights of a network that has some."""
    match network:
        case Segments():
            return segments(network.seed, network.features, network.context, network.bits)
        case Iid():
            return iid(network.seed, network.units, network.features, network.context, network.bits)
        case Table():
            signs = np.array(network.tables(), dtype=np.int8)
            return Columns(
                signs, np.array(network.share), positional(network.positional, signs.shape[1]), network.context
            )


def positional(given: Positional | None, features: int) -> np.ndarray:
    """Positional weights by family, feature and bit; without bits where there are none."""
    return np.zeros((4, features, 0), dtype=np.int8) if given is None else np.array(given.tables(), dtype=np.int8)


def projected(network: Segments | Iid | Table | Correlations) -> tuple[Projection, dict[str, Json]]:
    """A network as the recursion uses it, and what is to be said of it."""
    if not isinstance(network, Correlations):
        return project(columns(network)), {"unrealisable": []}
    averages = np.array(network.averages.tables(), dtype=np.float64)
    signs = positional(network.positional, averages.shape[2])
    return (
        correlations.project(averages, signs, network.context),
        {"unrealisable": list[Json](correlations.unrealisable(averages))},
    )


def started(projection: Projection, parameters: Parameters, start: Start) -> Context:
    """Where every lane starts."""
    match start:
        case FromToken():
            return from_row(projection, parameters, start.token - 1)
        case FromAttention():
            return from_attention(projection, parameters, np.array(start.attention), start.position)
        case _:
            return from_random(projection, parameters, start.random)


def followed(run: Run, stage: str, done: int, total: int) -> Iterator[Progress]:
    """Takes a run to its end, and reports every now and then: lane-steps out of `total`, `done` before it."""
    lanes = len(run.orbit.parameters.beta)
    steps = 16
    while not run.done:
        begun = perf_counter()
        run.advance(steps)
        took = perf_counter() - begun
        steps = max(1, min(100_000, int(steps * min(4.0, CHUNK / max(took, 1e-6)))))
        yield Progress(stage, done + run.taken * lanes, total, unit="steps")
