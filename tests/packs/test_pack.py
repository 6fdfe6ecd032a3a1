"""Packs as folders, made by the command and read back."""

import gzip
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from stable_regions.cli import app
from stable_regions.packs.folder import MARK, page_of
from stable_regions.packs.manifest import Manifest
from stable_regions.schemas.result import Result as File

Shell = Callable[..., Result]

SMALL = "#v=1&model=facts-4l&step=step16&revs=step0,step16&layer=1&n=9&exact=1"


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Shell:
    monkeypatch.setenv("STABLE_REGIONS_CACHE_FOLDER", str(tmp_path / "cache"))
    monkeypatch.setenv("STABLE_REGIONS_OFFLINE", "true")
    monkeypatch.setenv("STABLE_REGIONS_DEVICE", "cpu")
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, ["pack", *words], prog_name="stable-regions")

    return run


def manifest(folder: str) -> Manifest:
    return Manifest.model_validate_json((Path(folder) / "pack" / "manifest.json").read_bytes())


@pytest.fixture
def page():
    from stable_regions.routes.page import WEB

    if not (WEB / "index.html").is_file():
        pytest.fail("The page is not built. Run: make page")


@pytest.mark.usefixtures("page")
def test_a_pack_holds_every_result_of_its_views_under_its_own_key(shell: Shell):
    done = shell(SMALL, f"{SMALL}&line=BC", "-o", "site", "--title", "Two views")
    assert done.exit_code == 0, done.output
    assert "2 of 2 views complete" in done.output
    found = manifest("site")
    assert found.title == "Two views"
    assert [len(view.keys) for view in found.views] == [3, 6]  # a film and its two frames; and a sweep of two lines
    for key, said in found.results.items():
        stored = (Path("site/pack/results") / f"{key}.srz").read_bytes()
        file = gzip.decompress(stored)
        assert (len(stored), len(file), hashlib.sha256(file).hexdigest()) == (said.stored, said.bytes, said.sha256)
        assert File.from_bytes(file).metadata["key"] == key
    assert MARK in Path("site/index.html").read_text()
    assert {answer.key for answer in found.answers} == set(found.results)
    presets = json.loads(Path("site/pack/catalogue.json").read_text())["presets"]
    assert presets == []


@pytest.mark.usefixtures("page")
def test_a_story_that_says_what_its_views_ask_is_packed_as_it_says(shell: Shell):
    model = {"name": "facts-4l", "revision": "step16"}
    prompts = ["The capital of France is", "The capital of Japan is", "The capital of Peru is"]
    line = {"analysis": "line", "model": model, "prompts": prompts, "write_layer": 1, "ends": ["B", "C"], "steps": 9}
    story = {
        "format": "stable-regions-story",
        "version": 1,
        "title": "Lines",
        "views": [
            {"link": "#v=1&room=compare", "title": "One", "notes": "Say it", "requests": [line]},
        ],
    }
    Path("story.json").write_text(json.dumps(story))
    done = shell("story.json")
    assert done.exit_code == 0, done.output
    found = manifest("site")
    assert (found.title, found.views[0].title, found.views[0].notes) == ("Lines", "One", "Say it")
    assert len(found.views[0].keys) == 1


@pytest.mark.usefixtures("page")
def test_a_pack_is_made_again_over_itself_and_over_nothing_else(shell: Shell):
    assert shell(SMALL, "-o", "site").exit_code == 0
    assert shell(f"{SMALL}&d=l2", "-o", "site").exit_code == 0
    assert len(list(Path("site/pack/results").iterdir())) == 3
    Path("mine").mkdir()
    Path("mine/thesis.tex").write_text("years")
    refused = shell(SMALL, "-o", "mine")
    assert refused.exit_code == 2
    assert "holds something that is no pack" in refused.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Name views to pack"),
        (("nowhere.json",), "is neither a link"),
        (("#v=1&model=nobody",), "nobody"),
        (("#v=1&room=compare",), "does not say what it asks"),
        ((SMALL, "-o", "talk.pptx"), "has the suffix of no pack"),
    ],
)
def test_what_cannot_be_packed_is_refused_in_words(shell: Shell, words: tuple[str, ...], said: str):
    refused = shell(*words)
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_page_of_another_version_is_refused():
    with pytest.raises(ValueError, match="another version"):
        page_of("<html></html>")
