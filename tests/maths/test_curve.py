"""Curves whose sharpness, width and position can be worked out with a pencil."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from stable_regions.maths.curve import curve, moves, position, quartiles, sharpness, width

LINE = torch.linspace(0, 3, 51)


def step(at: int, steps: int = 51) -> torch.Tensor:
    return torch.cat([torch.zeros(at), torch.full((steps - at,), 2.0)])


def test_a_straight_line_has_sharpness_one() -> None:
    assert sharpness(LINE).item() == pytest.approx(1, abs=1e-4)


def test_a_straight_line_is_as_wide_as_its_levels_are_apart() -> None:
    assert width(LINE).item() == pytest.approx(0.8, abs=1e-5)


def test_a_step_is_as_sharp_as_the_sampling_allows() -> None:
    assert sharpness(step(20)).item() == pytest.approx(50)


def test_a_step_lies_between_the_samples_it_parts() -> None:
    assert position(step(20)).item() == pytest.approx(19.5 / 50)


def test_a_step_is_narrower_than_one_sample() -> None:
    assert width(step(20)).item() == pytest.approx(0.8 / 50, abs=1e-6)


def test_sharpness_does_not_depend_on_the_unit_of_distance() -> None:
    bent = LINE**2
    assert sharpness(7 * bent).item() == pytest.approx(sharpness(bent).item())


def test_a_parabola_is_steepest_at_its_end() -> None:
    parabola = torch.linspace(0, 1, 101, dtype=torch.float64) ** 2
    assert sharpness(parabola).item() == pytest.approx(2 - 0.01)
    assert position(parabola).item() == pytest.approx(0.995)
    assert width(parabola).item() == pytest.approx(0.9**0.5 - 0.1**0.5, abs=1e-4)


def test_many_curves_are_measured_at_once() -> None:
    both = torch.stack([LINE, step(20)])
    assert sharpness(both).tolist() == pytest.approx([1, 50], abs=1e-4)


@given(st.integers(1, 49), st.integers(1, 49))
def test_a_longer_rise_is_wider(first: int, second: int) -> None:
    short, long = sorted((first, second))
    ramps = torch.stack([torch.clamp(torch.arange(51.0) / n, max=1) for n in (short, long)])
    narrow, wide = width(ramps).tolist()
    assert narrow <= wide + 1e-6


def test_a_path_that_goes_nowhere_is_told_apart() -> None:
    assert moves(torch.stack([LINE, torch.zeros(51)])).tolist() == [True, False]


def test_a_path_that_goes_nowhere_has_no_curve() -> None:
    with pytest.raises(ValueError, match="leave it out"):
        curve(torch.zeros(51))


def test_a_distance_that_is_not_a_number_has_no_curve() -> None:
    with pytest.raises(ValueError, match="leave it out"):
        sharpness(torch.full((51,), torch.nan))


def test_two_samples_are_no_curve() -> None:
    with pytest.raises(ValueError, match="at least 3"):
        sharpness(torch.tensor([0.0, 1.0]))


def test_quartiles_part_a_sample_into_four() -> None:
    assert quartiles(torch.arange(5.0)) == (1, 2, 3)


def test_an_empty_sample_has_no_quartiles() -> None:
    with pytest.raises(ValueError, match="choose other pairs"):
        quartiles(torch.zeros(0))
