"""Regions on grids that can be drawn with a pencil, and what holds on any grid."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from stable_regions.maths.regions import Ids, agreeing, borders, centres, connected, depths

GRIDS = arrays(np.int32, st.tuples(st.integers(1, 9), st.integers(1, 9)), elements=st.integers(0, 2))


def regions(names: Ids) -> Ids:
    return connected(*agreeing(names))


def flooded(right: np.ndarray, up: np.ndarray) -> list[set[tuple[int, int]]]:
    """The connected parts, found by walking; no union and no find."""
    ny, nx = len(right), up.shape[1]
    left = {(row, column) for row in range(ny) for column in range(nx)}
    found: list[set[tuple[int, int]]] = []
    while left:
        part, edge = set(), [min(left)]
        while edge:
            row, column = edge.pop()
            if (row, column) not in left:
                continue
            left.remove((row, column))
            part.add((row, column))
            if column + 1 < nx and right[row, column]:
                edge.append((row, column + 1))
            if column > 0 and right[row, column - 1]:
                edge.append((row, column - 1))
            if row + 1 < ny and up[row, column]:
                edge.append((row + 1, column))
            if row > 0 and up[row - 1, column]:
                edge.append((row - 1, column))
        found.append(part)
    return found


def test_three_countries_on_a_map() -> None:
    names = np.array([[7, 7, 8], [7, 9, 8], [9, 9, 9]], dtype=np.int32)
    assert regions(names).tolist() == [[1, 1, 2], [1, 0, 2], [0, 0, 0]]


def test_parts_that_touch_only_at_corners_are_apart() -> None:
    assert regions(np.eye(2, dtype=np.int32)).tolist() == [[0, 1], [2, 3]]


def test_a_spiral_is_one_region() -> None:
    n = 33
    names = np.ones((n, n), dtype=np.int32)
    names[1::2] = 0
    for row in range(1, n, 2):
        names[row, 0 if (row // 2) % 2 else -1] = 1
    assert (regions(names) == 0).sum() == names.sum()


@given(st.data())
def test_regions_are_what_walking_reaches(data: st.DataObject) -> None:
    ny, nx = data.draw(st.integers(1, 7)), data.draw(st.integers(1, 7))
    right = data.draw(arrays(np.bool_, (ny, nx - 1)))
    up = data.draw(arrays(np.bool_, (ny - 1, nx)))
    label = connected(right, up)
    parts = flooded(right, up)
    assert sorted(map(sorted, parts)) == sorted(
        sorted(map(tuple, np.argwhere(label == number).tolist())) for number in range(label.max() + 1)
    )
    assert (np.diff(np.bincount(label.reshape(-1))) <= 0).all()


@given(GRIDS, st.permutations([0, 1, 2]))
def test_what_names_are_called_does_not_matter(names: Ids, other: list[int]) -> None:
    assert np.array_equal(regions(names), regions(np.array(other, dtype=np.int32)[names]))


@given(GRIDS)
def test_a_grid_on_its_side_has_the_same_regions(names: Ids) -> None:
    one, other = regions(names), regions(np.ascontiguousarray(names.T)).T
    pairs = {(int(a), int(b)) for a, b in zip(one.flat, other.flat, strict=True)}
    assert len(pairs) == one.max() + 1 == other.max() + 1
    assert np.array_equal(np.bincount(one.reshape(-1)), np.bincount(other.reshape(-1)))


def test_depth_is_one_at_the_rim_and_grows_inward() -> None:
    assert depths(np.zeros((5, 4), dtype=np.int32)).tolist() == [
        [1, 1, 1, 1],
        [1, 2, 2, 1],
        [1, 2, 2, 1],
        [1, 2, 2, 1],
        [1, 1, 1, 1],
    ]


@given(GRIDS)
def test_the_centre_of_a_region_lies_in_it_and_is_as_deep_as_it_gets(names: Ids) -> None:
    label = regions(names)
    found, depth = centres(label), depths(label)
    for number in range(label.max() + 1):
        row, column = found.row[number], found.column[number]
        assert label[row, column] == number
        assert depth[row, column] == found.depth[number] == depth[label == number].max()


def test_the_centre_of_a_square_is_its_middle() -> None:
    found = centres(np.zeros((5, 5), dtype=np.int32))
    assert (found.row.tolist(), found.column.tolist(), found.depth.tolist()) == ([2], [2], [3])


def test_borders_are_pairs_with_their_walls() -> None:
    label = np.array([[1, 1, 2], [1, 0, 2], [0, 0, 0]], dtype=np.int32)
    found = borders(label)
    assert found.pairs.tolist() == [[0, 1], [0, 2], [1, 2]]
    length, cells = found.lengths(across=0.5, upward=0.25)
    assert cells.tolist() == [3, 2, 1]
    # 0|1: one wall to the right (0.25 long), two upward (0.5 each); 0|2: one of each; 1|2: one to the right.
    assert length.tolist() == [1.25, 0.75, 0.25]
    assert found.right.tolist() == [[-1, 2], [0, 1], [-1, -1]]
    assert found.up.tolist() == [[-1, 0, -1], [0, -1, 1]]


def test_the_median_over_a_border_is_of_the_edges_that_cross_it() -> None:
    found = borders(np.array([[0, 1], [0, 1], [0, 1], [0, 1]], dtype=np.int32))
    right = np.array([[4], [1], [2], [9]], dtype=np.float32)
    assert found.medians(right, np.full((3, 2), 100, dtype=np.float32)).tolist() == [3]


@given(GRIDS)
def test_every_edge_between_regions_is_counted_once(names: Ids) -> None:
    label = regions(names)
    _, cells = borders(label).lengths(1, 1)
    assert cells.sum() == (label[:, 1:] != label[:, :-1]).sum() + (label[1:] != label[:-1]).sum()


@given(GRIDS)
def test_one_region_has_no_border(names: Ids) -> None:
    label = np.zeros_like(names)
    assert borders(label).pairs.shape == (0, 2)
    assert (
        borders(label)
        .medians(
            np.zeros((len(names), names.shape[1] - 1), np.float32),
            np.zeros((len(names) - 1, names.shape[1]), np.float32),
        )
        .tolist()
        == []
    )


def test_a_grid_of_noise_takes_no_time_to_speak_of() -> None:
    noise = np.random.default_rng(0).integers(0, 3, (257, 257)).astype(np.int32)
    label = regions(noise)
    assert label.max() > 10_000
    assert np.bincount(label.reshape(-1))[0] == pytest.approx((label == 0).sum())
