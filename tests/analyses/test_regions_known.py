"""Regions where the truth is known, over training, and on tilted planes."""

import numpy as np
import pytest
import torch

from analyses.asked import ready
from analyses.asked import regions_request as asked
from engine.grids import read
from paper import REF
from stable_regions.analyses.regions.schema import RegionsRequest
from stable_regions.engine.gradient import gradient
from stable_regions.engine.oracle import Oracle
from stable_regions.engine.slice_plane import open_slice_plane
from stable_regions.errors import UnsupportedModel
from stable_regions.models.model_cache import ModelCache
from stable_regions.models.resolve import resolve
from stable_regions.schemas.key import key_of
from stable_regions.schemas.result import Result

FACTS = {"name": "facts-12l", "revision": "step1536"}
FAR_APART = ("The money of Japan is the", "People in Kenya mostly speak", "Chile lies on the continent of")
WORDINGS = ("The capital of France is", "France is governed from the city of", "Japan is governed from the city of")


def answer(models: ModelCache, **fields: object) -> Result:
    return ready(asked(**fields), models)[-1].result


def test_two_wordings_of_one_fact_lie_in_one_region_and_another_fact_does_not(models: ModelCache) -> None:
    found = answer(models, model=FACTS, prompts=WORDINGS, write_layer=2, resolution=33)
    a, b, c = (_label_at(found, *anchor) for anchor in found["anchors"])
    assert a == b != c
    names = found.metadata["tokens"]
    assert isinstance(names, dict)
    assert [names[str(found["token"][region])] for region in (a, c)] == ["Paris", "Tokyo"]


def _label_at(found: Result, alpha: float, beta: float) -> int:
    column = int(np.abs(found["alpha"] - alpha).argmin())
    row = int(np.abs(found["beta"] - beta).argmin())
    return int(found["label"][row, column])


@pytest.mark.parametrize("prompts", [FAR_APART, WORDINGS], ids=["axes alike", "one axis an eighth of the other"])
def test_training_sharpens_borders_from_even_to_more_than_twice_that(
    models: ModelCache, prompts: tuple[str, ...]
) -> None:
    untrained, trained = (
        answer(
            models,
            model={**FACTS, "revision": step},
            prompts=prompts,
            write_layer=2,
            resolution=33,
            contexts="first",
        )
        for step in ("step0", "step1536")
    )
    assert 0.9 < untrained["between"][0] < 1.3
    assert trained["between"][0] > 2 * untrained["between"][0]


def test_how_fine_the_grid_is_does_not_decide_how_sharp_borders_are(models: ModelCache) -> None:
    coarse, fine = (
        answer(models, model=FACTS, prompts=FAR_APART, write_layer=2, resolution=n)["between"][0] for n in (33, 65)
    )
    assert fine == pytest.approx(coarse, rel=0.15)


def test_a_tilt_of_no_degrees_is_no_tilt(models: ModelCache) -> None:
    flat = asked(tilt={"degrees": 0, "seed": 5})
    assert flat == asked()
    assert key_of(flat, ["w"]) == key_of(asked(), ["w"])
    assert "tilt" not in answer(models).recipe


def test_on_a_tilted_plane_a_and_b_are_where_they_were_and_c_is_said_to_be_off(models: ModelCache) -> None:
    level, tilted = answer(models, distance="l2"), answer(models, distance="l2", tilt={"degrees": 60, "seed": 1})
    assert tilted["anchors"][:2].tolist() == level["anchors"][:2].tolist()
    assert tilted["anchors"][2].tolist() == pytest.approx([level["anchors"][2][0], 0.5], abs=1e-6)
    norms = tilted.metadata["norms"]
    assert isinstance(norms, dict)
    assert norms["off"] == pytest.approx(np.sin(np.pi / 3) * float(str(norms["cx"])))
    assert np.allclose(tilted["curve"], level["curve"], atol=1e-5)
    assert tilted.recipe["tilt"] == {"degrees": 60.0, "seed": 1}
    assert not np.allclose(tilted["distance"], level["distance"], atol=1e-3)


def test_a_model_of_the_slow_path_has_regions_but_cannot_be_looked_into(models: ModelCache) -> None:
    model, request = models.model(REF), resolve(asked(resolution=9), models.catalogue, models.settings).request
    assert isinstance(request, RegionsRequest)
    slow = open_slice_plane(model, request, Oracle(model.network, 1))
    fast = open_slice_plane(model, request)
    assert torch.allclose(read(slow)[0].distance, read(fast)[0].distance, atol=1e-4)
    with pytest.raises(UnsupportedModel, match="cannot look"):
        list(gradient(slow, read(slow)[0], 100))


@pytest.mark.parametrize("dtype", ["bfloat16", "float64"])
def test_regions_of_another_precision_are_the_same_regions(models: ModelCache, dtype: str) -> None:
    usual = answer(models, model=FACTS, prompts=WORDINGS, write_layer=2, resolution=17)
    other = answer(
        models,
        model={**FACTS, "dtype": dtype},
        prompts=WORDINGS,
        write_layer=2,
        resolution=17,
        gradient=True,
        polytopes=True,
    )
    assert (other["name"] != usual["name"]).mean() < 0.05
    assert other["overall"][0] == pytest.approx(usual["overall"][0], rel=0.05)
    assert np.isfinite(other["gradient"]).all()
