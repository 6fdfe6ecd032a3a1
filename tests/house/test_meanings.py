"""One word, one meaning: names that are exported by more than one file, with different meanings, are counted and may not grow."""

import ast
import re
import subprocess
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]

EXEMPT: dict[str, str] = {
    "compute": "every analysis' own answer, by the contract of a folder; and the public function that asks for one",
    "table": "every analysis' own table, by the contract of a folder",
    "chart": "every analysis' own chart, by the contract of a folder; and the function that asks for it",
    "figure": "every analysis' own figure, by the contract of a folder; and the function that asks for it",
    "picture": "every analysis' own picture, by the contract of a folder; and the picture of a slice",
    "film": "an analysis' own film, by the contract of a folder",
    "units": "what each array of an analysis' own result is",
    "router": "each resource's routes, as FastAPI calls them",
    "log": "each module's own logger, as logging calls it",
    "main": "what a script does when it is run",
    "keys": "each room's own table of keys, by the contract of a room",
    "FIRST": "what each room shows where its link says nothing, by the contract of a room",
    "csv": "the file of that kind: of what each room shows, and how one is written",
    "png": "the file of that kind: of what each room shows, and how one is written",
    "gif": "the file of that kind: of what each room shows, and how one is written",
    "npz": "the file of that kind: of what each room shows, and how one is written",
    "python": "the program that asks for what each room shows",
}
"""Names that several files must bear, with the reason."""

HANDLERS = ("backend/stable_regions/routes/", "backend/stable_regions/cli/")
"""Folders whose functions are named after what is asked of them, and are called by nobody else."""

MOST = {"py": 60, "ts": 106}
"""As many as there are now; only ever lowered."""


def names_of(file: Path) -> set[str]:
    """What a file defines for others: functions, classes and types without a leading underscore; no constants."""
    text = file.read_text()
    if file.suffix != ".py":
        found = re.findall(r"^export (?:async )?(?:function|const|class|interface|type|enum) (\w+)", text, re.MULTILINE)
        return set(found)
    names: set[str] = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return {name for name in names if not name.startswith("_") and not name.isupper()}


def shared(*patterns: str) -> dict[str, list[str]]:
    """Names that more than one file exports, with the files; a test's own names are nobody else's."""
    listed = subprocess.run(["git", "ls-files", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    homes: dict[str, list[str]] = defaultdict(list)
    for file in listed.stdout.split():
        if ".test." in file or ".gen." in file or not (ROOT / file).is_file():
            continue
        if file.startswith(HANDLERS):
            continue
        for name in names_of(ROOT / file):
            homes[name].append(file)
    return {name: files for name, files in sorted(homes.items()) if len(files) > 1 and name not in EXEMPT}


def test_few_names_of_the_server_have_two_meanings() -> None:
    found = shared("backend/*.py")
    assert len(found) <= MOST["py"], found


def test_few_names_of_the_page_have_two_meanings() -> None:
    found = shared("frontend/src/*.ts", "frontend/src/*.tsx")
    assert len(found) <= MOST["ts"], found


def test_an_exemption_that_is_no_longer_needed_is_removed() -> None:
    patterns = ["backend/*.py", "frontend/src/*.ts", "frontend/src/*.tsx"]
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    every = [name for file in listed.stdout.split() if (ROOT / file).is_file() for name in names_of(ROOT / file)]
    assert [name for name in EXEMPT if every.count(name) < 2 and name != "main"] == []
