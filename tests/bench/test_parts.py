"""The sections of the page of figures hold what was promised, and say where it comes from."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from bench.growth import Size
from bench.parts import SECTIONS
from bench.product import Asked
from bench.written import PAGE, figures


@pytest.mark.parametrize("name", SECTIONS)
def test_every_section_is_on_the_page_with_its_introduction(name: str) -> None:
    section = SECTIONS[name]
    assert f"## {section.title}\n\n{import_module(section.module).INTRODUCTION}" in PAGE


def test_the_tail_reaches_seven_tenths_of_the_peak_on_two_threads() -> None:
    shares = {row[0]: float(row[8]) for row in figures("One point") if row[1] == "2"}
    assert len(shares) == 3
    assert min(shares.values()) >= 0.7


def test_the_rule_takes_no_more_threads_than_pay() -> None:
    """Where it takes one, all are hardly faster; where it takes all, they are not slower."""
    for _, _, _, _, gain, rule in figures("Threads"):
        assert float(gain) <= 1.15 if rule == "one" else float(gain) >= 0.95


def test_bfloat16_is_half_as_fast_again_at_least() -> None:
    assert min(float(row[3]) for row in figures("bfloat16")) >= 1.5


def test_a_fifth_of_the_points_is_enough_at_257_and_deciding_costs_next_to_nothing() -> None:
    rows = figures("Refinement")
    assert max(float(row[2]) for row in rows if row[1] in ("257²", "513²")) <= 20
    assert max(float(row[6]) for row in rows) <= 5


def test_a_cached_result_takes_five_milliseconds_at_most_and_a_core_gives_eight_hundred_a_second() -> None:
    rows = {row[0]: row for row in figures("Cached results")}
    assert set(rows) == {"SQLite", "Redis"}
    assert max(float(row[2]) for row in rows.values()) <= 5
    assert min(float(row[5]) for row in rows.values()) >= 800


def test_a_film_takes_little_more_than_its_frames() -> None:
    (film,) = [row for row in figures("Whole pictures") if "film of 16" in row[0]]
    assert float(film[7]) <= 1.3


def test_the_share_of_a_film_is_over_its_frames_own_seconds() -> None:
    from bench.page import pictures

    asked = Asked("film", uncached=6.0, cached=0.1, flops=1e9, frames=16, arithmetic=5.0)
    assert pictures([asked], peak=100.0).splitlines()[-1].endswith("| 5.00 | **1.20** |")


def test_the_formula_counts_two_operations_a_weight_and_attention_over_the_prompt() -> None:
    assert Size(blocks=3, d_model=10, prompt=7, vocabulary=100).flops == 3 * (2 * 12 * 100 + 4 * 10 * 7) + 2 * 1000


def test_the_errors_of_refinement_are_a_table_within_the_bound() -> None:
    page = (Path(__file__).parents[2] / "docs" / "refinement.md").read_text()
    table = page.partition("<!-- errors -->")[2].partition("<!-- /errors -->")[0]
    rows = [
        [cell.strip(" |") for cell in line.split(" | ")] for line in table.splitlines() if re.match(r"\| \w+-\d", line)
    ]
    assert len(rows) >= 40
    for row in rows:
        for grid in (5, 9):
            _, off, worst, missed = map(float, row[grid : grid + 4])
            assert off <= 0.5
            assert worst <= 10
            assert missed == 0
