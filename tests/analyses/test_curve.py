import numpy as np
import pytest
import torch
from pydantic import ValidationError

from analyses.asked import Progress, ready, reports, slice_request
from engine.plain import FullSequence
from near import likeliest
from paper import Paper
from stable_regions.analyses.curve.bank import bank
from stable_regions.analyses.curve.compute import recorded
from stable_regions.analyses.curve.schema import CurveRequest
from stable_regions.engine.crossing import open_crossing
from stable_regions.errors import PromptRefused, UnknownLayer
from stable_regions.maths.curve import position, sharpness, width
from stable_regions.maths.distance import hellinger
from stable_regions.maths.paths import straight
from stable_regions.models.model_cache import ModelCache
from stable_regions.models.resolve import resolve
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.plane import CURVE_DISTANCES, DISTANCES
from stable_regions.schemas.result import Result
from stable_regions.suites import facts
from tiny import PROMPTS

pytestmark = pytest.mark.portable

REF = ModelRef(name="tiny-neox", revision="step8")
FACTS = ModelRef(name="facts-4l", revision="step1536")
CAPITALS = ("The capital of France is", "The capital of Japan is")
"""A model whose likeliest next tokens differ."""


def asked(**fields: object) -> CurveRequest:
    given: dict[str, object] = {"model": REF, "prompts": PROMPTS[:2], "write_layer": 1}
    return CurveRequest.model_validate(given | fields)


def answer(models: ModelCache, **fields: object) -> Result:
    return ready(asked(**fields), models)[-1].result


@pytest.mark.parametrize("distance", DISTANCES)
def test_a_curve_is_the_slices_own_along_a_to_b(models: ModelCache, distance: str) -> None:
    plane = ready(slice_request(resolution=9, distance=distance), models)[-1].result
    found = answer(models, distance=distance)
    assert np.allclose(found["curve"], plane["curve"], atol=1e-5)
    assert found["sharpness"][0] == pytest.approx(plane.metadata["sharpness"], rel=1e-4)
    assert found["width"][0] == pytest.approx(plane.metadata["width"], rel=1e-3)


def test_a_curve_is_what_writing_into_the_full_sequence_gives(models: ModelCache) -> None:
    found = answer(models, steps=21)
    model = models.model(REF)
    plain = FullSequence(model.network, write_layer=1)
    a, b = (model.tokens.encode(prompt, True) for prompt in PROMPTS[:2])
    points = straight(plain.anchor(a), plain.anchor(b), torch.linspace(0, 1, 21)).float()
    _, logits = plain.written(a, points)
    distances = hellinger(logits.log_softmax(-1), logits[0].log_softmax(-1))
    assert np.allclose(found["curve"], distances / distances[-1], atol=1e-4)
    assert found["end_distance"][0] == pytest.approx(float(distances[-1]), rel=1e-4)
    likeliest(torch.from_numpy(found["top_token"]).long(), logits)


def test_shapes_and_kinds_of_the_arrays(models: ModelCache) -> None:
    found = {name: (array.dtype.name, array.shape) for name, array in answer(models, steps=7).arrays.items()}
    assert found == {
        "alpha": ("float32", (7,)),
        "curve": ("float32", (7,)),
        "end_distance": ("float32", (1,)),
        "sharpness": ("float32", (1,)),
        "width": ("float32", (1,)),
        "position": ("float32", (1,)),
        "top_token": ("int32", (7,)),
        "control": ("float32", (3, 7)),
        "control_sharpness": ("float32", (3,)),
    }


@pytest.mark.parametrize("distance", CURVE_DISTANCES)
@pytest.mark.parametrize("path", ["straight", "arc"])
def test_the_scalars_are_those_of_the_curve(models: ModelCache, distance: str, path: str) -> None:
    found = answer(models, distance=distance, path=path, model=FACTS, prompts=CAPITALS)
    dense = answer(models, distance=distance, path=path, model=FACTS, prompts=CAPITALS, steps=401)
    shape = torch.from_numpy(dense["curve"])
    assert found.metadata["undefined"] is None
    assert (abs(found["curve"][0]) < 1e-3, found["curve"][-1]) == (True, 1)
    assert found["sharpness"][0] == pytest.approx(float(sharpness(shape)), rel=1e-2)
    assert found["width"][0] == pytest.approx(float(width(shape)), rel=2e-2)
    assert found["position"][0] == pytest.approx(float(position(shape)), abs=1 / 50)


