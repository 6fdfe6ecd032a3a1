import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from stable_regions.pictures.names import name_grid, name_text, places, shown
from stable_regions.schemas.result import Result


def test_a_point_is_named_in_the_context_it_is_nearest_to(three_countries: Result):
    names = name_grid(three_countries)
    assert names[0, 0] == 7
    assert names[0, -1] == 8
    assert names[-1, 8] == 9


def test_three_countries_have_three_places_that_lie_inside_them(three_countries: Result):
    names = name_grid(three_countries)
    found = places(names)
    assert {place.token for place in found} == {7, 8, 9}
    assert all(names[place.row, place.column] == place.token for place in found)
    assert sum(place.fraction for place in found) == 1


def test_parts_that_touch_only_at_corners_are_two_regions():
    ids = np.array([[1, 0], [0, 1]], dtype=np.int32)
    assert [place.token for place in places(ids, least=0)] == [0, 0, 1, 1]


def test_a_ring_is_one_region():
    ids = np.ones((5, 5), dtype=np.int32)
    ids[1:4, 1:4] = 0
    assert sorted((place.token, round(place.fraction * 25)) for place in places(ids, least=0)) == [(0, 9), (1, 16)]


@given(arrays(np.int32, st.tuples(st.integers(1, 9), st.integers(1, 9)), elements=st.integers(0, 2)))
def test_regions_cover_every_point_once(ids: np.ndarray):
    assert abs(sum(place.fraction for place in places(ids, least=0)) - 1) < 1e-9


def test_tokens_are_shown_as_a_person_reads_them(three_countries: Result):
    assert name_text(three_countries, 7) == "Paris"
    assert name_text(three_countries, 12345) == "#12345"
    assert [shown(token) for token in ("\n", "  ", "", "\tx")] == ["⏎", "␣␣", "∅", "⇥x"]
