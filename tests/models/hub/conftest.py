"""The real hub client in this process and in those it starts, against a stand-in on loopback."""

from collections.abc import Callable
from pathlib import Path

import pytest
from huggingface_hub import constants

import hub_models
from stable_regions.models.catalogue import Catalogue
from stable_regions.settings import Settings
from stand_in import Hub

Make = Callable[..., Catalogue]


@pytest.fixture
def home(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The client's own folder; what it read from the environment at import is put right."""
    home = tmp_path / "home"
    for name, value in hub_models.environment(hub, home).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(constants, "ENDPOINT", hub.url)
    monkeypatch.setattr(
        constants, "HUGGINGFACE_CO_URL_TEMPLATE", f"{hub.url}/{{repo_id}}/resolve/{{revision}}/{{filename}}"
    )
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(home / "hub"))
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(home / "token"))
    monkeypatch.delenv("HF_TOKEN", raising=False)
    return home


@pytest.fixture
def make(home: Path, tmp_path: Path) -> Make:
    """Catalogues of processes one after another: they share the cache folder and nothing else."""

    def made(**fields: object) -> Catalogue:
        given: dict[str, object] = {"cache_folder": tmp_path / "cache", "device": "cpu", "threads": 1}
        return Catalogue(Settings.model_validate(given | fields))

    return made
