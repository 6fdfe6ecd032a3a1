"""Studies keep the pace that was promised, as the page of figures shows it."""

import pytest

from bench.study import DISTANCES, INTRODUCTION, MODELS, PROMISED, Pace, studies
from bench.written import PAGE, figures


def test_a_share_is_of_the_slices_pace():
    pace = Pace("m", "l2", slice=10.0, study=16.0, cleans=4.0)
    assert pace.share == pytest.approx(0.625)
    assert studies([pace]).splitlines()[-1] == "| m | l2 | 10.0 | 16.0 | 4.0 | **0.62** |"


def test_the_page_shows_that_studies_keep_what_was_promised():
    assert INTRODUCTION in PAGE
    shares = {(row[0], row[1]): float(row[5]) for row in figures("Studies")}
    assert set(shares) == {(model, distance) for model in MODELS for distance in DISTANCES}
    assert min(shares.values()) >= PROMISED
