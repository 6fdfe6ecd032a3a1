"""A run of an attractor network through the whole of the product: arrays, reference lines, refusals, files."""

import numpy as np
import pytest
from pydantic import ValidationError

from stable_regions.analyses import REGISTRY, compute
from stable_regions.analyses.memory.schema import MemoryRequest
from stable_regions.analyses.report import PartReady, Progress
from stable_regions.pictures.look import Look
from stable_regions.schemas.result import Result
from stable_regions.settings import Settings


def run(**asked: object) -> Result:
    few: dict[str, object] = {"images": 40, "patterns": 60, "iterations": 12, "examples": 3}
    said = list(compute(MemoryRequest.model_validate(few | asked), Settings(), {}))
    assert isinstance(said[-1], PartReady)
    done = [one.done for one in said if isinstance(one, Progress)]
    assert done == sorted(done)
    return said[-1].result


@pytest.fixture(scope="module")
def masked() -> Result:
    return run()


def test_every_measure_is_there_for_test_and_stored_images_at_every_moment(masked: Result):
    for name in ("mse", "own", "mean_image", "identified", "distinct", "entropy"):
        assert masked[name].shape == (2, 13), name
        assert np.isfinite(masked[name]).all(), name
    assert masked["states"].shape == (3, 13, 8, 8)
    assert masked["couplings"].shape == (16, 16)
    assert np.abs(np.diag(masked["couplings"])).max() == 0


def test_errors_over_masked_and_visible_pixels_make_up_the_whole(masked: Result):
    share = 4 / 16
    whole = share * masked["mse_masked"] + (1 - share) * masked["mse_visible"]
    assert np.allclose(whole, masked["mse"], atol=1e-6)


def test_the_reference_lines_are_said_and_the_input_is_the_first_moment(masked: Result):
    said = masked.metadata["references"]
    assert isinstance(said, dict)
    assert {"input", "mean_image", "nearest", "ridge"} <= set(said)
    assert said["input"] == pytest.approx(float(masked["mse"][0, 0]), abs=1e-6)
    assert float(str(said["mean_image_masked"])) < float(str(said["input_masked"]))


def test_denoising_has_no_masked_pixels(masked: Result):
    found = run(task="denoise", rule="centred")
    assert np.isnan(found["mse_masked"]).all()
    assert np.allclose(found["mse_visible"], found["mse"])


def test_the_same_request_gives_the_same_numbers_and_another_seed_others(masked: Result):
    assert np.allclose(run()["mse"], masked["mse"], atol=1e-9)
    assert not np.allclose(run(seed=1)["mse"], masked["mse"])


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"patterns": 2000}, "1,437 training images"),
        ({"images": 400}, "360 test images"),
        ({"mask": 0.01}, "hides none"),
        ({"examples": 60}, "no more examples"),
        ({"rule": "normalised", "trainer": "adamw"}, "trainer of its own"),
    ],
)
def test_what_cannot_be_is_refused_in_words(asked: dict[str, object], words: str):
    with pytest.raises(ValidationError, match=words):
        run(**asked)


def test_it_is_shown_as_a_chart_a_table_a_strip_and_a_film(masked: Result):
    show = REGISTRY["memory"].show
    assert {"svg", "csv", "png", "gif"} <= set(show.kinds)
    chart = show.chart(masked, ())  # type: ignore[operator]
    assert "mean image" in " ".join(line.name for line in chart.lines)
    assert len(list(show.table(masked)["t"])) == 13  # type: ignore[operator]
    assert show.picture(masked, (), Look()).size[1] == 3 * 9 * 6 - 6  # type: ignore[operator]
    assert len(show.film(masked, (), Look())) == 13  # type: ignore[operator]
