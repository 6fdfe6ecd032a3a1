"""What must never be imported where; checked in fresh interpreters and in the sources. (The web process: tests/app.)"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SLOW = ("torch", "transformers", "transformer_lens", "plotly", "pandas")


def loaded_by(code: str) -> set[str]:
    """Top-level modules that a fresh interpreter has after running some code."""
    show = "import sys; print(*{name.partition('.')[0] for name in sys.modules})"
    said = subprocess.run([sys.executable, "-c", f"{code}\n{show}"], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    return set(said.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "code",
    [
        "import stable_regions",
        "from stable_regions import AnimationRequest, Client, PointRequest, Settings, SliceRequest, compute",
        "from stable_regions import CurveRequest, LineRequest, MeaningRequest, StudyCellRequest, StudyRequest, SweepRequest",
        "from stable_regions.models.resolve import resolve; from stable_regions.suites.presets import rows",
        "import stable_regions.cli",
        "from stable_regions.answers import table; from stable_regions.pictures import image, film",
    ],
)
def test_what_starts_quickly_imports_no_torch(code: str):
    assert loaded_by(code) & set(SLOW) == set()


def test_torch_would_be_seen_if_it_were_imported():
    assert "torch" in loaded_by("import stable_regions.maths.plane")


def test_help_starts_no_server_and_loads_no_pictures():
    loaded = loaded_by("from stable_regions.cli import app\ntry: app(['render', '--help'])\nexcept SystemExit: pass")
    assert loaded & {"uvicorn", "fastapi", "av", "PIL"} == set()


def importing(name: str, folder: Path, suffixes: tuple[str, ...]) -> set[str]:
    """Files under a folder with an import of a package."""
    pattern = re.compile(rf"""^\s*(?:from|import)\b.*?\b{name}\b|from\s+["']{name}|import\(["']{name}""", re.MULTILINE)
    files = (path for path in folder.rglob("*") if path.suffix in suffixes)
    return {path.relative_to(folder).as_posix() for path in files if pattern.search(path.read_text())}


def test_only_plot_knows_plotly_on_the_page():
    files = importing("plotly.js", ROOT / "frontend" / "src", (".ts", ".tsx"))
    assert files
    assert {path.partition("/")[0] for path in files} == {"plot"}


def test_nothing_is_pickled():
    backend = ROOT / "backend" / "stable_regions"
    assert importing("pickle", backend, (".py",)) == set()
    loading = re.compile(r"torch\.load\(.*")
    found = {path.name: loading.findall(path.read_text()) for path in backend.rglob("*.py")}
    # The state of an interrupted training is a person's own file, and is read as tensors only.
    trainers = found.pop("train.py") + found.pop("process_train.py")
    assert all("weights_only=True" in call for call in trainers)
    assert {name: calls for name, calls in found.items() if calls} == {}


def test_only_settings_reads_the_environment():
    backend = ROOT / "backend" / "stable_regions"
    reads = re.compile(r"os\.(environ\[|environ\.get|getenv)")
    assert [path.name for path in backend.rglob("*.py") if reads.search(path.read_text())] == []
