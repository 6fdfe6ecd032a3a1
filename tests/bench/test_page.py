"""The page of figures is what `make bench ARGS=--write` writes, and holds what was promised."""

import re

from bench.methods import MODELS, Compared
from bench.page import INTRODUCTION, one_point
from bench.written import PAGE, figures


def test_the_limit_and_the_shares_follow_from_the_figures():
    figures = Compared("shape", 1, peak=100.0, full=20.0, tail=0.5, to_logits=2.0, flops=40e6)
    assert (figures.limit, figures.rate) == (0.4, 80.0)
    row = one_point([figures]).splitlines()[-1]
    assert row == "| shape | 1 | 100 | 20.00 | 0.500 | 0.400 | **40×** | 80 | **0.80** | 2.000 | 10× |"


def test_the_page_was_written_by_the_bench():
    assert PAGE.startswith(INTRODUCTION)
    assert re.search(r"\| date \| \d{4}-\d\d-\d\d", PAGE)
    rows = figures("One point")
    assert [row[:2] for row in rows] == [[shape, threads] for shape in MODELS for threads in ("1", "2")]


def test_the_page_shows_what_was_promised():
    """25 times the full-sequence method for the Pythia-70m shape, and 0.6 of the machine's peak, with one thread."""
    rows = {row[0]: row for row in figures("One point") if row[1] == "1"}
    assert float(rows["Pythia-70m"][6]) >= 25
    assert all(float(rows[shape][8]) >= 0.6 for shape in MODELS)
