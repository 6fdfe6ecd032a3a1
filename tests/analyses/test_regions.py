"""Regions on paper, and against plain counting."""

import numpy as np
import pytest
from pydantic import ValidationError

from analyses.asked import Progress, ready, reports, slice_request
from analyses.asked import regions_request as asked
from near import near
from paper import ONE_CONTEXT, REF, Paper
from stable_regions.analyses import compute
from stable_regions.analyses.regions.compute import measured
from stable_regions.analyses.regions.schema import RegionsRequest
from stable_regions.engine.grid_outputs import GridOutputs, grid_outputs
from stable_regions.engine.slice_plane import open_slice_plane
from stable_regions.errors import UnknownLayer
from stable_regions.maths.regions import connected
from stable_regions.models.model_cache import ModelCache
from stable_regions.models.resolve import resolve
from stable_regions.pictures.names import name_grid, places
from stable_regions.schemas.plane import DISTANCES
from stable_regions.schemas.result import Result


def answer(models: ModelCache, **fields: object) -> Result:
    return ready(asked(**fields), models)[-1].result


def on_paper(models: ModelCache, **fields: object) -> dict[str, np.ndarray]:
    """Two countries in one context: P = (2 − 2α, 2α, 0, −2β), so the likeliest token is 0 left of α = ½ and 1 right of it."""
    fields = {"window": {"alpha": (0.0, 1.0), "beta": (0.0, 1.0)}, **fields}
    request = asked(prompts=ONE_CONTEXT, distance="l2", resolution=9, prepend_bos=True, **fields)
    model = models.model(REF)
    ends = [model.tokens.encode(prompt, True)[-1] for prompt in request.prompts]
    rows = ((2.0, 0.0, 0.0, 0.0), (0.0, 2.0, 0.0, 0.0), (1.0, 1.0, 0.0, -2.0))
    slice_plane = open_slice_plane(model, request, Paper(dict(zip(ends, rows, strict=True)), model.card.d_model))
    *_, found = grid_outputs(slice_plane, request.window, 9, 0.1)
    assert isinstance(found, GridOutputs)
    running = measured(request, slice_plane, found, Progress("regions", 0, 1))
    while True:
        try:
            next(running)
        except StopIteration as stop:
            _, arrays, _ = stop.value
            return arrays


def test_two_countries_by_pencil(models: ModelCache) -> None:
    found = on_paper(models)
    assert found["label"][0].tolist() == [0, 0, 0, 0, 0, 1, 1, 1, 1]
    assert found["area"].tolist() == pytest.approx([5 / 9, 4 / 9])
    assert found["token"].tolist() == [0, 1]
    assert found["centre"].tolist() == [[0.25, 0.5], [0.75, 0.5]]
    assert found["border"].tolist() == [[0, 1]]
    assert found["border_length"].tolist() == pytest.approx([9 / 8])
    assert found["border_cells"].tolist() == [9]
    # ‖B − A‖ / (cell) is the slope everywhere; mean outputs are 0.8125 − 0.25 of it apart, centres 0.75 − 0.25.
    assert found["border_sharpness"].tolist() == pytest.approx([0.5 / 0.5625], rel=1e-4)
    assert found["between"].tolist() == pytest.approx([0.5 / 0.5625], rel=1e-4)
    assert found["count"].tolist() == [2]


def test_borders_too_short_for_single_precision_have_no_mean_sharpness(models: ModelCache) -> None:
    found = on_paper(models, window={"alpha": (0.0, 1.0), "beta": (0.0, 1e-300)})
    assert found["count"] == 2
    assert found["border_length"] == [0.0]
    assert np.isfinite(found["border_sharpness"]).all()
    assert np.isnan(found["between"]).all()