@pytest.mark.parametrize("distance", DISTANCES)
def test_the_controls_are_of_the_same_pair(models: ModelCache, distance: str) -> None:
    """Written at the last block the pair is its own control; between random activations nothing was learnt."""
    found = answer(models, distance=distance, model=FACTS, prompts=CAPITALS)
    assert found.metadata["controls"] == ["last_block", "final_line", "random"]
    last = models.catalogue.card(FACTS.name).layers - 1
    above = answer(models, distance=distance, model=FACTS, prompts=CAPITALS, write_layer=last)
    assert found["control_sharpness"][0] == pytest.approx(above["sharpness"][0], rel=1e-3)
    assert np.allclose(found["control"][0], above["curve"], atol=1e-3)
    if distance == "l2":
        assert found["control_sharpness"][1] == pytest.approx(1, abs=1e-3)
    assert np.allclose(found["control"][:, -1], 1)


def test_the_logit_difference_goes_from_one_to_zero_and_is_that_of_the_models_own_logits(models: ModelCache) -> None:
    found = answer(models, distance="logit_diff", steps=11, model=FACTS, prompts=CAPITALS)
    model = models.model(FACTS)
    plain = FullSequence(model.network, write_layer=1)
    a, b = (model.tokens.encode(prompt, True) for prompt in CAPITALS)
    start, end = plain.anchor(a), plain.anchor(b)
    token_a, token_b = (int(plain.written(ids, at[None])[1].argmax()) for ids, at in ((a, start), (b, end)))
    assert found.metadata["rivals"] == [token_a, token_b]
    _, logits = plain.written(a, straight(start, end, torch.linspace(0, 1, 11)).float())
    apart = logits[:, token_a] - logits[:, token_b]
    assert np.allclose(found["logit_diff"], (apart - apart[-1]) / (apart[0] - apart[-1]), atol=1e-4)
    assert found["end_distance"][0] == pytest.approx(float(apart[0] - apart[-1]), rel=1e-4)
    assert np.allclose(found["curve"], 1 - found["logit_diff"], atol=1e-6)


def test_a_path_through_nothing_is_a_straight_line(models: ModelCache) -> None:
    crossing = on_paper(models, (1.0, 0.0), (3.0, 0.0))
    values, top = crossing.read(straight(crossing.cleans[0].anchor, crossing.cleans[1].anchor, torch.linspace(0, 1, 9)))
    found = recorded(crossing, torch.linspace(0, 1, 9), values, top, lambda more: 2 * more, {})
    assert np.allclose(found["curve"], np.linspace(0, 1, 9), atol=1e-5)
    assert [found[name][0] for name in ("sharpness", "width", "end_distance")] == pytest.approx([1, 0.8, 2], rel=1e-3)
    assert found["top_token"].tolist() == [0] * 9


@pytest.mark.parametrize("distance", ["l2", "hellinger", "logit_diff"])
def test_a_path_that_goes_nowhere_is_nan_and_says_why(models: ModelCache, distance: str) -> None:
    crossing = on_paper(models, (1.0, 0.0), (1.0, 0.0), distance=distance)
    anchor = crossing.cleans[0].anchor
    values, top = crossing.read(straight(anchor, anchor, torch.linspace(0, 1, 9)))
    found = recorded(crossing, torch.linspace(0, 1, 9), values, top, lambda more: more, {})
    for name in ("curve", "sharpness", "width", "position"):
        assert np.isnan(found[name]).all(), name
    assert found["end_distance"][0] == pytest.approx(0, abs=1e-6)
    why = "minus itself is 0" if distance == "logit_diff" else "nothing is relative to it"
    assert why in str(found.metadata["undefined"])


