"""The files for the next owner are valid, and say what is true."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("citation-file-format", ["CITATION.cff"]),
        ("github-workflows", [".github/workflows/check.yml"]),
        ("github-issue-forms", [".github/ISSUE_TEMPLATE/fault.yml", ".github/ISSUE_TEMPLATE/question.yml"]),
    ],
)
def test_what_machines_read_is_valid(schema: str, files: list[str]) -> None:
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *files]
    said = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr


def test_the_version_that_is_cited_is_this_one() -> None:
    assert f"version: {VERSION}\n" in (ROOT / "CITATION.cff").read_text()


def test_every_command_and_file_that_contributors_are_told_of_exists() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", text)) <= targets
    paths = re.findall(r"`((?:backend|tests|frontend|docs)/[\w./]+)`", text)
    assert [path for path in paths if not (ROOT / path).exists()] == []
