"""Studies keep the pace that was promised, as the page of figures shows it."""

from pathlib import Path

import pytest

from bench.study import DISTANCES, INTRODUCTION, MODELS, PROMISED, Pace, studies

PAGE = (Path(__file__).parents[2] / "docs" / "benchmarks.md").read_text()


def test_a_share_is_of_the_slices_pace():
    pace = Pace("m", "l2", slice=10.0, study=16.0, cleans=4.0)
    assert pace.share == pytest.approx(0.625)
    assert studies([pace]).splitlines()[-1] == "| m | l2 | 10.0 | 16.0 | 4.0 | **0.62** |"


def test_the_page_shows_that_studies_keep_what_was_promised():
    assert INTRODUCTION in PAGE
    rows = [line.split(" | ") for line in PAGE.partition(INTRODUCTION)[2].splitlines() if line.startswith("| ")][2:]
    shares = {(row[0].strip("| "), row[1]): float(row[5].strip("| *")) for row in rows}
    assert set(shares) == {(model, distance) for model in MODELS for distance in DISTANCES}
    assert min(shares.values()) >= PROMISED
