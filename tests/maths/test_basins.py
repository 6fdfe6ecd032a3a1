"""Maps whose basins are known: a planted linear one, three frozen keys, a rotation that never rests."""

import math
from collections.abc import Callable, Generator

import pytest
import torch
from torch import Tensor

from stable_regions.maths import basins
from stable_regions.maths.attractor import hopfield
from stable_regions.maths.plane import plane_through


def done(going: Generator[int, None, basins.Flow]) -> basins.Flow:
    while True:
        try:
            next(going)
        except StopIteration as end:
            return end.value


def ran(step: Callable[[Tensor], Tensor], starts: Tensor, templates: Tensor, iterations: int = 60) -> basins.Flow:
    centre = torch.zeros(starts.shape[1], dtype=starts.dtype)
    return done(basins.flow(step, starts, basins.most_like(templates, centre), centre, iterations))


def square(side: int, low: float = -1.0, high: float = 1.0) -> Tensor:
    line = torch.linspace(low, high, side, dtype=torch.float64)
    return torch.cartesian_prod(line, line)


def test_a_planted_linear_map_has_two_half_planes():
    """One direction grows, the other shrinks; on the circle each half-plane goes to its own end of the growing one."""
    growing = torch.tensor([math.cos(0.4), math.sin(0.4)], dtype=torch.float64)
    shrinking = torch.tensor([-math.sin(0.4), math.cos(0.4)], dtype=torch.float64)
    matrix = 2 * torch.outer(growing, growing) + 0.5 * torch.outer(shrinking, shrinking)

    def step(z: Tensor) -> Tensor:
        moved = z @ matrix.T
        return moved / moved.norm(dim=1, keepdim=True)

    starts = square(20)
    found = ran(step, starts / starts.norm(dim=1, keepdim=True), torch.stack([growing, -growing]))
    side = (starts @ growing < 0).long()
    assert torch.equal(found.label[-1], side)
    assert int(found.limit.max()) == 1
    assert basins.overlap(found.limit, side) == 1
    assert set(found.period.tolist()) == {1}


def test_a_rotation_by_a_third_goes_round_and_by_an_odd_angle_is_never_called_a_basin():
    def turning(angle: float) -> Callable[[Tensor], Tensor]:
        turn = torch.tensor([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]]).double()
        return lambda z: z @ turn

    starts = torch.eye(2, dtype=torch.float64)
    third = ran(turning(2 * math.pi / 3), starts, starts)
    assert third.period.tolist() == [3, 3]
    assert third.limit.min() >= 0
    odd = ran(turning(1.0), starts, starts)
    assert (odd.limit.tolist(), odd.period.tolist(), odd.steps.tolist()) == ([-1, -1], [0, 0], [60, 60])


@pytest.fixture(scope="module")
def keys() -> Tensor:
    made = torch.randn(3, 16, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    return 3 * made / made.norm(dim=1, keepdim=True)


def on_plane(keys: Tensor, side: int) -> Tensor:
    plane = plane_through(*keys)
    coordinates = square(side, -0.3, 1.3)
    return plane.point(coordinates[:, 1], coordinates[:, 0])


def test_three_keys_and_a_sharp_softmax_are_three_attractors_each_with_the_points_that_are_nearest(keys: Tensor):
    starts = on_plane(keys, 40)
    found = ran(lambda q: hopfield.retrieved(keys, q, 4.0), starts, keys)
    nearest = (starts @ keys.T).argmax(1)
    assert int(found.limit.max()) + 1 == 3
    assert basins.overlap(found.limit, nearest) == 1
    assert torch.equal(found.label[-1], nearest)


def test_a_flat_softmax_has_one_attractor_near_the_mean_key(keys: Tensor):
    found = ran(lambda q: hopfield.retrieved(keys, q, 0.02), on_plane(keys, 10), keys)
    assert int(found.limit.max()) == 0
    assert float((found.last[0] - keys.mean(0)).norm() / keys.mean(0).norm()) < 0.02


def test_the_multiplier_of_a_linear_map_is_its_largest_eigenvalue():
    matrix = torch.diag(torch.tensor([0.7, 0.3, -0.2])).double()
    found = basins.multipliers(
        lambda _z, v: v @ matrix, lambda z: z @ matrix, torch.zeros(2, 3).double(), torch.tensor([1, 1])
    )
    assert found.tolist() == pytest.approx([0.7, 0.7])


def test_labels_are_kept_at_doubling_times():
    assert basins.moments(50) == [0, 1, 2, 4, 8, 16, 32, 50]
    assert basins.moments(1) == [0, 1]


def test_partitions_are_compared_beyond_chance():
    one = torch.tensor([0, 0, 1, 1, 2, 2])
    assert basins.overlap(one, torch.tensor([2, 2, 0, 0, 1, 1])) == 1
    chance = torch.Generator().manual_seed(0)
    drawn = [torch.randint(0, 3, (3000,), generator=chance) for _ in range(2)]
    assert basins.overlap(*drawn) == pytest.approx(0, abs=0.01)
