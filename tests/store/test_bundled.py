"""Shipped results in front of a store."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from stable_regions.store import checksums
from stable_regions.store.base import Store
from stable_regions.store.bundled import BundledStore
from stable_regions.store.sqlite import SqliteStore
from store.contract import KEY, OTHER, StoreContract

MIB = 2**20


class TestBundled(StoreContract):
    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path) -> None:
        self.folder = tmp_path

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[tuple[Store, Store]]:
        path = self.folder / "a.sqlite"
        first, second = (BundledStore(SqliteStore(path, 100 * MIB), self.folder / "none") for _ in range(2))
        yield first, second
        await first.close()
        await second.close()


async def test_a_shipped_result_is_there_from_the_start(tmp_path: Path) -> None:
    (tmp_path / f"{KEY}.safetensors").write_bytes(b"shipped")
    behind = SqliteStore(tmp_path / "a.sqlite", MIB)
    store = BundledStore(behind, tmp_path)
    assert await store.fetch(KEY) == b"shipped"
    assert await store.has([KEY, OTHER]) == {KEY}
    await store.put(KEY, b"shipped")
    assert await behind.has([KEY]) == set()
    await store.close()


async def test_a_shipped_result_that_was_damaged_is_absent_and_made_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shipped = tmp_path / "results"
    shipped.mkdir()
    for key in (KEY, OTHER):
        (shipped / f"{key}.safetensors").write_bytes(b"shipped")
    checksums.write(shipped)
    assert checksums.damaged(shipped) == []
    (shipped / f"{KEY}.safetensors").write_bytes(b"shippeD")
    assert checksums.damaged(shipped) == [KEY]
    for first in ("has", "fetch"):  # whichever is asked first, both agree
        store = BundledStore(SqliteStore(tmp_path / f"{first}.sqlite", MIB), shipped)
        if first == "has":
            assert await store.has([KEY, OTHER]) == {OTHER}
        assert await store.fetch(KEY) is None
        assert await store.has([KEY, OTHER]) == {OTHER}
        assert await store.fetch(OTHER) == b"shipped"
        assert store.spoiled == 1
        await store.put(KEY, b"made anew")
        assert await store.fetch(KEY) == b"made anew"
        await store.close()
    assert "damaged" in caplog.text
