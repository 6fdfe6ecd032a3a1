import math

import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from torch import Tensor

from stable_regions.errors import DegeneratePlane
from stable_regions.maths.plane import Plane, plane_through, tilted

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


def spanned(seed: int = 0, d_model: int = 7) -> Plane:
    return plane_through(*torch.randn(3, d_model, generator=torch.Generator().manual_seed(seed)))


def test_a_plane_that_is_not_tilted_is_the_plane_itself() -> None:
    plane = spanned()
    assert tilted(plane, 0, 3) is plane


@given(degrees=st.floats(0.1, 90), seed=st.integers(0, 2**31 - 1))
def test_tilting_turns_the_second_axis_and_keeps_lengths_and_right_angles(degrees: float, seed: int) -> None:
    plane = spanned(seed % 5)
    turned = tilted(plane, degrees, seed)
    assert turned.across is plane.across
    assert turned.up_norm == plane.up_norm == pytest.approx(float(turned.up.norm()), rel=1e-12)
    assert float(turned.across @ turned.up) == pytest.approx(0, abs=1e-12)
    cosine = float(turned.up @ plane.up) / plane.up_norm**2
    assert math.degrees(math.acos(min(1, cosine))) == pytest.approx(degrees, abs=1e-6)
    assert torch.allclose(turned.axes @ turned.axes.T, torch.eye(2, dtype=torch.float64), atol=1e-12)


def test_a_and_b_stay_on_a_tilted_plane_and_c_is_said_to_leave_it() -> None:
    a, b, c = torch.randn(3, 7, generator=torch.Generator().manual_seed(1))
    plane = tilted(plane_through(a, b, c), 30, 4)
    alpha, beta, off = plane.projected(torch.stack([a, b, c]))
    assert torch.stack([alpha, beta], dim=1).flatten().tolist() == pytest.approx(
        [place for anchor in plane.anchors for place in anchor], abs=1e-6
    )
    assert off.tolist() == pytest.approx([0, 0, plane.off], abs=1e-6)
    assert plane.off == pytest.approx(math.sin(math.radians(30)) * plane.up_norm)
    assert plane.anchors[2][1] == pytest.approx(math.cos(math.radians(30)))


def test_a_seed_is_a_direction_and_another_seed_another() -> None:
    plane = spanned()
    assert torch.equal(tilted(plane, 40, 2).up, tilted(plane, 40, 2).up)
    assert not torch.allclose(tilted(plane, 40, 2).up, tilted(plane, 40, 3).up)


def test_two_dimensions_leave_no_room_to_tilt() -> None:
    flat = plane_through(torch.tensor([1.0, 0.0]), torch.tensor([3.0, 0.0]), torch.tensor([2.0, 4.0]))
    with pytest.raises(DegeneratePlane, match="right angles to a plane in 2 dimensions"):
        tilted(flat, 10, 0)


@given(alpha=st.floats(-3, 3), beta=st.floats(-3, 3), height=st.floats(0, 3))
def test_what_stands_above_a_point_is_projected_there(alpha: float, beta: float, height: float) -> None:
    plane = spanned(2)
    aside = torch.eye(7, dtype=torch.float64)[0]
    aside = aside - (plane.axes @ aside) @ plane.axes
    above = at(plane, alpha, beta) + height * aside / aside.norm()
    found = [float(part) for part in plane.projected(above[None])]
    assert found == pytest.approx([alpha, beta, height], abs=1e-6)
