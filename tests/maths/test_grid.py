import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from stable_regions.maths.grid import coordinates, is_new, nearest, step, upsampled
from stable_regions.schemas.plane import RESOLUTIONS

END = st.floats(-100, 100)


@given(low=END, high=END, level=st.integers(1, len(RESOLUTIONS) - 1))
def test_a_point_has_the_same_coordinates_at_every_level(low: float, high: float, level: int) -> None:
    fine, coarse = RESOLUTIONS[level], RESOLUTIONS[level - 1]
    for dtype in (torch.float32, torch.float64):
        assert torch.equal(coordinates(low, high, fine, dtype)[::2], coordinates(low, high, coarse, dtype))


def test_a_grid_reaches_both_ends() -> None:
    alpha = coordinates(-0.25, 1.25, 65)
    assert (float(alpha[0]), float(alpha[-1]), len(alpha)) == (-0.25, 1.25, 65)


def test_the_levels_together_are_the_finest_grid_once_each() -> None:
    counts = [int(is_new(n, base).sum()) for n, base in zip(RESOLUTIONS, (None, *RESOLUTIONS[:-1]), strict=True)]
    assert sum(counts) == RESOLUTIONS[-1] ** 2


def test_grids_that_do_not_nest_are_refused() -> None:
    with pytest.raises(ValueError, match="9 points a side does not nest in one of 16"):
        step(16, 9)


def test_upsampling_keeps_coarse_points_and_is_exact_for_a_plane() -> None:
    y, x = torch.meshgrid(coordinates(0, 1, 9), coordinates(0, 1, 9), indexing="ij")
    coarse = (2 * x + 3 * y + x * y)[None]
    fine = upsampled(coarse, 33)
    y, x = torch.meshgrid(coordinates(0, 1, 33), coordinates(0, 1, 33), indexing="ij")
    assert torch.equal(fine[:, ::4, ::4], coarse)
    assert torch.allclose(fine[0], 2 * x + 3 * y + x * y, atol=1e-6)


def test_a_label_goes_to_the_nearest_point() -> None:
    labels = torch.tensor([[[1, 2, 3]] * 3])
    assert nearest(labels, 9)[0, 0].tolist() == [1, 1, 1, 2, 2, 2, 2, 3, 3]
