"""The files for the next owner are valid, and say what is true."""

import json
import re
import subprocess
import sys
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
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


def released(version: str) -> dict[str, str]:
    """What the release recipe would write."""
    spec = spec_from_file_location("release", ROOT / ".ci" / "release.py")
    assert spec is not None
    assert spec.loader is not None
    release = module_from_spec(spec)
    spec.loader.exec_module(release)
    made = release.changed(version, "2030-01-02", {name: (ROOT / name).read_text() for name in release.NAMES})
    return {**made, "tag": release.message(version, made["CHANGELOG.md"])}


def test_a_release_has_one_version_everywhere_and_says_what_is_new() -> None:
    made = released("9.8.7")
    assert tomllib.loads(made["pyproject.toml"])["project"]["version"] == "9.8.7"
    assert "version: 9.8.7\n" in made["CITATION.cff"]
    assert json.loads(made["frontend/package.json"])["version"] == "9.8.7"
    lock = json.loads(made["frontend/package-lock.json"])
    assert (lock["version"], lock["packages"][""]["version"]) == ("9.8.7", "9.8.7")
    assert made["frontend/package-lock.json"].count('"9.8.7"') == 2, "ours alone"
    assert "## Unreleased\n\n## 9.8.7 (2030-01-02)\n" in made["CHANGELOG.md"]
    assert made["tag"].startswith("Stable Regions Explorer 9.8.7\n\n- ")


def test_a_release_of_no_version_is_refused() -> None:
    with pytest.raises(ValueError, match="'next' is no version"):
        released("next")