def test_spreads_by_pencil(models: ModelCache) -> None:
    found = on_paper(models)
    alpha, beta = np.meshgrid(np.arange(9) / 8 * 8**0.5, np.arange(9) / 8 * 2)
    points = np.stack([alpha, beta], axis=-1)

    def spread(of: np.ndarray) -> float:
        rows = of.reshape(-1, 2)
        return float(np.linalg.norm(rows - rows.mean(axis=0), axis=1).mean())

    assert found["spread"].tolist() == pytest.approx([spread(points[:, :5]), spread(points[:, 5:])], rel=1e-4)
    within = 5 / 9 * spread(points[:, :5]) + 4 / 9 * spread(points[:, 5:])
    assert found["within"].tolist() == pytest.approx([within], rel=1e-4)
    assert found["overall"].tolist() == pytest.approx([spread(points)], rel=1e-4)


def test_a_threshold_above_every_step_makes_one_region_and_below_every_step_as_many_as_points(
    models: ModelCache,
) -> None:
    step = 8**0.5 / 8
    whole = on_paper(models, by="output", threshold=1.01 * step)
    assert whole["area"].tolist() == [1]
    assert np.isnan(whole["between"]).tolist() == [True]
    assert whole["border"].shape == (0, 2)
    columns = on_paper(models, by="output", threshold=0.9 * step)
    assert columns["area"].tolist() == pytest.approx([1 / 9] * 9)
    points = on_paper(models, by="output", threshold=0.1 * step)
    assert len(points["area"]) == 81


@pytest.mark.parametrize("distance", DISTANCES)
def test_regions_hold_all_that_a_slice_holds(models: ModelCache, distance: str) -> None:
    found = answer(models, distance=distance)
    plane = ready(slice_request(distance=distance), models)[-1].result
    for name, array in plane.arrays.items():
        assert found[name].dtype == array.dtype
        assert np.allclose(found[name], array, atol=1e-5), name
    assert set(plane.metadata) <= set(found.metadata)


def test_labels_are_the_named_areas_of_the_picture(models: ModelCache) -> None:
    found = answer(models)
    assert np.array_equal(found["name"], name_grid(found))
    drawn = places(found["name"], least=0)
    drawn.sort(key=lambda place: (-place.fraction, place.token))
    assert found["area"].tolist() == pytest.approx([place.fraction for place in drawn])
    assert found["token"].tolist() == [place.token for place in drawn]
    assert found["area"].sum() == pytest.approx(1)
    assert (np.diff(found["area"]) <= 0).all()


def test_regions_by_output_follow_from_the_steps(models: ModelCache) -> None:
    found = answer(models, by="output", threshold=0.03)
    label = connected(found["step_right"] <= np.float32(0.03), found["step_up"] <= np.float32(0.03))
    assert np.array_equal(found["label"], label)
    assert 1 <= label.max() < 17**2 - 1


def test_shapes_and_kinds_of_the_arrays(models: ModelCache) -> None:
    found = answer(models, gradient=True, polytopes=True, resolution=9)
    r, b = len(found["area"]), len(found["border"])
    kinds = {name: (array.dtype.name, array.shape) for name, array in found.arrays.items()}
    assert kinds == {
        "distance": ("float32", (3, 9, 9)),
        "alpha": ("float32", (9,)),
        "beta": ("float32", (9,)),
        "anchors": ("float32", (3, 2)),
        "top_token": ("int32", (3, 9, 9)),
        "computed": ("uint8", (9, 9)),
        "curve": ("float32", (101,)),
        "label": ("int32", (9, 9)),
        "name": ("int32", (9, 9)),
        "step_right": ("float32", (9, 8)),
        "step_up": ("float32", (8, 9)),
        "cross_right": ("float32", (9, 8)),
        "cross_up": ("float32", (8, 9)),
        "area": ("float32", (r,)),
        "token": ("int32", (r,)),
        "spread": ("float32", (r,)),
        "centre": ("float32", (r, 2)),
        "border": ("int32", (b, 2)),
        "border_length": ("float32", (b,)),
        "border_cells": ("int32", (b,)),
        "border_sharpness": ("float32", (b,)),
        "count": ("int32", (1,)),
        "within": ("float32", (1,)),
        "between": ("float32", (1,)),
        "overall": ("float32", (1,)),
        "gradient": ("float32", (9, 9)),
        "flip_right": ("int32", (9, 8)),
        "flip_up": ("int32", (8, 9)),
        "patterns": ("int32", (r,)),
        "patterns_total": ("int32", (1,)),
        "patterns_per_region": ("float32", (1,)),
    }
    assert set(found.metadata["units"]) == set(kinds)  # pyright: ignore[reportArgumentType]
    assert Result.from_bytes(found.to_bytes()).metadata == found.metadata


