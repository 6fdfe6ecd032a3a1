"""Flips and compression, as a curve's result holds them."""

import numpy as np
import pytest
import torch

from analyses.test_curve import CAPITALS, FACTS, answer
from near import mostly
from stable_regions.maths.paths import arc, direction
from stable_regions.models.model_cache import ModelCache


def test_shapes_and_kinds_of_the_arrays(models: ModelCache) -> None:
    plain, inner = answer(models, steps=9), answer(models, steps=9, flips=True, compression=True, write_layer=0)
    added = {n: (a.dtype.name, a.shape) for n, a in inner.arrays.items() if n not in plain.arrays}
    assert added == {
        "block": ("int32", (2,)),
        "flips": ("int32", (2, 8)),
        "flips_ends": ("int32", (2,)),
        "gradient": ("float32", (9,)),
        "compression": ("float32", (2, 2, 9)),
        "compression_all": ("float32", (2, 9)),
    }
    assert inner["block"].tolist() == [1, 2]
    assert set(inner.metadata["units"]) == set(inner.arrays) - {"block"}  # pyright: ignore[reportArgumentType]


def test_no_more_units_differ_at_the_ends_than_flip_on_the_way(models: ModelCache) -> None:
    found = answer(models, model=FACTS, prompts=CAPITALS, flips=True)
    on_the_way, ends = found["flips"].sum(axis=1), found["flips_ends"]
    assert (ends <= on_the_way).all()
    assert ((on_the_way - ends) % 2 == 0).all(), "a unit that flips back flipped twice"
    assert ends.sum() > 0


def test_more_samples_see_no_fewer_flips(models: ModelCache) -> None:
    coarse, fine = (answer(models, steps=steps, flips=True) for steps in (26, 101))
    # A unit that is next to 0 has the sign that rounding gives it, and rounding depends on the points beside it.
    assert np.abs(coarse["flips_ends"] - fine["flips_ends"]).max() <= 1
    assert (coarse["flips"].sum(axis=1) <= fine["flips"].sum(axis=1) + 1).all()


def test_flips_do_not_depend_on_the_chunks(models: ModelCache) -> None:
    whole = answer(models, steps=201, flips=True)
    models.settings = models.settings.model_copy(update={"chunk_seconds": 1e-9})
    mostly(torch.from_numpy(answer(models, steps=201, flips=True)["flips"]), torch.from_numpy(whole["flips"]))


@pytest.mark.parametrize("path", ["straight", "arc"])
def test_the_gradient_of_l2_is_the_speed_of_the_output(models: ModelCache, path: str) -> None:
    """Its integral is the length of the output's way, no shorter than the distance between its ends."""
    found = answer(models, distance="l2", compression=True, path=path)
    length = float(np.trapezoid(found["gradient"], found["alpha"]))
    assert length >= 0.999 * found["end_distance"][0]
    rise = np.abs(np.gradient(found["curve"] * found["end_distance"][0], found["alpha"]))
    assert (rise[1:-1] <= 1.02 * found["gradient"][1:-1] + 1e-3).all()


def test_under_logit_difference_the_gradient_is_the_slope_of_the_curve(models: ModelCache) -> None:
    found = answer(models, model=FACTS, prompts=CAPITALS, distance="logit_diff", compression=True, steps=1001)
    slope = np.abs(np.gradient(found["curve"].astype(float) * found["end_distance"][0], found["alpha"].astype(float)))
    assert np.allclose(slope[5:-5], found["gradient"][5:-5], rtol=0.05, atol=0.05)


def test_at_the_last_layer_nothing_is_left_that_could_compress(models: ModelCache) -> None:
    found = answer(models, write_layer=2, steps=9, flips=True, compression=True)
    assert found["compression"].shape == (2, 0, 9)
    assert found["flips"].shape == (0, 8)
    assert np.allclose(found["compression_all"], 0, atol=1e-6)


def test_the_direction_of_a_path_is_its_finite_difference() -> None:
    a, b, mean = torch.randn(3, 7, generator=torch.Generator().manual_seed(2), dtype=torch.float64)
    alpha, small = torch.linspace(0, 1, 5, dtype=torch.float64), 1e-6
    ends = [arc(a, b, mean, alpha + sign * small) for sign in (1, -1)]
    torch.testing.assert_close(direction(a, b, mean, alpha), (ends[0] - ends[1]) / (2 * small), rtol=1e-6, atol=1e-8)
