import pytest
import torch

from stable_regions.maths.stretch import largest_stretch


def test_the_largest_stretch_is_the_largest_singular_value() -> None:
    images = torch.randn(50, 2, 9, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    expected = torch.linalg.svdvals(images)[:, 0]
    assert torch.allclose(largest_stretch(images[:, 0], images[:, 1]), expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("one", "other", "stretch"),
    [([3, 0], [0, 1], 3), ([1, 0], [1, 0], 2**0.5), ([0, 0], [0, 0], 0), ([3, 4], [0, 0], 5)],
)
def test_by_pencil(one: list[float], other: list[float], stretch: float) -> None:
    found = largest_stretch(torch.tensor([one]).float(), torch.tensor([other]).float())
    assert float(found) == pytest.approx(stretch)


def test_turning_the_two_directions_within_their_plane_changes_nothing() -> None:
    one, other = torch.randn(2, 5, 9, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    turned = largest_stretch(0.6 * one + 0.8 * other, -0.8 * one + 0.6 * other)
    assert torch.allclose(turned, largest_stretch(one, other), rtol=1e-12)