def test_patterns_of_a_region_are_no_more_than_its_points_and_add_up_to_no_less_than_all(models: ModelCache) -> None:
    found = answer(models, polytopes=True)
    points = np.bincount(found["label"].reshape(-1))
    assert (found["patterns"] >= 1).all()
    assert (found["patterns"] <= points).all()
    assert found["patterns"].max() <= found["patterns_total"][0] <= found["patterns"].sum()
    assert found["patterns_per_region"][0] == np.median(found["patterns"][: found["count"][0]])


def test_looking_inside_changes_nothing_else(models: ModelCache) -> None:
    plain, looked = answer(models), answer(models, gradient=True, polytopes=True)
    near(Result({name: looked[name] for name in plain.arrays}, looked.metadata), plain)


def test_asking_twice_gives_the_same_bytes(models: ModelCache) -> None:
    first, second = (answer(models, gradient=True, polytopes=True) for _ in range(2))
    assert {n: a.tobytes() for n, a in first.arrays.items()} == {n: a.tobytes() for n, a in second.arrays.items()}


def test_the_recipe_is_the_request(models: ModelCache) -> None:
    resolved = resolve(asked(), models.catalogue, models.settings)
    found = answer(models)
    assert found.metadata["key"] == resolved.key
    assert RegionsRequest.model_validate(found.recipe) == resolved.request


@pytest.mark.parametrize("fields", [{}, {"gradient": True, "polytopes": True}, {"polytopes": True, "mlps": 1}])
def test_progress_goes_up_to_its_total(models: ModelCache, fields: dict[str, object]) -> None:
    steps = [report for report in reports(asked(**fields), models) if isinstance(report, Progress)]
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].done == steps[-1].total == asked(**fields).work().points


def test_closing_the_iterator_cancels(models: ModelCache) -> None:
    running = compute(resolve(asked(resolution=129), models.catalogue, models.settings).request, models, {})
    next(running)
    running.close()  # pyright: ignore[reportAttributeAccessIssue]  (a generator, typed as an iterator)
    assert next(running, None) is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"by": "output"}, "`output` needs one"),
        ({"threshold": 0.1}, "`token` takes none"),
        ({"by": "output", "threshold": 0.0}, "greater than 0"),
        ({"mlps": 2}, "without `polytopes`"),
        ({"resolution": 513}, "Input should be 9, 17"),
        ({"tilt": {"degrees": 91}}, "less than or equal to 90"),
    ],
)
def test_fields_that_make_no_sense_are_refused(fields: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        asked(**fields)


def test_more_mlps_than_there_are_above_is_refused_at_the_door(models: ModelCache) -> None:
    with pytest.raises(UnknownLayer, match="2 MLPs above layer 1: tiny-neox has 1 there"):
        resolve(asked(polytopes=True, mlps=2), models.catalogue, models.settings)
    with pytest.raises(UnknownLayer, match="lower write layer"):
        resolve(asked(polytopes=True, write_layer=2), models.catalogue, models.settings)


@pytest.mark.slow
@pytest.mark.parametrize("distance", DISTANCES)
def test_how_sharp_borders_are_does_not_depend_on_the_grid(models: ModelCache, distance: str) -> None:
    """1 − cos is quadratic in a small step: taken as it is, each finer grid would read half as much."""
    about = {
        "model": {"name": "facts-12l", "revision": "step1536"},
        "prompts": (
            "The capital of France is",
            "Japan is governed from the city of",
            "People in Brazil mostly speak",
        ),
        "write_layer": 2,
        "contexts": "first",
        "distance": distance,
    }
    found = [float(ready(asked(**about, resolution=n), models)[-1].result["between"][0]) for n in (17, 33, 65, 129)]
    assert found == pytest.approx([float(np.median(found))] * 4, rel=0.1)
    assert min(found) > 1
