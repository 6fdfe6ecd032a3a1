"""The same slice in other dtypes: deep zooms in float64, speed in bfloat16."""

import numpy as np
import pytest
import torch

from analyses.asked import ready, regions_request, slice_request
from engine.plain import FullSequence
from stable_regions.analyses.point.schema import PointRequest
from stable_regions.engine.double_precision import kept
from stable_regions.engine.slice_plane import open_slice_plane
from stable_regions.errors import TooFine
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.result import Result


def asked(dtype: str, width: float = 1.5, **fields: object):
    """A slice around a point between the anchors, `width` wide."""
    window = {"alpha": (0.4, 0.4 + width), "beta": (0.3, 0.3 + width)}
    model = {"name": "tiny-neox", "revision": "step8", "dtype": dtype}
    return slice_request(model=model, window=window, **fields)


def made(models: ModelCache, dtype: str, width: float = 1.5, **fields: object) -> Result:
    return ready(asked(dtype, width, **fields), models)[-1].result


def precision(result: Result) -> dict[str, object]:
    found = result.metadata["precision"]
    assert isinstance(found, dict)
    return dict(found)


def test_double_coordinates_and_distances_are_kept_as_doubles(models: ModelCache) -> None:
    double, single = made(models, "float64"), made(models, "float32")
    for name in ("alpha", "beta", "anchors", "distance"):
        assert (double[name].dtype, single[name].dtype) == (np.float64, np.float32)
    assert (double.metadata["dtype"], single.metadata["dtype"]) == ("float64", "float32")
    assert np.allclose(double["distance"], single["distance"], atol=1e-5)


def test_in_float64_a_slice_is_what_plain_hooks_give_in_float64(models: ModelCache) -> None:
    found = made(models, "float64", resolution=9, distance="l2")
    model = models.model(ModelRef(name="tiny-neox", revision="step8", dtype="float64"))
    plain = FullSequence(model.network, write_layer=1)
    ids = [model.tokens.encode(prompt, True) for prompt in slice_request().prompts]
    with kept(torch.float64):
        a, b, c = (plain.anchor(prompt) for prompt in ids)
        up = c - (a + (c - a) @ (b - a) / ((b - a) @ (b - a)) * (b - a))
        clean = plain.written(ids[0], a[None])[0][0]
        points = a + torch.from_numpy(found["alpha"])[:, None] * (b - a) + found["beta"][4] * up
        expected = (plain.written(ids[0], points)[0] - clean).norm(dim=-1)
    assert np.allclose(found["distance"][0, 4], expected.numpy(), rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("width", [1.5, 1e-9])
def test_regions_in_float64_read_what_a_slice_reads_however_deep(models: ModelCache, width: float) -> None:
    of = asked("float64", width)
    found = ready(regions_request(model=of.model, window=of.window, gradient=True), models)[-1].result
    plain = made(models, "float64", width)
    assert np.ptp(plain["distance"][0]) > 1e-6 * width
    for name in ("alpha", "beta", "distance"):
        assert found[name].dtype == np.float64
        assert np.allclose(found[name], plain[name], rtol=0, atol=1e-13)
    assert found["centre"].dtype == np.float32


def test_regions_of_a_window_finer_than_doubles_are_refused(models: ModelCache) -> None:
    of = asked("float64", 1e-15)
    request = regions_request(model=of.model, window=of.window.model_copy(update={"alpha": (0, 1e-300)}))
    with pytest.raises(TooFine):
        ready(request, models)


@pytest.mark.parametrize("distance", ["l2", "hellinger", "js"])
def test_a_deep_zoom_in_float64_is_a_plane_and_in_float32_a_staircase(models: ModelCache, distance: str) -> None:
    """So deep in, any smooth function is its tangent: what is left of the second difference is rounding."""
    bends: dict[str, float] = {}
    for dtype in ("float64", "float32"):
        row = made(models, dtype, width=3e-7, distance=distance)["distance"][0, 8].astype(np.float64)
        bends[dtype] = float(np.abs(np.diff(row, 2)).max() / np.abs(np.diff(row)).max())
    assert bends["float64"] < 1e-4
    assert bends["float32"] > 0.3


def test_a_finer_level_of_a_deep_zoom_holds_the_coarser_one_bit_for_bit(models: ModelCache) -> None:
    coarse, fine = (r.result for r in ready(asked("float64", 1e-9), models))
    for name in ("alpha", "beta"):
        assert np.array_equal(fine[name][::2], coarse[name])
    assert np.array_equal(fine["distance"][:, ::2, ::2], coarse["distance"])


def test_the_result_says_when_the_limit_of_single_precision_is_reached(models: ModelCache) -> None:
    wide, deep, double = made(models, "float32"), made(models, "float32", 1e-8), made(models, "float64", 1e-8)
    assert precision(wide)["distinct"] == precision(double)["distinct"] == 1
    assert float(str(precision(deep)["distinct"])) < 0.5
    assert float(str(precision(wide)["steps"])) > 1e4
    assert precision(deep)["dtype"] == "float32"


def test_a_window_in_which_doubles_tell_nothing_apart_is_refused(models: ModelCache) -> None:
    window = {"alpha": (1e-30, 2e-30), "beta": (1e-30, 2e-30)}
    request = slice_request(model={"name": "tiny-neox", "revision": "step8", "dtype": "float64"}, window=window)
    with pytest.raises(TooFine, match="even in float64"):
        ready(request, models)
    single = request.model_copy(update={"model": request.model.model_copy(update={"dtype": "float32"})})
    assert precision(ready(single, models)[-1].result)["distinct"] == 0


def test_a_point_is_read_at_its_own_place_in_float64(models: ModelCache) -> None:
    request = asked("float64", 1e-9)
    grid = ready(request, models)[-1].result
    fields = request.model_dump(exclude={"analysis", "window", "resolution", "exact"})
    place = {"alpha": float(grid["alpha"][5]), "beta": float(grid["beta"][11])}
    point = ready(PointRequest.model_validate({**fields, **place}), models)[-1].result
    assert np.allclose(point["distance"], grid["distance"][:, 11, 5], rtol=1e-12)


def test_bfloat16_is_the_same_picture_to_a_few_percent(models: ModelCache) -> None:
    half, single = made(models, "bfloat16"), made(models, "float32")
    assert half.metadata["dtype"] == "bfloat16"
    assert half["distance"].dtype == np.float32
    largest = single["distance"].max(axis=(1, 2), keepdims=True)
    off = np.abs(half["distance"] - single["distance"]) / largest
    assert float(np.median(off)) < 0.02
    assert off.max() < 0.15


def test_each_dtype_is_its_own_checkpoint_on_the_shelf(models: ModelCache) -> None:
    models = {
        dtype: models.model(ModelRef(name="tiny-neox", revision="step8", dtype=dtype))
        for dtype in ("float32", "bfloat16", "float64")
    }
    sizes = {dtype: model.bytes for dtype, model in models.items()}
    assert sizes["float64"] > 1.9 * sizes["float32"] > 3.5 * sizes["bfloat16"]
    slice_plane = open_slice_plane(models["bfloat16"], asked("bfloat16"))
    assert slice_plane.points(torch.tensor([0.0]), torch.tensor([0.0])).dtype == torch.bfloat16
