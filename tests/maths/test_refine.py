import torch

from stable_regions.maths.grid import coordinates
from stable_regions.maths.refine import BOUND, names, undecided

Y, X = torch.meshgrid(coordinates(0, 1, 65), coordinates(0, 1, 65), indexing="ij")
NO_NAMES = torch.zeros(3, 65, 65, dtype=torch.int64)


def three(values: torch.Tensor) -> torch.Tensor:
    return values.expand(3, -1, -1)


def test_flat_and_evenly_sloping_areas_are_decided() -> None:
    assert not undecided(three(torch.full((65, 65), 0.7)), NO_NAMES, 129).any()
    assert not undecided(three(2 * X + 3 * Y), NO_NAMES, 129).any()


def test_a_border_is_undecided_and_what_is_far_from_it_is_not() -> None:
    border = torch.sigmoid((X - 0.5) * 100)
    found = undecided(three(border), NO_NAMES, 129)
    assert found[:, 64].all()
    assert not found[:, :50].any()
    assert not found[:, 80:].any()


def test_the_tip_over_an_anchor_is_undecided() -> None:
    cone = ((X - 0.5) ** 2 + (Y - 0.5) ** 2).sqrt()
    found = undecided(three(cone), NO_NAMES, 129)
    assert found[63:66, 63:66].all()
    assert not found[:40].any()


def test_a_change_of_name_is_undecided_where_distances_are_flat() -> None:
    top = three((X > 0.5).long())
    found = undecided(three(torch.full((65, 65), 0.7)), top, 129)
    assert found[:, 64:67].all()
    assert int(found.sum()) == 3 * 129


def test_at_the_first_refined_level_the_ring_around_is_undecided_too() -> None:
    top = three((X > 0.5).long())[:, ::2, ::2]
    found = undecided(three(torch.full((33, 33), 0.7)), top, 65)
    assert int(found.sum()) == 7 * 65


def test_where_nothing_is_flat_everything_is_undecided() -> None:
    torch.manual_seed(0)
    assert undecided(torch.rand(3, 65, 65), NO_NAMES, 129).all()


def test_a_rough_picture_is_held_to_a_quarter_of_the_bound_at_every_level() -> None:
    torch.manual_seed(0)
    noise = torch.rand(3, 65, 65)
    noise[:, :24, :24] = 0.5 + 0.5 * 8 * BOUND * (X[:24, :24] * 64 - 12) ** 2 / 2
    assert undecided(noise, NO_NAMES, 129)[10:30, 10:30].all()
    assert undecided(noise[:, :25, :25].clamp(max=1.0), NO_NAMES[:, :25, :25], 49)[10:30, 10:30].float().mean() < 1
    calm = three(1 + 0.5 * BOUND * 8 / 2 * (X * 64 - 32) ** 2 / 64**2)
    assert not undecided(calm, NO_NAMES, 129).any()


def test_a_bend_within_the_bound_is_decided() -> None:
    height = 8 * BOUND * 64**2 / 4
    bowl = height * (X - 0.5) ** 2
    assert undecided(three(bowl / bowl.max()), NO_NAMES, 129).float().mean() in (0.0, 1.0)
    assert not undecided(three(1 + 0.9 * BOUND * 8 / 2 * (X * 64 - 32) ** 2 / 64**2), NO_NAMES, 129).any()


def test_a_point_is_named_in_the_context_it_is_nearest_to() -> None:
    distance = torch.tensor([[[0.9, 0.1]], [[0.2, 0.8]], [[0.5, 0.5]]])
    top = torch.tensor([[[1, 2]], [[3, 4]], [[5, 6]]])
    assert names(distance, top).tolist() == [[3, 2]]
