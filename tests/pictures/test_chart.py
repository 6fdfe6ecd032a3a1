"""Charts as values: scales whose places can be worked out with a pencil, and the SVG that is written of them."""

import math
import re
from xml.etree import ElementTree

import pytest

from stable_regions.pictures.chart import Axis, Chart, Line, compact, scale
from stable_regions.pictures.svg import BESIDE, BOTTOM, HIGH, LEFT, TOP, WIDE, svg

SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(svg(chart))


def a_chart(*lines: Line, logarithmic: bool = False) -> Chart:
    return Chart("A < B & C", Axis("across", logarithmic), Axis("up", low=0), lines)


def test_a_linear_scale_ends_at_a_round_number_and_marks_round_ones() -> None:
    found = scale(Axis("", low=0), [0.3, 7.2], 5)
    assert (found.low, found.high) == (0, 8)
    assert [text for _, text in found.ticks] == ["0", "2", "4", "6", "8"]
    assert found(4) == 0.5


def test_a_logarithmic_scale_has_a_place_for_nothing_left_of_the_smallest() -> None:
    found = scale(Axis("", logarithmic=True), [0, 1, 100, 10_000])
    assert found(0) == 0
    assert found(10_000) == 1
    assert found(100) - found(1) == pytest.approx(found(10_000) - found(100))
    assert 0 < found(1) < 0.2
    assert [text for _, text in found.ticks] == ["0", "1", "10", "100", "1,000", "10 k"]


def test_without_nothing_a_logarithmic_scale_begins_at_the_smallest() -> None:
    found = scale(Axis("", logarithmic=True), [2e5, 3e5])
    assert (found(2e5), found(3e5)) == (0, 1)
    assert [text for _, text in found.ticks] == ["0.2 M", "0.3 M"]


@pytest.mark.parametrize(
    ("value", "text"), [(0.5, "0.5"), (90, "90"), (1536, "1,536"), (50_000, "50 k"), (680_000, "0.68 M"), (3e9, "3 G")]
)
def test_numbers_are_short(value: float, text: str) -> None:
    assert compact(value) == text


def test_points_stand_where_the_scales_put_them() -> None:
    root = drawn(a_chart(Line("one", [0, 5, 10], [0, 1, 2])))
    circles = [(float(c.attrib["cx"]), float(c.attrib["cy"])) for c in root.iter(f"{SVG}circle")]
    right = max(x for x, _ in circles)
    assert circles[0] == (LEFT, HIGH - BOTTOM)
    assert circles[1] == ((LEFT + right) / 2, (TOP + HIGH - BOTTOM) / 2)
    assert circles[2] == (right, TOP)


def test_bars_reach_from_low_to_high_and_two_stand_beside_one_another() -> None:
    lines = [Line(name, [0, 10], [1, 2], [0, 1], [2, 4], look=place) for place, name in enumerate("ab")]
    root = drawn(a_chart(*lines))
    bars = [re.fullmatch(r"M([\d.]+) ([\d.]+)V([\d.]+)", p.attrib["d"]) for p in root.iter(f"{SVG}path")]
    found = [tuple(map(float, bar.groups())) for bar in bars if bar]
    assert len(found) == 4
    assert found[2][0] - found[0][0] == BESIDE
    assert found[1][2] == TOP


def test_what_is_not_a_number_is_left_out() -> None:
    root = drawn(a_chart(Line("one", [0, 1, 2], [1, math.nan, 2], [1, math.nan, 2], [1, math.nan, 2])))
    assert len(list(root.iter(f"{SVG}circle"))) == 2
    assert "nan" not in svg(a_chart(Line("one", [0, 1], [1, math.nan])))


def test_lines_have_a_legend_with_their_own_symbols_and_words_are_escaped() -> None:
    root = drawn(a_chart(Line("a<b", [0], [1]), Line("c", [0], [1], look=1), logarithmic=True))
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert {"a<b", "c", "A < B & C", "across", "up"} <= set(texts)
    assert len(list(root.iter(f"{SVG}circle"))) == 2
    assert root.attrib["viewBox"] == f"0 0 {WIDE} {HIGH}"


def test_bars_of_a_histogram_stand_on_the_floor() -> None:
    root = drawn(a_chart(Line("pairs", [1, 2, 3], [4, 0, 2], kind="bars")))
    bars = [bar for bar in root.iter(f"{SVG}rect") if bar.attrib["fill"] != "#fff"]
    assert {float(b.attrib["y"]) + float(b.attrib["height"]) for b in bars} == {HIGH - BOTTOM}
    assert [float(b.attrib["height"]) for b in bars] == [HIGH - BOTTOM - TOP, 0, (HIGH - BOTTOM - TOP) / 2]


def test_a_band_lies_between_its_edges() -> None:
    root = drawn(a_chart(Line("d", [0, 1], [1, 2], [0, 1], [2, 4], kind="band")))
    (polygon,) = root.iter(f"{SVG}polygon")
    assert len(polygon.attrib["points"].split()) == 4
