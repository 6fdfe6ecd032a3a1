"""A disk that takes nothing costs what is remembered, never an answer."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from stable_regions.schemas.events import Estimate
from stable_regions.service.log import Asked, Log, Unwanted
from stable_regions.store.base import Store, StoreDown
from stable_regions.store.memory import MemoryStore
from stable_regions.store.shelter import ShelterStore
from stable_regions.store.sqlite import SqliteStore
from store.contract import KEY, OTHER, StoreContract

MIB = 2**20


class TestMemory(StoreContract):
    @asynccontextmanager
    async def opened(self) -> AsyncIterator[tuple[Store, Store]]:
        store = MemoryStore(MIB * 100)
        yield store, store


class TestShelterWithADisk(StoreContract):
    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path) -> None:
        self.path = tmp_path / "a.sqlite"

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[tuple[Store, Store]]:
        stores = [ShelterStore(SqliteStore(self.path, 100 * MIB), MemoryStore(MIB)) for _ in range(2)]
        yield stores[0], stores[1]
        for store in stores:
            await store.close()


class TestShelterWithoutADisk(StoreContract):
    """Nothing can be written where the file should lie."""

    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path) -> None:
        (tmp_path / "a.sqlite").mkdir()
        self.path = tmp_path / "a.sqlite"

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[tuple[Store, Store]]:
        store = ShelterStore(SqliteStore(self.path, 100 * MIB), MemoryStore(100 * MIB))
        yield store, store
        await store.close()


async def fill(store: SqliteStore) -> None:
    """From now on the disk is full: SQLite may not take another page."""

    def limit(db: sqlite3.Connection) -> None:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages}")

    await asyncio.get_running_loop().run_in_executor(store._writer, lambda: limit(store._file._connection()))


@pytest.fixture
async def full(tmp_path: Path) -> AsyncIterator[tuple[SqliteStore, ShelterStore]]:
    disk = SqliteStore(tmp_path / "a.sqlite", 100 * MIB)
    store = ShelterStore(disk, MemoryStore(MIB))
    await store.put(KEY, b"from before")
    yield disk, store
    await store.close()


async def test_a_full_disk_is_a_store_that_is_down(full: tuple[SqliteStore, ShelterStore]) -> None:
    disk, _ = full
    await fill(disk)
    with pytest.raises(StoreDown, match="full"):
        await disk.put(OTHER, bytes(10**6))


async def test_with_a_full_disk_everything_goes_on_and_what_was_there_is_read(
    full: tuple[SqliteStore, ShelterStore],
) -> None:
    disk, store = full
    await fill(disk)
    await store.put(OTHER, bytes(10**6))
    assert await store.fetch(OTHER) == bytes(10**6)
    assert await store.has([KEY, OTHER]) == {KEY, OTHER}
    assert await store.fetch(KEY) == b"from before"


@pytest.mark.parametrize("asks", ["lease", "append", "forget"])
async def test_what_cannot_be_written_is_kept_in_memory(
    full: tuple[SqliteStore, ShelterStore], monkeypatch: pytest.MonkeyPatch, asks: str
) -> None:
    disk, store = full

    async def down(*_: object) -> None:
        raise StoreDown("database or disk is full")

    monkeypatch.setattr(disk, asks, down)
    assert await store.lease(OTHER, "me", 60)
    assert not await store.lease(OTHER, "you", 60)
    await store.append(OTHER, b"1")
    await store.forget(OTHER)
    await store.append(OTHER, b"2")
    assert [event for _, event in await store.read(OTHER, "", 0)] == [b"2"]


async def test_a_log_that_moves_takes_what_was_said_along(
    full: tuple[SqliteStore, ShelterStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    disk, store = full
    log, asked = Log(store, OTHER), Asked(request="{}", estimate=Estimate(points=1, passes=1, seconds=None))
    await log.add(asked)

    async def down(*_: object) -> str:
        raise StoreDown("database or disk is full")

    append: Callable[..., Awaitable[str]] = down
    monkeypatch.setattr(disk, "append", append)
    await log.add(Unwanted())
    assert [line.said for _, line in await log.read("")] == [asked, Unwanted()]
