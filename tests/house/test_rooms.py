"""Small rooms: no source file is longer than a person reads in one go."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIMIT = 300
"""Lines. 50 to 250 is the habit."""

ALLOWED: dict[str, str] = {}
"""Longer files, with the reason."""


def rooms() -> dict[str, int]:
    """Lines of every source file that is written by hand."""
    listed = ["git", "ls-files", "--", "backend/*.py", "tests/*.py", "frontend/src/*.ts", "frontend/src/*.tsx"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    files = [name for name in names if ".gen." not in name and (ROOT / name).is_file()]
    return {name: len((ROOT / name).read_text().splitlines()) for name in files}


def test_no_room_is_too_large():
    sizes = rooms()
    assert len(sizes) > 50
    assert {name: lines for name, lines in sizes.items() if lines > LIMIT and name not in ALLOWED} == {}


def test_an_exception_that_is_no_longer_needed_is_removed():
    sizes = rooms()
    assert [name for name in ALLOWED if sizes.get(name, 0) <= LIMIT] == []
