"""Veils against plain distances in the whole space; banks that are what they say."""

import numpy as np
import pytest
import torch
from pydantic import ValidationError

from analyses.asked import Progress, ready, reports
from engine.plain import FullSequence
from stable_regions.analyses.veil.schema import VeilRequest
from stable_regions.errors import InvalidFields, PromptRefused
from stable_regions.maths.plane import plane_through, tilted
from stable_regions.models.model_cache import ModelCache
from stable_regions.models.resolve import resolve
from stable_regions.schemas.result import Result
from stable_regions.suites import facts

CAPITALS = ("The capital of France is", "Japan is governed from the city of", "People in Brazil mostly speak")


def asked(**fields: object) -> VeilRequest:
    model = {"name": "facts-4l", "revision": "step1536"}
    given: dict[str, object] = {"model": model, "prompts": CAPITALS, "write_layer": 1, "resolution": 9}
    return VeilRequest.model_validate(given | fields)


def answer(models: ModelCache, **fields: object) -> Result:
    return ready(asked(**fields), models)[-1].result


@pytest.mark.parametrize("tilt", [None, {"degrees": 45}])
def test_a_veil_is_the_distance_from_the_nearest_of_all_real_activations(
    models: ModelCache, tilt: dict[str, float] | None
) -> None:
    found = answer(models, tilt=tilt)
    model = models.model(asked().model)
    plain, tokens = FullSequence(model.network, write_layer=1), model.tokens
    prompts = [tokens.encode(fact.prompt, True) for fact in facts.sample(256)]
    cut = {tuple(ids[:length]) for ids in prompts for length in range(2, len(ids) + 1)}
    real = torch.stack([plain.anchor(ids) for ids in sorted(cut)]).double()
    a, b, c = (plain.anchor(tokens.encode(prompt, True)) for prompt in CAPITALS)
    plane = plane_through(a, b, c)
    plane = tilted(plane, 45, 0) if tilt else plane
    others = torch.cdist(real, real) + torch.diag(torch.full((len(real),), torch.inf))
    typical = float(others.amin(dim=1).quantile(0.5))
    assert found["typical"][0] == pytest.approx(typical, rel=1e-4)
    for row in (0, 4, 8):
        alpha = torch.from_numpy(found["alpha"])
        points = plane.point(alpha, torch.full_like(alpha, float(found["beta"][row])))
        expected = torch.cdist(points, real).amin(dim=1) / typical
        assert np.allclose(found["nearest"][row], expected, rtol=1e-3, atol=1e-5)
    bank = found.metadata["bank"]
    assert isinstance(bank, dict)
    assert bank["activations"] == len(cut) >= 1000


def test_a_prompt_of_the_suite_is_in_the_bank_and_on_the_plane(models: ModelCache) -> None:
    # Which prompts are in the bank is known, so an anchor can be one of them.
    own = facts.sample(256)[0].prompt
    found = answer(models, prompts=(own, *CAPITALS[1:]))
    assert found["bank_off"][0] == pytest.approx(0, abs=1e-5)
    assert found["bank_plane"][0].tolist() == pytest.approx([0, 0], abs=1e-5)
    assert (np.diff(found["bank_off"]) >= 0).all()


def test_shapes_and_kinds_of_the_arrays(models: ModelCache) -> None:
    found = answer(models)
    m = len(found["bank_off"])
    assert {name: (array.dtype.name, array.shape) for name, array in found.arrays.items()} == {
        "alpha": ("float32", (9,)),
        "beta": ("float32", (9,)),
        "anchors": ("float32", (3, 2)),
        "nearest": ("float32", (9, 9)),
        "typical": ("float32", (1,)),
        "bank_plane": ("float32", (m, 2)),
        "bank_off": ("float32", (m,)),
        "bank_token": ("int32", (m,)),
    }
    assert set(found.metadata["units"]) == set(found.arrays)  # pyright: ignore[reportArgumentType]
    names = found.metadata["tokens"]
    assert isinstance(names, dict)
    assert {str(token) for token in found["bank_token"]} == set(names)


def test_asking_twice_gives_the_same_bytes_and_says_how_far_it_is(models: ModelCache) -> None:
    first, second = answer(models), answer(models)
    assert {n: a.tobytes() for n, a in first.arrays.items()} == {n: a.tobytes() for n, a in second.arrays.items()}
    steps = [report for report in reports(asked(), models) if isinstance(report, Progress)]
    assert [step.stage for step in steps[:3]] == ["load", "clean", "bank"]
    assert steps[-1].done == steps[-1].total == 81


def test_the_grid_is_looked_at_in_parts_and_comes_out_the_same(
    models: ModelCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = answer(models)
    monkeypatch.setattr("stable_regions.analyses.veil.compute.PAIRS", 1)
    monkeypatch.setattr("stable_regions.analyses.veil.compute.TOGETHER", 100)
    parts = answer(models)
    assert np.allclose(whole["nearest"], parts["nearest"], rtol=1e-6)


def test_a_model_of_the_library_is_veiled_by_cuts_of_the_library(models: ModelCache) -> None:
    library = {"name": "stdlib-3l", "revision": "step0"}
    request = asked(model=library, prompts=("import", "for i in range(", "def __init__(self"))
    assert resolve(request, models.catalogue, models.settings).request.bank == "stdlib"  # pyright: ignore
    named = resolve(request.model_copy(update={"bank": "suite"}), models.catalogue, models.settings)
    assert named.key == resolve(request, models.catalogue, models.settings).key
    found = ready(request, models)[-1].result
    assert len(found["bank_off"]) >= 1000
    assert "standard library of Python" in str(found.metadata["bank"])


def test_a_default_bank_is_written_out(models: ModelCache) -> None:
    assert answer(models).recipe["bank"] == "suite"


def test_a_bank_that_is_not_there_is_refused_in_words(models: ModelCache) -> None:
    with pytest.raises(InvalidFields, match="tiny-neox belongs to no bundled suite"):
        resolve(
            asked(model={"name": "tiny-neox", "revision": "step8"}, bank="suite"), models.catalogue, models.settings
        )
    with pytest.raises(PromptRefused, match="outside the model's vocabulary"):
        ready(asked(bank="stdlib"), models)


def test_a_veil_asks_for_no_distance() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        asked(distance="l2")
