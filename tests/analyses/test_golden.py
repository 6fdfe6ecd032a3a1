"""Numbers that may not change unnoticed. `make golden` writes them anew; changing them means raising `version`.

Each file is a result's arrays with its recipe; the tolerance allows for another machine's matrix products.
"""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from analyses.asked import ready
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.plane import DISTANCES
from stable_regions.schemas.result import Result

FOLDER = Path(__file__).parents[1] / "golden"
TOLERANCE = 2e-4
"""Absolute, relative to the largest distance of a channel: fp32 through four blocks on another machine."""


def request(distance: str, **fields: object) -> SliceRequest:
    given: dict[str, object] = {
        "model": {"name": "facts-4l", "revision": "step1536"},
        "prompts": ("The capital of France is", "Japan is governed from the city of", "People in Brazil mostly speak"),
        "write_layer": 1,
        "resolution": 17,
        "distance": distance,
    }
    return SliceRequest.model_validate(given | fields)


CASES = {f"slice-{name}": request(name) for name in DISTANCES} | {
    "slice-first": request("hellinger", contexts="first"),
    "slice-untrained": request("hellinger", model={"name": "facts-4l", "revision": "step0"}),
}


@pytest.mark.golden
@pytest.mark.parametrize("name", CASES)
def test_a_slice_is_what_it_was(models: ModelCache, name: str) -> None:
    found = ready(CASES[name], models)[-1].result
    file = FOLDER / f"{name}.safetensors"
    if os.environ.get("GOLDEN") == "write":
        kept = {key: found.metadata[key] for key in ("recipe", "version", "weights", "device", "cpu", "versions")}
        file.write_bytes(Result(arrays=found.arrays, metadata=kept).to_bytes())
    golden = Result.from_bytes(file.read_bytes())
    # As requests: a field that came later has its default in both.
    kept_request, own = (SliceRequest.model_validate_json(json.dumps(result.recipe)) for result in (golden, found))
    assert kept_request == own
    assert golden.metadata["version"] == found.metadata["version"]
    assert golden.metadata["weights"] == found.metadata["weights"]
    for array in ("alpha", "beta", "anchors", "computed"):
        assert np.allclose(found[array], golden[array], atol=1e-5), array
    largest = golden["distance"].max(axis=(1, 2), keepdims=True)
    assert (np.abs(found["distance"] - golden["distance"]) <= TOLERANCE * largest).all()
    assert np.allclose(found["curve"], golden["curve"], atol=1e-3)
    # On a border two tokens are equally likely, and rounding decides.
    assert (found["top_token"] != golden["top_token"]).mean() < 0.005
