import json

import numpy as np
import pytest
import torch
from pydantic import ValidationError

from analyses.asked import Progress, ready, reports, slice_request
from engine.plain import FullSequence
from near import likeliest, mostly
from paper import A, B, C, on_paper
from stable_regions.analyses import REQUEST
from stable_regions.analyses.curve.schema import CurveRequest
from stable_regions.analyses.line.schema import LineRequest
from stable_regions.engine.curve_metrics import still, told
from stable_regions.engine.line import open_line
from stable_regions.errors import UnknownLayer
from stable_regions.maths.distance import hellinger
from stable_regions.models.model_cache import ModelCache
from stable_regions.models.resolve import resolve
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.plane import DISTANCES
from stable_regions.schemas.result import Result
from tiny import PROMPTS

pytestmark = pytest.mark.portable

REF = ModelRef(name="tiny-neox", revision="step8")


def asked(*ends: object, **fields: object) -> LineRequest:
    given: dict[str, object] = {"model": REF, "prompts": PROMPTS, "write_layer": 1, "ends": ends}
    return LineRequest.model_validate(given | fields)


def answer(models: ModelCache, *ends: object, **fields: object) -> Result:
    return ready(asked(*ends, **fields), models)[-1].result


def curve_of(models: ModelCache, *prompts: str, **fields: object) -> Result:
    given: dict[str, object] = {"model": REF, "prompts": prompts, "write_layer": 1}
    return ready(CurveRequest.model_validate(given | fields), models)[-1].result


@pytest.mark.parametrize("distance", DISTANCES)
def test_the_line_from_a_to_b_is_the_curve_of_the_pair_and_the_slices_own(models: ModelCache, distance: str) -> None:
    found = answer(models, "A", "B", distance=distance)
    curve = curve_of(models, *PROMPTS[:2], distance=distance)
    plane = ready(slice_request(resolution=9, distance=distance), models)[-1].result
    assert np.allclose(found["curve"], curve["curve"], atol=1e-5)
    assert np.allclose(found["curve"], plane["curve"], atol=1e-5)
    for name in ("end_distance", "sharpness", "width"):
        assert found[name][0] == pytest.approx(curve[name][0], rel=1e-3), name
    assert found["position"][0] == pytest.approx(curve["position"][0], abs=1 / 50)
    mostly(torch.from_numpy(found["top_token"]), torch.from_numpy(curve["top_token"]), 1 / 51)
    assert np.allclose(found["coordinates"], np.stack([curve["alpha"], 0 * curve["alpha"]], axis=1))


@pytest.mark.parametrize(("first", "last"), ["BC", "CA", "BA", "AC", "CB"])
def test_the_line_between_two_anchors_is_the_curve_of_their_prompts_in_the_first_ones_context(
    models: ModelCache, first: str, last: str
) -> None:
    found = answer(models, first, last)
    curve = curve_of(models, *(PROMPTS["ABC".index(letter)] for letter in (first, last)))
    assert found.metadata["context"] == first
    assert np.allclose(found["curve"], curve["curve"], atol=1e-4)
    assert found["end_distance"][0] == pytest.approx(curve["end_distance"][0], rel=1e-4)


def test_a_line_reversed_in_the_same_context_goes_as_far_and_through_the_same_names(models: ModelCache) -> None:
    there = answer(models, (-0.1, 0.3), (0.8, 0.9), context="B")
    back = answer(models, (0.8, 0.9), (-0.1, 0.3), context="B")
    assert there["end_distance"][0] == pytest.approx(back["end_distance"][0], rel=1e-5)
    mostly(torch.from_numpy(there["top_token"]), torch.from_numpy(back["top_token"][::-1].copy()), 0.1)
    assert np.allclose(there["coordinates"], back["coordinates"][::-1])


