"""The lock holds what is declared; the wheel holds what the product needs, and nothing else."""

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def pinned() -> dict[str, str]:
    rows = (line.split(";")[0].strip() for line in LOCK.splitlines() if line and not line.startswith("#"))
    return dict(row.split("==") for row in rows)


def test_the_lock_holds_names_and_exact_versions_only():
    lines = [line for line in LOCK.splitlines() if not line.startswith("#")]
    assert len(lines) > 100
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9.-]+==[\w.]+(; .+)?", line)] == []


def test_the_lock_satisfies_what_the_project_declares():
    wanted = [
        *PROJECT["project"]["dependencies"],
        *PROJECT["dependency-groups"]["dev"],
        *PROJECT["build-system"]["requires"],
    ]
    pins = pinned()
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(pins[requirement.name], prereleases=True), requirement


def test_this_environment_is_the_locked_one():
    from importlib.metadata import version

    names = [Requirement(line).name for line in PROJECT["project"]["dependencies"]]
    different = {name: version(name) for name in names if version(name).split("+")[0] != pinned()[name]}
    assert different == {}


def test_every_package_of_the_page_is_pinned_exactly():
    package = json.loads((ROOT / "frontend" / "package.json").read_text())
    versions = {**package["dependencies"], **package["devDependencies"]}
    assert [name for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_public_names_are_those_of_the_package():
    import stable_regions

    assert {name for name in stable_regions.__all__ if not hasattr(stable_regions, name)} == set()
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = stable_regions.nothing


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(folder),
    ]
    said = subprocess.run([*build, str(ROOT)], capture_output=True, text=True, timeout=280, check=False)
    assert said.returncode == 0, said.stderr
    (file,) = folder.glob("*.whl")
    return zipfile.ZipFile(file)


@pytest.mark.slow
def test_the_wheel_has_the_page_the_models_and_their_results(wheel: zipfile.ZipFile):
    names = wheel.namelist()
    assert "stable_regions/web/index.html" in names
    assert any(name.startswith("stable_regions/web/assets/") and name.endswith(".js") for name in names)
    weights = [name for name in names if re.fullmatch(r"stable_regions/suites/[^/]+/step\d+/model\.safetensors", name)]
    assert len(weights) >= 5 * 12
    assert any(name.startswith("stable_regions/suites/results/") for name in names)
    assert "stable_regions/py.typed" in names


@pytest.mark.slow
def test_the_wheel_has_nothing_that_it_need_not_have(wheel: zipfile.ZipFile):
    names = wheel.namelist()
    assert {name.partition("/")[0] for name in names} <= {
        "stable_regions",
        next(n for n in names if "dist-info" in n).partition("/")[0],
    }
    assert not [name for name in names if "node_modules" in name or "__pycache__" in name or name.endswith(".ts")]
    assert sum(info.compress_size for info in wheel.infolist()) < 80 * 2**20


@pytest.mark.slow
def test_the_wheel_gives_the_command(wheel: zipfile.ZipFile):
    (entry,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    assert "stable-regions = stable_regions.cli:app" in wheel.read(entry).decode()


def test_the_version_stands_in_one_place():
    import stable_regions

    assert stable_regions.__version__ == PROJECT["project"]["version"]
    quoted = re.compile(rf"[\"']{re.escape(PROJECT['project']['version'])}[\"']")
    sources = [path for path in (ROOT / "backend").rglob("*.py") if quoted.search(path.read_text())]
    assert sources == [], "the package's metadata is the only copy"
