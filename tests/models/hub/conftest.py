"""The real hub client in this process and in those it starts, against a stand-in on loopback."""

from collections.abc import Callable
from pathlib import Path

import pytest

from stable_regions.models.catalogue import Catalogue
from stable_regions.settings import Settings

Make = Callable[..., Catalogue]


@pytest.fixture
def make(home: Path, tmp_path: Path) -> Make:
    """Catalogues of processes one after another: they share the cache folder and nothing else."""

    def made(**fields: object) -> Catalogue:
        given: dict[str, object] = {"cache_folder": tmp_path / "cache", "device": "cpu", "threads": 1}
        return Catalogue(Settings.model_validate(given | fields))

    return made
