"""The command line as a person uses it: exit code and words, with the tiny models in a folder."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from stable_regions.cli import app

Shell = Callable[..., Result]


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tiny_folder: Path) -> Shell:
    """Runs `stable-regions` with some words, in an empty folder."""
    monkeypatch.setenv("STABLE_REGIONS_MODEL_FOLDERS", f'["{tiny_folder}"]')
    monkeypatch.setenv("STABLE_REGIONS_CACHE_FOLDER", str(tmp_path / "cache"))
    monkeypatch.setenv("STABLE_REGIONS_OFFLINE", "true")
    monkeypatch.setenv("STABLE_REGIONS_DEVICE", "cpu")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()

    def run(*words: str, stdin: str | None = None) -> Result:
        return runner.invoke(app, words, input=stdin, prog_name="stable-regions")

    return run
