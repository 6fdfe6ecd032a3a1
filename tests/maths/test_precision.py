import torch
from hypothesis import given
from hypothesis import strategies as st

from stable_regions.maths.precision import distinct, steps


def line(step: float, n: int = 65) -> torch.Tensor:
    """Points 1, 1 + step, … along one axis, in double precision."""
    return torch.stack([1 + step * torch.arange(n, dtype=torch.float64), torch.zeros(n, dtype=torch.float64)], dim=1)


def test_steps_of_a_quarter_of_the_resolution_leave_one_neighbour_in_four_different() -> None:
    """Numbers above 1 stand 2⁻²³ apart in single precision; four quarter steps are one number further."""
    assert distinct(line(2.0**-25).float()) == 16 / 64
    assert distinct(line(2.0**-23).float()) == 1
    assert distinct(line(2.0**-40).float()) == 0
    assert distinct(line(2.0**-40)) == 1


def test_bfloat16_stands_2_to_the_minus_7_apart() -> None:
    assert distinct(line(2.0**-7).bfloat16()) == 1
    assert distinct(line(2.0**-9).bfloat16()) == 16 / 64


@given(exponent=st.integers(-50, -5))
def test_steps_are_counted_in_units_of_the_resolution(exponent: int) -> None:
    found = steps(line(2.0**exponent, n=3), torch.float32)
    assert abs(found / 2.0 ** (exponent + 23) - 1) < 0.1


def test_one_number_that_differs_makes_two_points_different() -> None:
    points = torch.zeros(3, 4)
    points[1, 2] = 1e-30
    assert distinct(points) == 1
