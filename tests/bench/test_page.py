"""The page of figures is what `make bench ARGS=--write` writes, and holds what was promised."""

import re
from pathlib import Path

from bench.methods import MODELS, Compared
from bench.page import INTRODUCTION, one_point

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def test_the_limit_and_the_shares_follow_from_the_figures():
    figures = Compared("shape", 1, peak=100.0, full=20.0, tail=0.5, to_logits=2.0, flops=40e6)
    assert (figures.limit, figures.rate) == (0.4, 80.0)
    row = one_point([figures]).splitlines()[-1]
    assert row == "| shape | 1 | 100 | 20.00 | 0.500 | 0.400 | **40×** | 80 | **0.80** | 2.000 | 10× |"


def test_the_page_was_written_by_the_bench():
    page = PAGE.read_text()
    assert page.startswith(INTRODUCTION)
    assert re.search(r"\| date \| \d{4}-\d\d-\d\d", page)
    for shape in MODELS:
        assert page.count(f"| {shape} |") == 2, "with one thread and with two"


def test_the_page_shows_what_was_promised():
    """25 times the full-sequence method for the Pythia-70m shape, and 0.6 of the machine's peak, with one thread."""
    rows = [line.split(" | ") for line in PAGE.read_text().splitlines() if re.match(r"\| \S.* \| 1 \| \d", line)]
    speedup = {row[0].strip("| "): float(row[6].strip("*×")) for row in rows}
    share = {row[0].strip("| "): float(row[8].strip("*")) for row in rows}
    assert speedup["Pythia-70m"] >= 25
    assert all(share[shape] >= 0.6 for shape in MODELS)
