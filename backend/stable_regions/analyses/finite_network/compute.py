"""Computing a finite network's replicas, and how they agree with the mean field."""

from collections.abc import Iterator, Mapping
from time import perf_counter

import numpy as np

from stable_regions.analyses.finite_network.schema import FiniteNetworkRequest
from stable_regions.analyses.mean_field import columns
from stable_regions.analyses.report import PartReady, Progress, Report
from stable_regions.errors import Unprocessable
from stable_regions.maths.mean_field.networks import project
from stable_regions.maths.mean_field.recursion import OUTPUT, Parameters, Recursion, from_row
from stable_regions.maths.mean_field.sampler import Draw, spread
from stable_regions.schemas.key import Key
from stable_regions.schemas.provenance import recorded
from stable_regions.settings import Settings

SHORT = 5
TOGETHER = 0.2
"""Seconds between two reports."""
UNITS = {
    "mean_field": "semantic output overlap, −1 to 1",
    "output": "semantic output overlap, −1 to 1",
    "z": "mean and standard deviation, in standard deviations of the binomial law",
    "short": "root mean square distance over the first five tokens, times √N",
    "distance": "root mean square distance to the mean field, overlap",
    "mean_size": "mean absolute overlap: mean field, replicas",
}


def compute(request: FiniteNetworkRequest, settings: Settings, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """The replicas' result; there are no parts.

    Raises:
        Unprocessable: the units cannot be divided among the columns.
    """
    begun = perf_counter()
    network = columns(request.network)
    projection = project(network)
    try:
        draw = Draw(network, request.units, request.seed)
    except ValueError as error:
        raise Unprocessable(str(error), "Give another number of units.") from error
    at = Parameters.of(np.full(request.replicas, request.beta), request.gamma, request.epsilon)
    start = from_row(projection, at, request.token - 1)
    finite = Recursion(projection, at, start, draw)
    one = at.at(slice(0, 1))
    field = Recursion(projection, one, start.at(slice(0, 1)))
    shape = (request.steps, projection.features)
    mean_field, output = np.empty(shape), np.empty((request.kept, *shape), dtype=np.float32)
    distance = np.empty(request.steps)
    scores = np.zeros(3)
    size = 0.0
    said = perf_counter()
    for step in range(request.steps):
        field.step()
        finite.step()
        now = finite.output()
        mean_field[step] = field.output()[:, 0]
        output[:, step] = now[:, : request.kept].T
        distance[step] = np.sqrt(np.mean((now - mean_field[step][:, None]) ** 2))
        size += float(np.abs(now).mean())
        wide = spread(network, request.units, draw.expected)
        expected = projection.semantic[OUTPUT] @ draw.expected
        # Where every unit is certain there is nothing to depart by.
        z = (now - expected)[wide > 1e-12] / wide[wide > 1e-12]
        scores += [z.size, z.sum(), (z**2).sum()]
        if perf_counter() - said > TOGETHER:
            said = perf_counter()
            yield Progress("steps", (step + 1) * request.replicas, request.work().points, unit="steps")
    count, total, squares = scores
    mean = total / count if count else 0.0
    arrays = {
        "mean_field": mean_field,
        "output": output,
        "z": np.array([mean, np.sqrt(max(0.0, squares / count - mean**2)) if count else 0.0]),
        "short": np.array([np.sqrt(np.mean(distance[:SHORT] ** 2) * request.units)]),
        "distance": distance,
        "mean_size": np.array([np.abs(mean_field).mean(), size / request.steps]),
    }
    yield PartReady(request, recorded(request, arrays, UNITS, perf_counter() - begun))