def test_the_bank_of_a_facts_model_is_the_suites_prompts(models: ModelCache) -> None:
    model = models.model(ModelRef(name="facts-4l", revision="step0"))
    words, held = bank(model, [[0, 5], [0, 6]], prepend_bos=True)
    assert (words, len(held)) == ("last positions of all prompts of the facts suite", len(facts.prompts()))
    assert all(ids[0] == 0 and len(ids) > 4 for ids in held)


def test_the_bank_of_a_model_of_text_is_a_thousand_last_positions(models: ModelCache) -> None:
    model = models.model(ModelRef(name="stdlib-3l", revision="step0"))
    words, held = bank(model, [[5, 6], [7]], prepend_bos=True)
    assert "1000 cuts of 10 tokens" in words
    assert {len(ids) for ids in held} == {11}
    assert len(held) == 1000


def test_the_bank_of_a_model_that_cannot_read_that_is_every_position_of_the_two_prompts_once(
    models: ModelCache,
) -> None:
    _, held = bank(models.model(REF), [[0, 5, 6], [0, 5, 7]], prepend_bos=True)
    assert held == [[0, 5], [0, 5, 6], [0, 5, 7]]
    _, held = bank(models.model(REF), [[5, 6], [7]], prepend_bos=False)
    assert held == [[5], [5, 6], [7]]


def test_an_arc_turns_about_the_mean_of_the_bank(models: ModelCache) -> None:
    found = answer(models, path="arc").metadata["bank"]
    plain = FullSequence(models.model(REF).network, write_layer=1)
    ids = [models.model(REF).tokens.encode(prompt, True) for prompt in PROMPTS[:2]]
    seen = [plain.anchor(prompt[:length]) for prompt in ids for length in range(2, len(prompt) + 1)]
    assert isinstance(found, dict)
    assert found["activations"] == len(seen)
    assert found["radius"] == pytest.approx(float((plain.anchor(ids[0]) - torch.stack(seen).mean(0)).norm()), rel=1e-4)


def test_asking_twice_gives_the_same_bytes(models: ModelCache) -> None:
    first, second = (answer(models, path="arc") for _ in range(2))
    assert {n: a.tobytes() for n, a in first.arrays.items()} == {n: a.tobytes() for n, a in second.arrays.items()}


def test_a_result_holds_the_whole_recipe(models: ModelCache) -> None:
    result = Result.from_bytes(answer(models).to_bytes())
    resolved = resolve(asked(), models.catalogue, models.settings)
    assert (result.metadata["key"], result.recipe["prepend_bos"]) == (resolved.key, True)
    assert CurveRequest.model_validate_json(resolved.request.model_dump_json()) == resolved.request
    assert set(result.metadata["tokens"]) >= {str(token) for token in np.unique(result["top_token"])}  # pyright: ignore


def test_progress_counts_every_point_once(models: ModelCache) -> None:
    steps = [r for r in reports(asked(steps=1001), models) if isinstance(r, Progress)]
    assert steps[-1].done == steps[-1].total == 1001


@pytest.mark.parametrize(
    "fields",
    [
        {"steps": 4},
        {"steps": 1002},
        {"prompts": (PROMPTS[0], PROMPTS[0])},
        {"prompts": PROMPTS},
        {"path": "detour"},
        {"distance": "miles"},
        {"contexts": "own"},
    ],
)
def test_fields_that_make_no_curve_are_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        asked(**fields)


def test_what_the_card_shows_to_be_impossible_is_refused_at_the_door(models: ModelCache) -> None:
    with pytest.raises(UnknownLayer, match="3 blocks"):
        resolve(asked(write_layer=3), models.catalogue, models.settings)
    with pytest.raises(PromptRefused, match="same tokens"):
        resolve(asked(prompts=("Paris", " Paris")), models.catalogue, models.settings)


def on_paper(models: ModelCache, a: tuple[float, ...], b: tuple[float, ...], distance: str = "l2"):
    """A crossing whose outputs are the activations themselves."""
    model = models.model(REF)
    request = asked(prompts=("The capital of France", "The capital of Japan"), distance=distance, prepend_bos=True)
    ends = [model.tokens.encode(prompt, True)[-1] for prompt in request.prompts]
    return open_crossing(model, request, Paper(dict(zip(ends, (a, b), strict=True)), model.card.d_model))
