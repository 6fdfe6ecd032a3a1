"""What the documents say is true: generated tables are current, links lead somewhere, commands exist."""

import re
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def tracked(*patterns: str) -> list[Path]:
    """Files that git knows or would take, so that a checkout's own rubbish is left out."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def documents() -> ModuleType:
    spec = spec_from_file_location("documents", ROOT / ".ci" / "documents.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["settings", "commands", "routes"])
def test_generated_tables_are_current(name: str):
    path, make = documents().GENERATED[name]
    page = path.read_text()
    assert documents().renewed(page, name, make()) == page, f"{path.name} is out of date: run `make docs`"


def test_every_setting_is_documented():
    from stable_regions.settings import Settings

    page = (ROOT / "docs" / "settings.md").read_text()
    assert [name for name in Settings.model_fields if f"STABLE_REGIONS_{name.upper()}" not in page] == []


def test_every_command_is_documented():
    from stable_regions.cli import app

    page = (ROOT / "docs" / "cli.md").read_text()
    commands = [row.callback.__name__ for row in app.registered_commands if row.callback and not row.hidden]
    assert commands
    assert [name for name in commands if f"## `stable-regions {name}`" not in page] == []


def broken(path: Path, text: str) -> list[str]:
    """Relative links of a page that lead nowhere."""
    without_code = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)\s]+)\)", without_code)
    local = (target.partition("#")[0] for target in targets if not re.match(r"[a-z]+:", target))
    return [target for target in local if target and not (path.parent / target).exists()]


def test_every_relative_link_leads_somewhere():
    pages = tracked("*.md")
    assert len(pages) > 10
    assert {str(page.relative_to(ROOT)): lost for page in pages if (lost := broken(page, page.read_text()))} == {}


def test_a_broken_link_would_be_found():
    assert broken(ROOT / "README.md", "[a](no/such.md) [b](https://x.org) [c](LICENSE#x)") == ["no/such.md"]


def test_the_commands_of_the_documents_are_in_the_makefile():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        word
        for page in tracked("*.md")
        for word in re.findall(r"(?:`|^|\n)(?:PORT=\d+ )?make ([a-z][a-z-]*)", page.read_text())
    }
    assert {"run", "test"} <= named
    assert named - targets == set()


def test_every_command_of_the_makefile_says_what_it_does():
    said = subprocess.run(["make", "--silent"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in ("run", "test", "quick", "check", "golden", "api", "bench", "docs"):
        assert re.search(rf"^  {name} +\S", said, re.MULTILINE), name


def test_the_shell_commands_of_the_readme_exist():
    from stable_regions.cli import app
    from stable_regions.suites.presets import rows

    commands = {row.callback.__name__ for row in app.registered_commands if row.callback}
    assert set(re.findall(r"^stable-regions (\w+)", README, re.MULTILINE)) <= commands
    pages = README + (ROOT / "docs" / "cli.md").read_text()
    assert set(re.findall(r"--preset ([\w-]+)", pages)) <= {row.name for row in rows()}


@pytest.mark.slow
def test_the_python_of_the_readme_runs_as_it_stands():
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    quiet = code.replace(".show()", ".to_dict()")
    said = subprocess.run([sys.executable, "-c", quiet], capture_output=True, text=True, timeout=240, check=False)
    assert said.returncode == 0, said.stderr


def test_the_changelog_has_a_place_for_what_is_new():
    assert re.search(r"^## Unreleased$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)


def test_one_version_everywhere():
    import json
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert json.loads((ROOT / "frontend" / "package.json").read_text())["version"] == project


PRIVATE = re.compile("|".join(["(?<![\\w.~-])/" + name + "/" for name in ("work", "root", "Users", "home")]))
"""Absolute paths of somebody's machine."""


def private(text: str) -> list[str]:
    return [line for line in text.splitlines() if PRIVATE.search(line)]


def test_no_file_names_a_path_of_somebodys_machine():
    texts = tracked(
        "*.py", "*.ts", "*.tsx", "*.md", "*.toml", "*.json", "*.yml", "*.lock", "Makefile", "Dockerfile", ".ci/*"
    )
    found = {str(path.relative_to(ROOT)): lines[:3] for path in texts if (lines := private(path.read_text()))}
    assert found == {}


def test_such_a_path_would_be_found():
    assert private("see /" + "root/x")
    assert not private("https://example.org/work/x and src/home/y")
