"""Computing an orbit: followed in chunks, every overlap kept."""

from collections.abc import Iterator, Mapping
from time import perf_counter

import numpy as np

from stable_regions.analyses.mean_field import followed, projected, started
from stable_regions.analyses.orbit.schema import OrbitRequest
from stable_regions.analyses.report import PartReady, Report
from stable_regions.maths.mean_field.recursion import Parameters, Recursion
from stable_regions.maths.mean_field.regimes import REGIMES, exponents, paper_rule
from stable_regions.maths.mean_field.run import Run
from stable_regions.schemas.key import Key
from stable_regions.schemas.provenance import recorded
from stable_regions.schemas.result import Json
from stable_regions.settings import Settings

OVERLAP = "overlap, −1 to 1"
UNITS = {
    "output": f"semantic part, without its factor 1 − ε: {OVERLAP}",
    "value": f"full {OVERLAP}",
    "query": f"full {OVERLAP}",
    "key": f"full {OVERLAP}",
    "attention": f"mean value attended to: {OVERLAP}",
    "exponents": "natural logarithm for each token",
    "errors": "standard error of the exponents",
    "end_attention": "attention of the last token",
    "end_values": "value overlaps by feature and position",
    "end_keys": "key overlaps by feature and position",
}


def compute(request: OrbitRequest, settings: Settings, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """The orbit's result; there are no parts."""
    begun = perf_counter()
    projection, said = projected(request.network)
    parameters = Parameters.of(request.beta, request.gamma, request.epsilon)
    series = {name: np.empty((request.steps, projection.features)) for name in list(UNITS)[:5]}

    def observe(step: int, orbit: Recursion) -> None:
        series["output"][step] = orbit.output()[:, 0]
        for name, now in (("value", orbit.value), ("query", orbit.query), ("key", orbit.key)):
            series[name][step] = now[:, 0]
        series["attention"][step] = orbit.attention[:, 0]

    start = started(projection, parameters, request.start)
    run = Run(projection, parameters, start, request.discard, request.steps, request.exponents, observe)
    yield from followed(run, "steps", 0, request.work().points)
    found, largest, end = run.settled(), exponents(run.blocks()), run.orbit.context()
    rule, cells = paper_rule(series["output"][:, 0], float(np.abs(series["output"]).max()))
    more: dict[str, Json] = {
        **said,
        "regime": REGIMES[found.regime[0]],
        "period": int(found.period[0]),
        "position": end.position,
        "paper_rule": {"regime": rule, "cells": cells},
    }
    arrays = {
        **series,
        "exponents": largest.mean[:, 0],
        "errors": np.nan_to_num(largest.error[:, 0], posinf=np.nan, nan=np.nan),
        "end_attention": end.attention[:, 0],
        "end_values": end.values[..., 0],
        "end_keys": end.keys[..., 0],
    }
    yield PartReady(request, recorded(request, arrays, UNITS, perf_counter() - begun, more))