@pytest.mark.parametrize("contexts", ["own", "first"])
@pytest.mark.parametrize("channel", [0, 1, 2])
def test_along_a_line_that_begins_at_an_anchor_distances_are_the_slices_own(
    models: ModelCache, contexts: str, channel: int
) -> None:
    anchors = ready(slice_request(resolution=9), models)[-1].result["anchors"]
    alpha, beta = (float(x) for x in anchors[channel])
    window = {"alpha": [alpha, alpha + 1], "beta": [beta, beta + 1]}
    plane = ready(slice_request(resolution=17, contexts=contexts, window=window), models)[-1].result
    found = answer(models, "ABC"[channel], (alpha + 1, beta + 1), steps=17, contexts=contexts)
    assert np.allclose(found["coordinates"], np.stack([plane["alpha"], plane["beta"]], axis=1), atol=1e-6)
    places = np.arange(17)
    own = plane["distance"][channel, places, places]
    assert np.allclose(found["curve"] * found["end_distance"][0], own, atol=1e-4)
    mostly(torch.from_numpy(found["top_token"]), torch.from_numpy(plane["top_token"][channel, places, places]), 1 / 17)


def test_a_line_is_what_writing_into_the_full_sequence_gives(models: ModelCache) -> None:
    found = answer(models, (0.2, -0.1), (0.9, 0.7), context="C", steps=11)
    model = models.model(REF)
    plain = FullSequence(model.network, write_layer=1)
    ids = [model.tokens.encode(prompt, True) for prompt in PROMPTS]
    a, b, c = (plain.anchor(prompt) for prompt in ids)
    t = (c - a) @ (b - a) / ((b - a) @ (b - a))
    share = torch.linspace(0, 1, 11)[:, None]
    alpha, beta = 0.2 + 0.7 * share, -0.1 + 0.8 * share
    _, logits = plain.written(ids[2], a + alpha * (b - a) + beta * (c - a - t * (b - a)))
    distances = hellinger(logits.log_softmax(-1), logits[0].log_softmax(-1))
    assert np.allclose(found["curve"], distances / distances[-1], atol=1e-4)
    assert found["end_distance"][0] == pytest.approx(float(distances[-1]), rel=1e-3)
    likeliest(torch.from_numpy(found["top_token"]).long(), logits)


def test_on_paper_a_line_is_straight_and_as_long_as_pythagoras_says(models: ModelCache) -> None:
    line = open_line(on_paper(models), ((0.5, -0.25), (1.0, 0.5)), "A")
    distances, _ = line.read(line.coordinates(9))
    ba, cx = B[0] - A[0], C[1]
    length = ((0.5 * ba) ** 2 + (0.75 * cx) ** 2) ** 0.5
    assert line.length == pytest.approx(length)
    assert np.allclose(distances, np.linspace(0, length, 9), atol=1e-4)
    found = told(distances, 1.0, lambda more: line.read(line.at(more))[0])
    assert [found[name][0] for name in ("sharpness", "width", "end_distance")] == pytest.approx(
        [1, 0.8, length], rel=2e-3
    )


def test_on_paper_the_likeliest_token_is_the_largest_coordinate(models: ModelCache) -> None:
    """A = (1, 0, 0), B = (3, 0, 0), C = (2, 4, 0): at (α, β) the activation is (1 + 2 α, 4 β, 0)."""
    line = open_line(on_paper(models), ((0.0, 0.0), (0.0, 1.0)), "A")
    _, top = line.read(line.coordinates(9))
    assert top.tolist() == [0 if 4 * beta <= 1 else 1 for beta in np.linspace(0, 1, 9)]


def test_a_line_that_goes_nowhere_is_nan_and_says_why(models: ModelCache) -> None:
    line = open_line(on_paper(models), ("C", (0.5, 1.0)), None)
    assert line.length == pytest.approx(0)
    distances, _ = line.read(line.coordinates(5))
    for name in ("curve", "sharpness", "width", "position"):
        assert np.isnan(told(distances, 1.0, lambda more: more)[name]).all(), name
    assert "begins with, so nothing is relative to it" in str(
        still(distances, 1.0, "it ends with the output it begins with")
    )


def test_without_a_context_a_line_is_read_where_its_beginning_is_at_home(models: ModelCache) -> None:
    assert answer(models, "C", (0.2, 0.1), steps=5).metadata["context"] == "C"
    plane = ready(slice_request(resolution=17, window={"alpha": [0, 1], "beta": [0, 1]}), models)[-1].result
    for row, column in ((0, 15), (1, 1), (14, 7), (9, 3)):
        place = float(plane["alpha"][column]), float(plane["beta"][row])
        nearest = "ABC"[int(plane["distance"][:, row, column].argmin())]
        assert answer(models, place, (0.51, 0.49), steps=5).metadata["context"] == nearest


