"""Shipped results in front of a store."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

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
