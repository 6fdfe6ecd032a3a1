import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stable_regions.pictures.colour import colours, largest, paint, scales, similarities
from stable_regions.schemas.result import Result

GOLDEN = Path(__file__).parent.parent / "golden" / "colour.json"
finite = st.floats(0, 1e6, width=32)


def rgb(distance: list[float], scale: list[float], palette: str) -> list[int]:
    grid = np.array(distance, dtype=np.float64).reshape(3, 1, 1)
    a, b, c = scale
    return colours(similarities(grid, (a, b, c)), palette)[0, 0].tolist()  # type: ignore[arg-type]  (the file's text)


def test_python_and_the_page_paint_the_same_bytes():
    rows = json.loads(GOLDEN.read_text())
    assert len(rows) > 50
    assert [rgb(row["distance"], row["scale"], row["palette"]) for row in rows] == [row["rgb"] for row in rows]


@pytest.mark.parametrize(
    ("distance", "colour"),
    [
        ([0, 1, 1], [255, 0, 0]),
        ([0, 0, 1], [255, 255, 0]),
        ([1, 0, 0], [0, 255, 255]),
        ([0, 1, 0], [255, 0, 255]),
        ([0, 0, 0], [255, 255, 255]),
        ([1, 1, 1], [0, 0, 0]),
    ],
)
def test_the_papers_colours_mean_what_the_paper_says(distance: list[float], colour: list[int]):
    assert rgb(distance, [1, 1, 1], "paper") == colour


def test_the_safe_corners_are_vermilion_cream_and_blue():
    corners = [rgb([float(i != k) for i in range(3)], [1, 1, 1], "safe") for k in range(3)]
    assert corners == [[0xFF, 0x4D, 0x00], [0xFF, 0xF5, 0xD6], [0x33, 0x55, 0xFF]]
    assert rgb([1, 1, 1], [1, 1, 1], "safe") == [0, 0, 0]


@given(st.tuples(finite, finite, finite), st.tuples(finite, finite, finite))
def test_similarity_is_between_0_and_1_and_falls_with_distance(
    near: tuple[float, ...], scale: tuple[float, float, float]
):
    d = np.array(near).reshape(3, 1, 1)
    s, further = similarities(d, scale), similarities(d * 2 + 1, scale)
    assert ((s >= 0) & (s <= 1)).all()
    assert (further <= s).all()


def test_what_is_not_a_number_is_like_none():
    assert rgb([float("nan")] * 3, [1, 1, 1], "paper") == [0, 0, 0]


def test_where_no_distance_was_seen_only_0_is_alike():
    assert rgb([0, 0, 0.5], [0, 0, 0], "paper") == [255, 255, 0]


def test_the_top_row_of_pixels_is_the_highest_beta(three_countries: Result):
    pixels = paint(three_countries)
    top, bottom = pixels[0, 8], pixels[-1, 8]
    assert top[2] > top[0]
    assert bottom[2] < bottom[0]


def test_a_sequence_scales_every_frame_by_the_largest_of_all(training: list[Result]):
    sequence = largest(training)
    assert sequence == largest([training[-1]])
    assert paint(training[0], normalisation="sequence", sequence=sequence).mean() > paint(training[0]).mean()


def test_absolute_takes_the_bound_of_the_distance_and_l2_has_none(three_countries: Result):
    assert scales(three_countries, "absolute") == (1, 1, 1)
    recipe = {**three_countries.recipe, "distance": "l2"}
    unbounded = Result(three_countries.arrays, {**three_countries.metadata, "recipe": recipe})
    assert scales(unbounded, "absolute", (3, 4, 5)) == (3, 4, 5)


def test_contrast_runs_from_the_lowest_to_the_highest_distance_of_the_window(three_countries: Result):
    flat = 0.7 + 1e-12 * three_countries["distance"].astype(np.float64)
    deep = Result({**three_countries.arrays, "distance": flat}, three_countries.metadata)
    assert np.ptp(paint(deep), axis=(0, 1)).max() <= 1
    assert (np.ptp(paint(deep, normalisation="contrast"), axis=(0, 1)) == 255).all()


def test_a_window_keeps_the_colours_of_its_plane(three_countries: Result):
    whole = paint(three_countries)
    window = {name: three_countries[name][4:9] for name in ("alpha", "beta")}
    cut = {"distance": three_countries["distance"][:, 4:9, 4:9], "plane_largest": np.array(largest([three_countries]))}
    zoomed = Result({**three_countries.arrays, **window, **cut}, three_countries.metadata)
    part = whole[::-1][4:9, 4:9][::-1]
    assert (paint(zoomed) == part).all()
    assert (paint(zoomed, normalisation="sequence", sequence=largest([zoomed])) == part).all()
    assert (paint(zoomed, normalisation="contrast") != part).any()
