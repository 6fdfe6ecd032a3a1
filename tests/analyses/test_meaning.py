from itertools import chain

import numpy as np
import pytest
import torch
from pydantic import ValidationError

from analyses.asked import Progress, ready, reports
from paper import REF, Paper
from stable_regions.analyses.curve.schema import CurveRequest
from stable_regions.analyses.meaning.compute import SCORES, arrays, measures
from stable_regions.analyses.meaning.schema import MeaningRequest
from stable_regions.analyses.sweep.schema import SweepRequest
from stable_regions.engine.pairs import read_along
from stable_regions.errors import PromptRefused, UnknownLayer
from stable_regions.models.model_cache import ModelCache
from stable_regions.models.resolve import resolve
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.path import samples
from stable_regions.suites import facts

pytestmark = pytest.mark.portable

SAME = [("The capital of France is", "France is governed from the city of")]
DIFFERENT = [
    ("The capital of France is", "The capital of Japan is"),
    ("The money of Italy is the", "Einstein was born in"),
]


def asked(**fields: object) -> MeaningRequest:
    given: dict[str, object] = {
        "model": {"name": "facts-4l", "revision": "step1536"},
        "write_layer": 1,
        "pairs": 12,
        "steps": 11,
    }
    return MeaningRequest.model_validate(given | fields)


def test_shapes_and_kinds_of_its_arrays(models: ModelCache) -> None:
    result = ready(asked(), models)[-1].result
    found = {name: (array.dtype.name, array.shape) for name, array in result.arrays.items()}
    of_each = {
        f"{kind}_{name}": ("uint8" if name == "one_token" else "float32", (12,))
        for kind in ("same", "different")
        for name in ("end_distance", "farthest", "sharpness", "one_token", "anchor_distance", "anchor_cosine")
    }
    expected = {"alpha": ("float32", (11,)), "curves": ("float32", (2, 3, 11)), "auc": ("float32", (5,))}
    assert found == of_each | expected
    assert result.metadata["scores"] == list(SCORES)
    assert set(result.metadata["units"]) == set(found)  # pyright: ignore


@pytest.mark.parametrize("contrast", ["answers", "wording"])
def test_pairs_mean_the_same_or_have_different_answers(models: ModelCache, contrast: str) -> None:
    meanings = {fact.prompt: fact.meaning for fact in facts.prompts()}
    pairs = ready(asked(contrast=contrast), models)[-1].result.metadata["pairs"]
    assert isinstance(pairs, dict)
    assert all(meanings[a] == meanings[b] for a, b in pairs["same"])  # pyright: ignore
    assert all(facts.answer_to(a) != facts.answer_to(b) for a, b in pairs["different"])  # pyright: ignore


def test_a_pair_is_the_curve_of_its_two_prompts(models: ModelCache) -> None:
    result = ready(asked(texts_same=SAME, texts_different=DIFFERENT), models)[-1].result
    for kind, pairs in (("same", SAME), ("different", DIFFERENT)):
        for place, prompts in enumerate(pairs):
            model = ModelRef(name="facts-4l", revision="step1536")
            curve = ready(CurveRequest(model=model, prompts=prompts, write_layer=1, steps=11), models)[-1].result
            end = curve["end_distance"][0]
            assert result[f"{kind}_end_distance"][place] == pytest.approx(end, rel=1e-3)
            assert result[f"{kind}_sharpness"][place] == pytest.approx(curve["sharpness"][0], rel=1e-3)
            assert result[f"{kind}_farthest"][place] == pytest.approx((curve["curve"] * end).max(), rel=1e-3)
            assert result[f"{kind}_one_token"][place] == (len(set(curve["top_token"].tolist())) == 1)
            assert result[f"{kind}_anchor_distance"][place] == pytest.approx(curve.metadata["norms"]["ba"], rel=1e-5)  # pyright: ignore


def test_areas_are_those_of_the_pairs_by_counting(models: ModelCache) -> None:
    result = ready(asked(), models)[-1].result
    for place, name in enumerate(SCORES):
        sign = -1 if name == "one_token" else 1
        same, different = (sign * result[f"{kind}_{name}"].astype(float) for kind in ("same", "different"))
        counted = np.mean([(a < b) + (a == b) / 2 for a in same for b in different])
        assert result["auc"][place] == pytest.approx(counted, abs=1e-6)


