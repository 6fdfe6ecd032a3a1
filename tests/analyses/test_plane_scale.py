"""A slice that is zoomed in brings the scale of its whole plane, whatever way it is asked for."""

import numpy as np
import pytest

from analyses.asked import PartReady, ready, slice_request
from near import BOUND
from stable_regions.analyses.animation.schema import AnimationRequest
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.analyses.sweep.schema import SweepRequest
from stable_regions.models.model_cache import ModelCache
from stable_regions.pictures.colour import paint
from stable_regions.schemas.key import key_of
from stable_regions.schemas.result import Result
from stable_regions.suites.presets import default_request

ZOOMED = {"alpha": [-0.1, 0.1], "beta": [-0.1, 0.1]}


def last(found: list[PartReady]) -> Result:
    return found[-1].result


@pytest.fixture
def whole(models: ModelCache) -> Result:
    return last(ready(slice_request(resolution=17), models))


def scale_of(whole: Result) -> np.ndarray:
    return whole["distance"].max(axis=(1, 2))


def test_a_zoomed_slice_brings_the_largest_distances_of_its_plane(models: ModelCache, whole: Result) -> None:
    fresh = ModelCache(models.catalogue, models.settings)  # nobody has looked at the plane in it
    zoomed = last(ready(slice_request(window=ZOOMED), fresh))
    fresh.close()
    assert zoomed["plane_largest"] == pytest.approx(scale_of(whole), rel=BOUND)
    assert "plane_largest" in str(zoomed.metadata["units"])
    assert "plane_largest" not in whole.arrays
    assert "plane_largest" not in str(whole.metadata["units"])


def test_frames_of_a_film_and_cells_of_a_sheet_bring_it_too(models: ModelCache, whole: Result) -> None:
    zoomed = slice_request(window=ZOOMED, resolution=33)
    film = ready(AnimationRequest(slice=zoomed, revisions=("step0", "step8")), models)
    sheet = ready(SweepRequest(request=zoomed, revisions=("step0", "step8")), models)
    frames = [part.result for part in (*film, *sheet) if "distance" in part.result.arrays]
    assert len(frames) >= 6
    for frame in frames:
        if "step8" in str(frame.recipe["model"]):
            assert frame["plane_largest"] == pytest.approx(scale_of(whole), rel=BOUND)
        else:
            assert "plane_largest" in frame.arrays


def test_the_plane_is_computed_once_and_never_where_the_whole_was_looked_at(
    models: ModelCache, whole: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    del whole
    monkeypatch.setattr("stable_regions.analyses.slice.plane_scale.level", None)
    assert "plane_largest" in last(ready(slice_request(window=ZOOMED), models)).arrays


def test_the_key_of_a_zoomed_slice_alone_tells_that_it_has_a_scale() -> None:
    whole, zoomed = slice_request(), slice_request(window=ZOOMED)
    assert (whole.edition, zoomed.edition) == (SliceRequest.version, SliceRequest.version + 1)
    assert key_of(zoomed, ["w"]) != key_of(zoomed.model_copy(update={"window": whole.window}), ["w"])
    assert AnimationRequest(slice=zoomed, revisions=("step0",)).edition == AnimationRequest.version + 1
    assert SweepRequest(request=zoomed).edition == SweepRequest.version + 1
    assert SweepRequest(request=whole).edition == SweepRequest.version


def test_zooming_into_a_stable_region_of_the_first_view_keeps_its_colour(models: ModelCache) -> None:
    """All of this window answers as A does: red, and not stretched until its far end is black."""
    first = default_request(models.catalogue).slice
    for half in (0.1, 0.001):
        window = {"alpha": (-half, half), "beta": (-half, half)}
        zoomed = first.model_validate(first.model_dump() | {"window": window, "resolution": 9})
        pixels = paint(last(ready(zoomed, models)))
        assert pixels[..., 0].min() > 200
        assert pixels[..., 1:].max() < 60
