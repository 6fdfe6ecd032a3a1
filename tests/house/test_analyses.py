"""A folder of an analysis is complete: documented, in the glossary, exported, shape-checked, independent, with an oracle test."""

import ast
import re
from pathlib import Path

import pytest

import stable_regions
from shapes import modules
from stable_regions.analyses import NAMES, OWN
from stable_regions.pictures.show import Absent, Show

ROOT = Path(__file__).parents[2]
FOLDERS = ROOT / "backend" / "stable_regions" / "analyses"

TESTED_AS: dict[str, str] = {"study_cell": "test_study.py"}
"""Analyses whose oracle test stands beside another's, with its file."""


def test_every_folder_is_a_row_and_every_row_a_folder() -> None:
    assert {path.parent.name for path in FOLDERS.glob("*/schema.py")} == set(NAMES)
    assert {path.parent.name for path in FOLDERS.glob("*/compute.py")} == set(NAMES)
    assert {path.parent.name for path in FOLDERS.glob("*/show.py")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_is_complete(name: str) -> None:
    request = OWN[name].request
    words = name.replace("_", " ").title().replace(" ", "")
    assert request.__name__ == f"{words}Request", "so that the page can write it as Python"
    assert "Result" in (request.__doc__ or ""), "its docstring says what the result's arrays are"
    lacking = [field for field, said in request.model_fields.items() if field not in UNSAID and not said.description]
    assert lacking == [], "every field has a description"
    assert request.__name__ in stable_regions.__all__
    assert f"import {request.__name__} as" in (ROOT / "backend" / "stable_regions" / "__init__.pyi").read_text()
    assert f"stable_regions.analyses.{name}.compute" in modules(), "its shapes are checked in tests"
    assert (ROOT / "tests" / "analyses" / TESTED_AS.get(name, f"test_{name}.py")).is_file(), "an oracle test"
    assert re.search(rf"^from .* import {request.__name__}|\b{request.__name__}\b", glossary()), (
        "a word of the glossary"
    )
    assert documented(name), "a page of docs names it"


def test_every_file_of_an_analysis_that_says_shapes_is_checked() -> None:
    says = {path for path in FOLDERS.glob("*/*.py") if "jaxtyping" in path.read_text()}
    names = {f"stable_regions.analyses.{path.parent.name}.{path.stem}" for path in says}
    assert names
    assert names - set(modules()) == set()


UNSAID = ("analysis", "model", "request", "slice", "regions", "revisions", "alpha", "beta", "contexts")
"""Fields whose type says it all."""


@pytest.mark.parametrize("name", NAMES)
def test_what_is_absent_says_why(name: str) -> None:
    show = OWN[name].show
    assert isinstance(show, Show)
    for kind in (show.table, show.chart, show.picture, show.film, show.figure):
        if isinstance(kind, Absent):
            assert re.fullmatch(r"[A-Z].{10,}\.", kind.why)


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_imports_no_other_ones_computation(name: str) -> None:
    found: set[str] = set()
    for file in (FOLDERS / name).glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module)
    others = {one for one in found if re.fullmatch(r"stable_regions\.analyses\.\w+\.(compute|show)", one)}
    assert {one for one in others if f".{name}." not in one} == set()


def glossary() -> str:
    return (ROOT / "docs" / "glossary.md").read_text()


def documented(name: str) -> bool:
    """Whether a page of the documents names the analysis as it is written on the wire."""
    return any(re.search(rf'[`"]{name}[`"]', page.read_text()) for page in (ROOT / "docs").rglob("*.md"))