def test_on_paper_every_number_is_known(models: ModelCache) -> None:
    """Final residual = activation + shift, so d(α) = α‖B − A‖, and the likeliest token is the largest coordinate."""
    paper = Paper({3: (2.0, 1.0), 4: (3.0, 0.0), 5: (0.0, 5.0)}, models.model(REF).card.d_model)
    same, different = (read_along(paper, pairs, 5, "l2") for pairs in ([([3], [4])], [([3], [5])]))
    near, far = measures(same), measures(different)
    assert (float(near["end_distance"]), float(near["farthest"])) == pytest.approx((2**0.5, 2**0.5))
    assert float(far["anchor_distance"]) == pytest.approx(20**0.5)
    assert float(near["anchor_cosine"]) == pytest.approx(1 - 6 / (5**0.5 * 3))
    assert (bool(near["one_token"]), bool(far["one_token"])) == (True, False)
    found = arrays(same, different)
    assert found["auc"].tolist() == [1.0] * 5
    assert found["curves"][1, 1] == pytest.approx(20**0.5 * torch.linspace(0, 1, 5).numpy())


def areas(models: ModelCache, **fields: object) -> dict[str, float]:
    result = ready(asked(pairs=60, contrast="wording", **fields), models)[-1].result
    return dict(zip(SCORES, result["auc"].tolist(), strict=True))


def test_training_teaches_that_other_words_mean_the_same_and_the_same_words_something_else(models: ModelCache) -> None:
    """One wording about two subjects looks alike before training; paraphrases end alike after it."""
    before = areas(models, model={"name": "facts-4l", "revision": "step0"})
    after = areas(models)
    assert max(before["end_distance"], before["anchor_distance"]) < 0.1
    assert min(after["end_distance"], after["anchor_distance"]) > 0.95
    assert after["one_token"] > 0.8


def test_right_after_the_first_block_the_output_knows_more_than_the_activation(models: ModelCache) -> None:
    found = areas(models, write_layer=0)
    assert found["end_distance"] > found["anchor_distance"] + 0.1


def test_the_same_seed_gives_the_same_bytes_and_another_other_pairs(models: ModelCache) -> None:
    first, second, other = (ready(asked(seed=seed), models)[-1].result for seed in (0, 0, 1))
    assert {n: a.tobytes() for n, a in first.arrays.items()} == {n: a.tobytes() for n, a in second.arrays.items()}
    assert first.metadata["pairs"] != other.metadata["pairs"]


def test_progress_ends_at_its_total(models: ModelCache) -> None:
    steps = [report for report in reports(asked(), models) if isinstance(report, Progress)]
    assert steps[-1].done == steps[-1].total == 2 * 12 * samples(11)
    own = asked(texts_same=SAME, texts_different=DIFFERENT)
    assert [r for r in reports(own, models) if isinstance(r, Progress)][-1].done == own.work().points == 3 * samples(11)


def test_a_sweep_of_it_has_the_areas_of_its_cells(models: ModelCache) -> None:
    sweep = SweepRequest(request=asked(), revisions=("step0", "step1536"), write_layers=(0, 1))
    *parts, whole = ready(sweep, models)
    by_key = {str(part.result.metadata["key"]): part.result["auc"] for part in parts}
    rows = [by_key[cell["key"]] for cell in whole.result.metadata["cells"]]  # pyright: ignore
    assert np.array_equal(whole.result["auc"], np.stack(rows))
    assert whole.result.metadata["scores"] == list(SCORES)


@pytest.mark.parametrize(
    "fields",
    [
        {"texts_same": SAME},
        {"texts_different": DIFFERENT},
        {"texts_same": [("a", "a")], "texts_different": DIFFERENT},
        {"pairs": 1},
        {"contrast": "luck"},
        {"distance": "logit_diff"},
    ],
)
def test_fields_that_make_no_comparison_are_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        asked(**fields)


def test_prompts_and_layers_are_checked_at_the_door(models: ModelCache) -> None:
    with pytest.raises(UnknownLayer, match="4 blocks"):
        resolve(asked(write_layer=4), models.catalogue, models.settings)
    long = ["cat " * 300 + "is", "dog"]
    with pytest.raises(PromptRefused, match="tokens"):
        resolve(asked(texts_same=SAME, texts_different=[long]), models.catalogue, models.settings)
    own = asked(texts_same=SAME, texts_different=DIFFERENT)
    assert set(own.prompted()[0]) == set(chain(*SAME, *DIFFERENT))
