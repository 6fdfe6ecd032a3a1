"""What the page learns first."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from stable_regions.analyses import REQUEST
from stable_regions.models.catalogue import Catalogue
from stable_regions.routes.catalogue import Document
from stable_regions.settings import Settings
from stable_regions.suites import presets


async def test_the_catalogue_names_models_distances_and_resolutions(http: httpx.AsyncClient) -> None:
    catalogue = (await http.get("/api/v1/catalogue")).json()
    assert set(catalogue) == {
        "models", "families", "hub", "distances", "resolutions", "presets", "default", "studies", "comparisons", "paper",
        "version",
    }  # fmt: skip
    models = {model["name"]: model for model in catalogue["models"]}
    assert [r["revision"] for r in models["tiny-neox"]["revisions"]] == ["step0", "step8", "step16-tokens2K"]
    assert {d["name"] for d in catalogue["distances"]} == {"l2", "hellinger", "tv", "js", "cosine"}
    assert catalogue["resolutions"] == [9, 17, 33, 65, 129, 257, 513]


async def test_the_catalogue_says_what_the_server_does_with_the_hub(http: httpx.AsyncClient) -> None:
    hub = (await http.get("/api/v1/catalogue")).json()["hub"]
    assert "EleutherAI/*" in hub["allowed"]
    assert hub["keep"] == "keep"
    assert isinstance(hub["offline"], bool)


async def test_the_first_view_and_every_preset_can_be_asked(http: httpx.AsyncClient) -> None:
    catalogue = (await http.get("/api/v1/catalogue")).json()
    assert catalogue["presets"]
    for request in [catalogue["default"], *(preset["request"] for preset in catalogue["presets"])]:
        assert REQUEST.validate_python(request, strict=False).analysis == "animation"


async def test_whoever_has_the_catalogue_is_told_so_and_no_preset_is_resolved_again(
    http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await http.get("/api/v1/catalogue")

    def refused(*_: object) -> None:
        raise AssertionError("resolved again")

    monkeypatch.setattr(presets, "resolve", refused)
    again = await http.get("/api/v1/catalogue", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "no-cache"
    assert (await http.get("/api/v1/catalogue")).content == first.content


async def test_a_model_that_comes_changes_or_goes_is_another_catalogue(
    make_settings: Callable[..., Settings], tiny_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    listed = Catalogue(make_settings(model_folders=(folder,)))
    document = Document(listed, listed.settings)

    def models() -> set[str]:
        return {model["name"] for model in json.loads(document.body().plain)["models"]}

    without, before = document.body().digest, models()
    shutil.copytree(tiny_folder / "tiny-gpt2", folder / "mine")
    assert models() == before | {"mine"}
    came = document.body().digest
    shutil.copytree(tiny_folder / "tiny-neox" / "step8", folder / "mine" / "step8")
    assert document.body().digest not in (without, came)
    shutil.rmtree(folder / "mine")
    assert document.body().digest == without
