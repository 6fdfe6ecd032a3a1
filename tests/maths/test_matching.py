"""Births, deaths, splits, merges and swaps on strips of ten points."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from stable_regions.maths.matching import Event, Match, events, matched, overlap, tracks
from stable_regions.maths.regions import Ids


def strip(text: str) -> Ids:
    return np.array([[int(letter) for letter in text]], dtype=np.int32)


def match(before: Ids, after: Ids, old: int | None = None, new: int | None = None) -> tuple[Match, int, int]:
    """Two label grids compared; of both, the first so many regions count."""
    old, new = (int(label.max()) + 1 if count is None else count for label, count in ((before, old), (after, new)))
    sizes = [np.bincount(label.reshape(-1))[:count] for label, count in ((before, old), (after, new))]
    return matched(overlap(before, after, old, new), *sizes), old, new


def told(before: str, after: str, old: int | None = None, new: int | None = None) -> set[Event]:
    return set(events(*match(strip(before), strip(after), old, new)))


def test_what_stays_continues() -> None:
    assert told("0000001111", "0000011111") == {Event("continue", (0,), (0,)), Event("continue", (1,), (1,))}


def test_a_region_that_is_parted_splits() -> None:
    assert told("0000000000", "0000001111") == {Event("split", (0,), (0, 1))}


def test_regions_that_become_one_merge() -> None:
    assert told("0000001111", "0000000000") == {Event("merge", (0, 1), (0,))}


def test_a_region_of_specks_is_born() -> None:
    # What was too small to be counted (2, 3, 4) is one region afterwards.
    assert told("0000000234", "0000000111", old=1) == {Event("continue", (0,), (0,)), Event("birth", (), (1,))}


def test_a_region_that_falls_to_specks_dies() -> None:
    assert told("0000000111", "0000000234", new=1) == {Event("continue", (0,), (0,)), Event("death", (1,), ())}


def test_a_region_of_which_no_old_one_held_most_is_born() -> None:
    found = told("000000001111111122222222", "000111110002222200033333")
    assert Event("birth", (), (0,)) in found
    assert found - {Event("birth", (), (0,))} == {Event("continue", (old,), (old + 1,)) for old in range(3)}


def test_numbers_that_are_swapped_are_the_same_places() -> None:
    found, *_ = match(strip("0000001111"), strip("1111000000"))
    assert found.successor == {0: 1, 1: 0}
    assert [list(track) for track in tracks([found], [2, 2])] == [[0, 1], [1, 0]]


def test_of_a_split_the_larger_part_carries_the_track_on() -> None:
    found, *_ = match(strip("0000000000"), strip("1110000000"))
    assert [list(track) for track in tracks([found], [1, 2])] == [[0], [0, 1]]


def test_tracks_of_what_ends_are_not_used_again() -> None:
    gone = match(strip("0000000111"), strip("0000000234"), new=1)[0]
    back = match(strip("0000000234"), strip("0000000111"), old=1)[0]
    assert [list(track) for track in tracks([gone, back], [2, 1, 2])] == [[0, 1], [0], [0, 2]]


def test_no_frames_have_no_tracks() -> None:
    assert tracks([], []) == []


LABELS = arrays(np.int32, (4, 6), elements=st.integers(0, 3))


@given(LABELS, LABELS)
def test_the_matching_is_one_to_one_and_nothing_can_be_added(before: Ids, after: Ids) -> None:
    found, _, _ = match(before, after)
    assert len(set(found.successor.values())) == len(found.successor)
    assert set(found.successor.items()) <= set(found.links)
    assert all(i in found.successor or j in found.successor.values() for i, j in found.links)


@given(LABELS, LABELS)
def test_time_backwards_turns_splits_into_merges_and_births_into_deaths(before: Ids, after: Ids) -> None:
    mirror = {"split": "merge", "merge": "split", "birth": "death", "death": "birth", "continue": "continue"}
    there, back = events(*match(before, after)), events(*match(after, before))
    assert {(mirror[e.kind], e.after, e.before) for e in there} == {(e.kind, e.before, e.after) for e in back}


@given(LABELS)
def test_a_frame_that_does_not_change_only_continues(label: Ids) -> None:
    present = np.unique(label, return_inverse=True)[1].reshape(label.shape).astype(np.int32)
    assert {event.kind for event in events(*match(present, present))} == {"continue"}