def test_naming_the_context_that_an_anchor_brings_is_the_same_request(models: ModelCache) -> None:
    said, unsaid = (
        resolve(one, models.catalogue, models.settings) for one in (asked("B", "C", context="B"), asked("B", "C"))
    )
    assert said.key == unsaid.key
    assert resolve(asked("B", "C", context="A"), models.catalogue, models.settings).key != said.key


def test_shapes_and_kinds_of_the_arrays(models: ModelCache) -> None:
    result = answer(models, "A", (0.5, 0.5), steps=7)
    assert {name: (array.dtype.name, array.shape) for name, array in result.arrays.items()} == {
        "alpha": ("float32", (7,)),
        "coordinates": ("float32", (7, 2)),
        "curve": ("float32", (7,)),
        "end_distance": ("float32", (1,)),
        "sharpness": ("float32", (1,)),
        "width": ("float32", (1,)),
        "position": ("float32", (1,)),
        "top_token": ("int32", (7,)),
    }
    assert set(result.metadata["units"]) == set(result.arrays)  # pyright: ignore[reportArgumentType]
    assert set(result.metadata["tokens"]) == {str(token) for token in np.unique(result["top_token"])}  # pyright: ignore


def test_a_result_holds_the_whole_recipe_and_says_where_it_went(models: ModelCache) -> None:
    result = Result.from_bytes(answer(models, "B", (0.25, 0.5)).to_bytes())
    resolved = resolve(asked("B", (0.25, 0.5)), models.catalogue, models.settings)
    assert (result.metadata["key"], result.recipe["context"]) == (resolved.key, "B")
    assert result.metadata["ends"] == [[1.0, 0.0], [0.25, 0.5]]
    assert REQUEST.validate_json(json.dumps(result.recipe)) == resolved.request


def test_asking_twice_gives_the_same_bytes(models: ModelCache) -> None:
    first, second = (answer(models, (0.1, 0.2), "C") for _ in range(2))
    assert {n: a.tobytes() for n, a in first.arrays.items()} == {n: a.tobytes() for n, a in second.arrays.items()}


def test_progress_counts_every_point_once(models: ModelCache) -> None:
    steps = [r for r in reports(asked("A", "C", steps=1001), models) if isinstance(r, Progress)]
    assert steps[-1].done == steps[-1].total == 1001


@pytest.mark.parametrize(
    ("ends", "fields"),
    [
        (("A", "B"), {"steps": 4}),
        (("A", "B"), {"steps": 1002}),
        (("A", "B"), {"context": "D"}),
        (("A", "B"), {"distance": "logit_diff"}),
        (("A", "A"), {}),
        (("A", (0, 0)), {}),
        (((1, 0), "B"), {}),
        (((0.5, 0.5), (0.5, 0.5)), {}),
        (("A",), {}),
        (("A", "B", "C"), {}),
        (("A", "D"), {}),
        (("A", (0.5, 101)), {}),
        (("A", (0.5, float("nan"))), {}),
        (("A", (0.5,)), {}),
    ],
)
def test_fields_that_make_no_line_are_refused(ends: tuple[object, ...], fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        asked(*ends, **fields)


def test_a_layer_that_is_not_there_is_refused_at_the_door(models: ModelCache) -> None:
    with pytest.raises(UnknownLayer, match="3 blocks"):
        resolve(asked("A", "B", write_layer=3), models.catalogue, models.settings)


def test_in_double_precision_the_points_of_a_tiny_line_are_told_apart(models: ModelCache) -> None:
    ends = ((0.4, 0.3), (0.4 + 1e-9, 0.3))
    fine = answer(models, *ends, model={"name": "tiny-neox", "revision": "step8", "dtype": "float64"}, steps=5)
    assert fine["coordinates"].dtype == np.float64
    assert len(np.unique(fine["coordinates"][:, 0])) == 5
