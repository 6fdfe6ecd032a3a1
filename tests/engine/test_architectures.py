"""The table in docs/models/architectures.md is the table in engine/families.py. Run this file to write it."""

import re
from pathlib import Path

from engine.zoo import SLOW, UNKNOWN_TO_TRANSFORMER_LENS
from stable_regions.engine.families import FAMILIES

PAGE = Path(__file__).parents[2] / "docs" / "models" / "architectures.md"
HEAD = "| `model_type` | block list | what it must respect | against TransformerLens |\n|---|---|---|---|\n"


def table() -> str:
    """The rows of fast architectures."""
    return "".join(
        f"| `{f.model_type}` | `{f.core}.{f.blocks}` | {f.features} | "
        f"{'–' if f.model_type in UNKNOWN_TO_TRANSFORMER_LENS else 'equal'} |\n"
        for f in FAMILIES.values()
    )


def test_the_page_lists_the_fast_architectures():
    assert HEAD + table() + "\n" in PAGE.read_text()


def test_the_page_lists_the_slow_architectures_that_are_tested():
    slow = PAGE.read_text().partition("## Slow, and tested")[2].partition("\n## ")[0]
    first_cells = [row.split("|")[1] for row in slow.splitlines() if row.startswith("| `")]
    assert {name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)} - {"model_type"} == set(SLOW)


if __name__ == "__main__":
    page = PAGE.read_text()
    before, _, after = page.partition(HEAD)
    PAGE.write_text(before + HEAD + table() + after[after.index("\n## ") :])
