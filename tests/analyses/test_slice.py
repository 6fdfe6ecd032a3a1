import json
from collections.abc import Callable

import numpy as np
import pytest
import torch

from analyses.asked import Progress, ready, reports, slice_request
from engine.plain import FullSequence
from near import likeliest, near
from stable_regions.maths.curve import curve
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.model_cache import ModelCache
from stable_regions.models.resolve import resolve
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.result import Result
from stable_regions.settings import Settings

pytestmark = pytest.mark.portable


def test_every_level_becomes_ready_coarse_to_fine_and_is_the_level_asked_for_alone(models: ModelCache) -> None:
    found = ready(slice_request(resolution=33), models)
    assert [result.request for result in found] == [
        resolve(slice_request(resolution=n), models.catalogue, models.settings).request for n in (9, 17, 33)
    ]
    alone = ready(slice_request(resolution=17), models)[-1].result
    near(found[1].result, alone)


def test_asking_twice_gives_the_same_bytes_in_every_array(models: ModelCache) -> None:
    first, second = (ready(slice_request(), models)[-1].result for _ in range(2))
    assert {name: a.tobytes() for name, a in first.arrays.items()} == {n: a.tobytes() for n, a in second.arrays.items()}


def test_a_known_level_is_not_computed_again_and_changes_no_byte(models: ModelCache) -> None:
    coarse, fine = ready(slice_request(), models)
    known = {str(coarse.result.metadata["key"]): coarse.result.to_bytes()}
    said = reports(slice_request(), models, known)
    (again,) = ready(slice_request(), models, known)
    assert next(r.done for r in said if isinstance(r, Progress) and r.stage == "points") > 3 * 9**2
    for name, array in fine.result.arrays.items():
        assert np.array_equal(again.result[name], array), name


@pytest.mark.parametrize("contexts", ["own", "first"])
def test_a_slice_is_what_writing_into_the_full_sequence_gives(models: ModelCache, contexts: str) -> None:
    found = ready(slice_request(resolution=9, distance="l2", contexts=contexts), models)[-1].result
    model = models.model(ModelRef(name="tiny-neox", revision="step8"))
    plain = FullSequence(model.network, write_layer=1)
    ids = [model.tokens.encode(prompt, True) for prompt in slice_request().prompts]
    a, b, c = (plain.anchor(prompt) for prompt in ids)
    t = (c - a) @ (b - a) / ((b - a) @ (b - a))
    up = c - (a + t * (b - a))
    for channel, anchor in enumerate((a, b, c)):
        context = ids[channel] if contexts == "own" else ids[0]
        clean = plain.written(context, anchor[None])[0][0]
        for row in (0, 3, 8):
            alpha, beta = torch.from_numpy(found["alpha"]), float(found["beta"][row])
            finals, logits = plain.written(context, a + alpha[:, None] * (b - a) + beta * up)
            expected = (finals - clean).norm(dim=-1)
            assert torch.allclose(torch.from_numpy(found["distance"][channel, row]), expected, rtol=1e-4, atol=1e-5)
            likeliest(torch.from_numpy(found["top_token"][channel, row]).long(), logits)


def test_a_result_holds_the_whole_recipe(models: ModelCache) -> None:
    asked = slice_request()
    result = Result.from_bytes(ready(asked, models)[-1].result.to_bytes())
    resolved = resolve(asked, models.catalogue, models.settings)
    assert type(asked).model_validate_json(json.dumps(result.recipe)) == resolved.request
    assert result.recipe["prepend_bos"] is True
    assert result.metadata["key"] == resolved.key
    assert result.metadata["weights"] == list(resolved.weights)
    assert result.metadata["path"] == "tail"


def test_prompts_are_shown_as_the_model_sees_them(models: ModelCache) -> None:
    prompts = ready(slice_request(), models)[-1].result.metadata["prompts"]
    assert isinstance(prompts, list)
    first = prompts[0]
    assert isinstance(first, dict)
    assert first["tokens"] == ["<bos>", "The", "capital", "of", "France", "is"]
    assert first["position"] == 5
    assert isinstance(first["top"], list)
    assert len(first["top"]) == 5


def test_every_top_token_has_its_name(models: ModelCache) -> None:
    result = ready(slice_request(), models)[-1].result
    tokens = result.metadata["tokens"]
    assert isinstance(tokens, dict)
    assert {int(token) for token in tokens} == set(np.unique(result["top_token"]).tolist())


def test_shapes_and_kinds_of_the_arrays(models: ModelCache) -> None:
    result = ready(slice_request(), models)[-1].result
    found = {name: (array.dtype.name, array.shape) for name, array in result.arrays.items()}
    assert found == {
        "distance": ("float32", (3, 17, 17)),
        "alpha": ("float32", (17,)),
        "beta": ("float32", (17,)),
        "anchors": ("float32", (3, 2)),
        "top_token": ("int32", (3, 17, 17)),
        "computed": ("uint8", (17, 17)),
        "curve": ("float32", (101,)),
    }
    assert np.isfinite(result["distance"]).all()


def test_the_curve_begins_at_a_and_ends_at_b(models: ModelCache) -> None:
    result = ready(slice_request(distance="l2"), models)[-1].result
    assert result["curve"][0] < 1e-4
    assert result["curve"][-1] == 1
    steepest = float(np.diff(curve(torch.from_numpy(result["curve"]))).max() * 100)
    assert result.metadata["sharpness"] == pytest.approx(steepest, rel=1e-4)


def test_progress_counts_every_point_once(models: ModelCache) -> None:
    steps = [r for r in reports(slice_request(), models) if isinstance(r, Progress)]
    assert [r.stage for r in steps[:2]] == ["load", "clean"]
    assert steps[-1].done == steps[-1].total == 3 * 17**2


def test_closing_the_iterator_cancels(models: ModelCache) -> None:
    from stable_regions.analyses import compute

    asked = resolve(slice_request(resolution=129), models.catalogue, models.settings).request
    running = compute(asked, models, {})
    next(running)
    running.close()  # pyright: ignore[reportAttributeAccessIssue]  (a generator, typed as an iterator)
    assert next(running, None) is None


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
def test_cuda_and_cpu_compute_the_same(models: ModelCache, make_settings: Callable[..., Settings]) -> None:
    settings = make_settings(device="cuda")
    fast = ModelCache(Catalogue(settings), settings)
    there, here = (ready(slice_request(), used)[-1].result for used in (fast, models))
    fast.close()
    assert there.metadata["device"] == "cuda:0"
    assert np.allclose(there["distance"], here["distance"], atol=1e-4)
