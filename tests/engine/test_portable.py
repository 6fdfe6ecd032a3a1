"""The tests of numbers hold as the oldest processors round, on two threads."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_numbers_are_alike_as_another_processor_rounds() -> None:
    command = [sys.executable, ".ci/portable.py", "oldest"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
