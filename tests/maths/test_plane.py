import math

import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from torch import Tensor

from stable_regions.errors import DegeneratePlane
from stable_regions.maths.plane import Plane, plane_through

NUMBER = st.floats(-10, 10, width=32)
ANCHOR = st.lists(NUMBER, min_size=5, max_size=5).map(lambda row: torch.tensor(row, dtype=torch.float32))


def at(plane: Plane, alpha: float, beta: float) -> Tensor:
    return plane.point(torch.tensor([float(alpha)]), torch.tensor([float(beta)]))[0]


@given(a=ANCHOR, b=ANCHOR, c=ANCHOR)
def test_the_plane_passes_through_its_anchors_and_its_axes_stand_upright(a: Tensor, b: Tensor, c: Tensor) -> None:
    try:
        plane = plane_through(a, b, c)
    except DegeneratePlane:
        assume(False)
        raise
    (_, _, (t, _)) = plane.anchors
    assume(abs(t) < 100)
    assert torch.allclose(at(plane, 0, 0), a.double(), atol=1e-9)
    assert torch.allclose(at(plane, 1, 0), b.double(), atol=1e-9)
    exactly_c = plane.origin + t * plane.across + plane.up
    assert torch.allclose(exactly_c, c.double(), atol=1e-9)
    assert abs(float(plane.across @ plane.up)) <= 1e-9 * plane.across_norm * max(1.0, plane.up_norm)


def test_a_right_triangle_by_pencil() -> None:
    plane = plane_through(torch.tensor([1.0, 0.0]), torch.tensor([3.0, 0.0]), torch.tensor([2.0, 4.0]))
    assert (plane.t, plane.across_norm, plane.up_norm) == (0.5, 2.0, 4.0)
    assert at(plane, 0.25, 0.5).tolist() == [1.5, 2.0]


@given(a=ANCHOR, b=ANCHOR, c=ANCHOR, angle=st.floats(0, math.pi))
def test_turning_the_anchors_turns_the_plane(a: Tensor, b: Tensor, c: Tensor, angle: float) -> None:
    turn = torch.eye(5)
    turn[0, 0] = turn[1, 1] = math.cos(angle)
    turn[0, 1], turn[1, 0] = -math.sin(angle), math.sin(angle)
    try:
        plane, turned = plane_through(a, b, c), plane_through(turn @ a, turn @ b, turn @ c)
    except DegeneratePlane:
        assume(False)
        raise
    assume(plane.up_norm > 0.01 and plane.across_norm > 0.01)
    assert torch.allclose(turn.double() @ at(plane, 0.3, 0.7), at(turned, 0.3, 0.7), atol=1e-3)


def test_anchors_that_coincide_are_refused_with_the_norm() -> None:
    a = torch.tensor([1.0, 2.0, 3.0])
    with pytest.raises(DegeneratePlane, match=r"A and B coincide: ‖B − A‖ = 0"):
        plane_through(a, a, torch.zeros(3))


def test_anchors_on_one_line_are_refused_with_the_norms() -> None:
    a, b = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([2.0, 0.0, 1.0])
    with pytest.raises(DegeneratePlane, match=r"on one line: ‖B − A‖ = 3, ‖C − X‖ ="):
        plane_through(a, b, a + 0.3 * (b - a))


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_anchor_that_is_not_a_number_is_refused(place: int) -> None:
    anchors = [torch.tensor([1.0, 0.0]), torch.tensor([0.0, 1.0]), torch.tensor([1.0, 1.0])]
    anchors[place][0] = math.nan
    with pytest.raises(DegeneratePlane):
        plane_through(*anchors)


def test_a_point_is_the_same_alone_and_among_others() -> None:
    torch.manual_seed(0)
    plane = plane_through(*torch.randn(3, 64))
    alpha, beta = torch.rand(50), torch.rand(50)
    together = plane.point(alpha, beta)
    assert all(torch.equal(together[i], plane.point(alpha[i : i + 1], beta[i : i + 1])[0]) for i in range(50))
