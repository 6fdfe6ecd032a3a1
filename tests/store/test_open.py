"""Which store the settings name."""

from pathlib import Path

import pytest

from stable_regions.settings import Settings
from stable_regions.store.breaker import BreakerStore
from stable_regions.store.open import open_store
from stable_regions.store.shelter import ShelterStore


async def test_the_default_is_a_file_in_the_cache_folder(tmp_path: Path) -> None:
    store = open_store(Settings(cache_folder=tmp_path / "cache"))
    assert isinstance(store, ShelterStore)
    await store.close()
    assert (tmp_path / "cache" / "results.sqlite").exists()


async def test_a_url_names_redis_with_a_file_behind_it(tmp_path: Path) -> None:
    store = open_store(Settings(cache_folder=tmp_path, store="redis://127.0.0.1:9/0"))
    assert isinstance(store, BreakerStore)
    await store.close()


def test_another_word_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'mysql'; expected 'sqlite' or a redis:// URL"):
        open_store(Settings(cache_folder=tmp_path, store="mysql"))


async def test_a_cache_folder_that_cannot_be_made_is_replaced_by_a_temporary_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = open_store(Settings(cache_folder=tmp_path / "file" / "cache"))
    await store.put("a" * 64, b"x")
    assert await store.fetch("a" * 64) == b"x"
    await store.close()
