"""The authors' runs, as the recursion takes them."""

import json
from pathlib import Path

import numpy as np

from stable_regions.maths.mean_field.networks import Network, project, segments
from stable_regions.maths.mean_field.recursion import Context, Parameters, from_attention, held

FOLDER = Path(__file__).parents[2] / "golden"
CASES = json.loads((FOLDER / "mean-field.json").read_text())["cases"]


def opened(name: str) -> tuple[Network, Parameters, Context]:
    """Network, parameters and start of a case."""
    case = CASES[name]
    network = segments(case["seed"], case["features"], case["context"], case["bits"])
    parameters = Parameters.of(case["beta"], case["gamma"], case["epsilon"])
    if "window" in case:
        start = from_attention(project(network), parameters, np.array(case["window"]), case["position"])
    else:
        value, key = (np.array(case["token"][each])[:, None] for each in ("value", "key"))
        start = held(value, key, 0, network.context)
    return network, parameters, start
