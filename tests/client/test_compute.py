from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from near import near
from stable_regions import AnimationRequest, LineRequest, PointRequest, Settings, SliceRequest, SweepRequest, compute
from stable_regions.errors import UnknownModel
from stable_regions.pictures.image import recipe_of
from stable_regions.schemas.result import Result
from tiny import PROMPTS

REVISIONS = ("step0", "step8", "step16-tokens2K")


def asked(**changes: object) -> SliceRequest:
    fields = {
        "model": {"name": "tiny-neox", "revision": "step8"},
        "prompts": PROMPTS,
        "write_layer": 0,
        "resolution": 9,
    }
    return SliceRequest.model_validate(fields | changes)


def test_a_slice_comes_with_its_arrays_and_recipe(settings: Settings):
    answer = compute(asked(), settings)
    assert answer["distance"].shape == (3, 9, 9)
    assert answer.recipe["prepend_bos"] is True
    assert answer.frames == ()


def test_asking_twice_gives_the_same(settings: Settings):
    near(compute(asked(), settings), compute(asked(), settings))


def test_progress_reaches_its_end(settings: Settings):
    told: list[tuple[str, int, int]] = []
    compute(asked(resolution=17), settings, lambda stage, done, total: told.append((stage, done, total)))
    assert told
    assert told[-1][1] == told[-1][2]


def test_an_animation_brings_its_frames_in_the_order_of_revisions(settings: Settings):
    answer = compute(AnimationRequest(slice=asked(), revisions=REVISIONS), settings)
    named = [frame.recipe["model"] for frame in answer.frames]
    assert [model["revision"] for model in named if isinstance(model, dict)] == list(REVISIONS)
    assert all(frame["distance"].shape == (3, 9, 9) for frame in answer.frames)
    near(answer.frames[1], compute(asked(), settings))


def test_a_sweep_brings_its_cells_and_draws_their_curves(settings: Settings):
    line = LineRequest(model=asked().model, prompts=PROMPTS, write_layer=0, ends=("A", (0.5, 0.5)), steps=9)
    answer = compute(SweepRequest(request=line, revisions=REVISIONS), settings)
    assert [frame.recipe["analysis"] for frame in answer.frames] == ["line"] * 3
    near(answer.frames[1], compute(line, settings))
    assert len(answer.figure().data) == 3


def test_a_point_draws_bars(settings: Settings):
    request = PointRequest(model=asked().model, prompts=PROMPTS, write_layer=0, alpha=0.5, beta=0.0, top=3)
    answer = compute(request, settings)
    assert len(answer.figure().data) == 3


def test_a_refusal_comes_before_anything_is_loaded(settings: Settings):
    with pytest.raises(UnknownModel, match="tiny-neox"):
        compute(asked(model={"name": "tiny-nox", "revision": "step8"}), settings)


@pytest.mark.parametrize("suffix", ["png", "npz", "safetensors", "csv", "html", "json"])
def test_a_slice_saves_itself_by_suffix(settings: Settings, tmp_path: Path, suffix: str):
    path = compute(asked(), settings).save(tmp_path / f"slice.{suffix}")
    assert path.stat().st_size > 100


@pytest.mark.parametrize("suffix", ["gif", "mp4", "png", "html"])
def test_an_animation_saves_itself_by_suffix(settings: Settings, tmp_path: Path, suffix: str):
    answer = compute(AnimationRequest(slice=asked(), revisions=REVISIONS), settings)
    assert answer.save(tmp_path / f"film.{suffix}").stat().st_size > 1000


def test_saved_files_give_back_what_was_saved(settings: Settings, tmp_path: Path):
    answer = compute(asked(), settings)
    read = Result.from_bytes(answer.save(tmp_path / "a.safetensors").read_bytes())
    assert np.array_equal(read["distance"], answer["distance"])
    assert recipe_of(answer.save(tmp_path / "a.png").read_bytes()) == answer.recipe
    with np.load(answer.save(tmp_path / "a.npz"), allow_pickle=False) as arrays:
        assert np.array_equal(arrays["distance"], answer["distance"])


def test_an_unknown_suffix_is_refused_with_those_that_are_known(settings: Settings, tmp_path: Path):
    with pytest.raises(ValueError, match=r"slice\.bmp.*\.png, \.npz"):
        compute(asked(), settings).save(tmp_path / "slice.bmp")


def test_a_figure_shows_and_an_image_is_an_image(settings: Settings):
    answer = compute(asked(), settings)
    assert isinstance(answer.image(), Image.Image)
    assert len(answer.figure().data) == 3


def test_settings_from_the_environment_are_used_where_none_are_given(
    make_settings: Callable[..., Settings], tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("STABLE_REGIONS_MODEL_FOLDERS", f'["{tiny_folder}"]')
    monkeypatch.setenv("STABLE_REGIONS_OFFLINE", "true")
    monkeypatch.setenv("STABLE_REGIONS_DEVICE", "cpu")
    near(compute(asked()), compute(asked(), make_settings()))
