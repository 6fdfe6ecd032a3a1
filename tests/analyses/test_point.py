import numpy as np
import pytest

from analyses.asked import ready, slice_request
from stable_regions.analyses.point.schema import PointRequest
from stable_regions.models.model_cache import ModelCache


def point_request(**fields: object) -> PointRequest:
    asked = slice_request().model_dump(include={"model", "prompts", "write_layer"})
    return PointRequest.model_validate(asked | {"alpha": 0.0, "beta": 0.0, "top": 5} | fields)


def test_a_point_of_the_grid_reads_what_the_slice_reads(models: ModelCache) -> None:
    whole = ready(slice_request(), models)[-1].result
    alpha, beta = float(whole["alpha"][11]), float(whole["beta"][5])
    point = ready(point_request(alpha=alpha, beta=beta), models)[-1].result
    assert np.allclose(point["distance"], whole["distance"][:, 5, 11], atol=1e-6)
    assert point["token"][:, 0].tolist() == whole["top_token"][:, 5, 11].tolist()


def test_at_an_anchor_stand_its_prompts_clean_next_tokens(models: ModelCache) -> None:
    result = ready(point_request(), models)[-1].result
    prompts = result.metadata["prompts"]
    assert isinstance(prompts, list)
    assert isinstance(prompts[0], dict)
    clean = prompts[0]["top"]
    assert isinstance(clean, list)
    assert result["token"][0].tolist() == [row["id"] for row in clean if isinstance(row, dict)]
    assert result["distance"][0] < 1e-5


def test_tokens_come_likeliest_first_and_are_named(models: ModelCache) -> None:
    result = ready(point_request(alpha=0.4, beta=0.3, top=100), models)[-1].result
    assert (np.diff(result["probability"], axis=1) <= 0).all()
    assert result["probability"].sum(axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    tokens = result.metadata["tokens"]
    assert isinstance(tokens, dict)
    assert {str(token) for token in result["token"].flatten()} == set(tokens)
