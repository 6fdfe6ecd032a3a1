"""Paths whose points can be worked out with a pencil."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from stable_regions.errors import DegeneratePath
from stable_regions.maths.paths import arc, straight

ALPHA = torch.linspace(0, 1, 5)


def test_a_straight_path_goes_evenly_from_a_to_b() -> None:
    found = straight(torch.tensor([1.0, 0.0]), torch.tensor([3.0, 4.0]), ALPHA)
    assert found.tolist() == [[1 + 2 * alpha, 4 * alpha] for alpha in ALPHA.tolist()]


def test_an_arc_about_the_origin_is_a_quarter_of_a_circle() -> None:
    found = arc(torch.tensor([2.0, 0.0]), torch.tensor([0.0, 2.0]), torch.zeros(2), ALPHA)
    half = 2**0.5
    assert found[[0, 2, 4]].flatten().tolist() == pytest.approx([2, 0, half, half, 0, 2])


def test_an_arc_begins_at_a_and_ends_towards_b_as_far_from_the_mean_as_a() -> None:
    a, b, mean = torch.tensor([4.0, 1.0]), torch.tensor([1.0, 7.0]), torch.tensor([1.0, 1.0])
    found = arc(a, b, mean, ALPHA)
    assert found[0].tolist() == pytest.approx([4, 1])
    assert found[-1].tolist() == pytest.approx([1, 4])


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_every_point_of_an_arc_is_as_far_from_the_mean_as_a(seed: int) -> None:
    a, b, mean = torch.randn(3, 7, generator=torch.Generator().manual_seed(seed))
    found = arc(a, b, mean, ALPHA)
    radii = (found - mean).norm(dim=-1)
    assert torch.allclose(radii, (a - mean).double().norm().expand(5), rtol=1e-6)


def test_moving_everything_moves_the_arc_along() -> None:
    a, b, mean, shift = torch.randn(4, 7, generator=torch.Generator().manual_seed(1))
    moved = arc(a + shift, b + shift, mean + shift, ALPHA)
    assert torch.allclose(moved, arc(a, b, mean, ALPHA) + shift, atol=1e-5)


def test_a_chord_through_the_mean_has_no_arc() -> None:
    with pytest.raises(DegeneratePath, match="of the mean activation"):
        arc(torch.tensor([1.0, 0.0]), torch.tensor([-1.0, 0.0]), torch.zeros(2), ALPHA)


def test_anchors_that_are_not_numbers_have_no_arc() -> None:
    with pytest.raises(DegeneratePath):
        arc(torch.tensor([torch.nan, 0.0]), torch.tensor([1.0, 0.0]), torch.zeros(2), ALPHA)
