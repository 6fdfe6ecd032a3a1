"""Results in memory, in front of a store."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from stable_regions.store.base import Store
from stable_regions.store.recent import KEPT_SECONDS, RecentStore
from stable_regions.store.sqlite import SqliteStore
from store.contract import KEY, OTHER, StoreContract

MIB = 2**20


class TestRecent(StoreContract):
    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path) -> None:
        self.folder = tmp_path

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[tuple[Store, Store]]:
        first, second = (RecentStore(SqliteStore(self.folder / "a.sqlite", 100 * MIB), MIB) for _ in range(2))
        yield first, second
        await first.close()
        await second.close()


class Clock:
    """Seconds that pass when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Counting(SqliteStore):
    """Counts how often it is asked for a result."""

    fetched = 0

    async def fetch(self, key: str) -> bytes | None:
        self.fetched += 1
        return await super().fetch(key)


@pytest.fixture
async def behind(tmp_path: Path) -> AsyncIterator[Counting]:
    store = Counting(tmp_path / "a.sqlite", 100 * MIB)
    yield store
    await store.close()


async def test_what_was_asked_for_is_answered_from_memory_for_a_minute(behind: Counting) -> None:
    clock = Clock()
    store = RecentStore(behind, MIB, clock)
    await behind.put(KEY, b"x")
    assert [await store.fetch(KEY) for _ in range(3)] == [b"x"] * 3
    assert behind.fetched == 1
    assert await store.has([KEY, OTHER]) == {KEY}
    clock.now = KEPT_SECONDS
    assert await store.fetch(KEY) == b"x"
    assert behind.fetched == 2


async def test_what_is_put_is_there_at_once_and_in_the_store_behind(behind: Counting) -> None:
    store = RecentStore(behind, MIB)
    await store.put(KEY, b"x")
    assert await store.fetch(KEY) == b"x"
    assert behind.fetched == 0
    assert await behind.fetch(KEY) == b"x"


async def test_memory_is_bounded_and_the_least_recently_used_leaves(behind: Counting) -> None:
    store = RecentStore(behind, 1000)
    for name in "abcd":
        await store.put(name * 64, b"x" * 250)
    await store.fetch("a" * 64)
    await store.put("e" * 64, b"x" * 250)
    assert behind.fetched == 0
    await store.fetch("a" * 64)
    assert behind.fetched == 0
    await store.fetch("b" * 64)
    assert behind.fetched == 1
    assert store._bytes == sum(len(kept.file) for kept in store._files.values()) <= 1000


async def test_a_result_too_large_for_memory_is_fetched_from_behind(behind: Counting) -> None:
    store = RecentStore(behind, 1000)
    await store.put(KEY, b"x" * 251)
    assert await store.fetch(KEY) == b"x" * 251
    assert await store.fetch(KEY) == b"x" * 251
    assert behind.fetched == 2


async def test_what_is_not_there_is_asked_for_again(behind: Counting) -> None:
    store = RecentStore(behind, MIB)
    assert await store.fetch(KEY) is None
    await behind.put(KEY, b"late")
    assert await store.fetch(KEY) == b"late"
