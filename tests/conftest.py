"""What many tests share: tiny models on disk, and settings that point at temporary folders."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shapes import check_shapes

check_shapes()  # before anything of the package is imported

import hub_models
from apart import constants
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.model_cache import ModelCache
from stable_regions.settings import Settings
from stand_in import Hub, stand_in
from tiny import write_model


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder: `tiny-neox` with three checkpoints, `tiny-gpt2` with one."""
    folder = tmp_path_factory.mktemp("models")
    write_model(folder / "tiny-neox", revisions=("step0", "step8", "step16-tokens2K"))
    write_model(folder / "tiny-gpt2", "gpt2")
    return folder


@pytest.fixture
def make_settings(tmp_path: Path, tiny_folder: Path) -> Callable[..., Settings]:
    """Settings of a server that knows the bundled suites and the tiny models, keeps its cache apart, and is offline."""

    def make(**fields: object) -> Settings:
        given: dict[str, object] = {
            "cache_folder": tmp_path / "cache",
            "model_folders": (tiny_folder,),
            "offline": True,
            "device": "cpu",
            "threads": 1,
        }
        return Settings.model_validate(given | fields)

    return make


@pytest.fixture
def settings(make_settings: Callable[..., Settings]) -> Settings:
    return make_settings()


@pytest.fixture
def catalogue(settings: Settings) -> Catalogue:
    return Catalogue(settings)


@pytest.fixture
def models(catalogue: Catalogue, settings: Settings) -> Iterator[ModelCache]:
    made = ModelCache(catalogue, settings)
    yield made
    made.close()


@pytest.fixture(scope="session")
def repositories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Repositories for the stand-in of the hub."""
    return hub_models.repositories(tmp_path_factory.mktemp("repositories"))


@pytest.fixture
def hub(repositories: Path) -> Iterator[Hub]:
    """The stand-in; as it should be until a test spoils something."""
    with stand_in(repositories, frozenset({hub_models.GATED})) as served:
        yield served


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
