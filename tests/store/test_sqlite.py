"""The store in a file."""

import asyncio
import os
import sqlite3
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from patience import PATIENCE
from stable_regions.store import sqlite
from stable_regions.store.base import Store
from stable_regions.store.sqlite import SqliteStore
from store.contract import KEY, OTHER, StoreContract

MIB = 2**20


class TestSqlite(StoreContract):
    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path) -> None:
        self.path = tmp_path / "new folder" / "results.sqlite"

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[tuple[Store, Store]]:
        first, second = SqliteStore(self.path, 100 * MIB), SqliteStore(self.path, 100 * MIB)
        yield first, second
        await first.close()
        await second.close()


async def test_results_survive_a_restart(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "a.sqlite", MIB)
    await store.put(KEY, b"kept")
    await store.close()
    store = SqliteStore(tmp_path / "a.sqlite", MIB)
    assert await store.fetch(KEY) == b"kept"
    await store.close()


async def test_the_least_recently_used_leave_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "STAMP_SECONDS", 0.0)
    store = SqliteStore(tmp_path / "a.sqlite", 1000)
    for n in range(9):
        await store.put(f"{n}", bytes(100))
    assert await store.fetch("0") is not None
    await store.put("9", bytes(100))
    await store.put("10", bytes(100))
    assert await store.has([str(n) for n in range(11)]) == {"0", *(str(n) for n in range(3, 11))}
    await store.close()


async def test_a_result_larger_than_the_limit_is_kept_until_the_next(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "a.sqlite", 1000)
    await store.put(KEY, bytes(5000))
    assert await store.has([KEY]) == {KEY}
    await store.put(OTHER, bytes(10))
    assert await store.has([KEY, OTHER]) == {OTHER}
    await store.close()


async def test_fetching_stamps_at_most_once_a_minute(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "a.sqlite", MIB)
    await store.put(KEY, b"x")
    with sqlite3.connect(tmp_path / "a.sqlite") as db:
        await store.fetch(KEY)
        (version,) = db.execute("PRAGMA data_version").fetchone()
        for _ in range(5):
            await store.fetch(KEY)
        assert db.execute("PRAGMA data_version").fetchone() == (version,)
    db.close()
    await store.close()


async def test_old_logs_leave_and_young_ones_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = SqliteStore(tmp_path / "a.sqlite", MIB)
    await store.append("old", b"x")
    await store.append("young", b"x")
    with sqlite3.connect(tmp_path / "a.sqlite") as db:
        db.execute("UPDATE events SET at = at - 601 WHERE stream = 'old'")
    db.close()
    monkeypatch.setattr(sqlite, "STAMP_SECONDS", 0.0)
    await store.append("third", b"x")
    assert await store.read("old", "", 0) == []
    assert len(await store.read("young", "", 0)) == 1
    await store.close()


@pytest.mark.parametrize(
    "garbage", [b"this is not a database, and it is long enough to be read as one" * 99, b"\0" * 10]
)
async def test_a_damaged_file_is_moved_aside(tmp_path: Path, garbage: bytes) -> None:
    path = tmp_path / "a.sqlite"
    path.write_bytes(garbage)
    store = SqliteStore(path, MIB)
    await store.put(KEY, b"x")
    assert await store.fetch(KEY) == b"x"
    await store.close()
    assert (tmp_path / "a.damaged").read_bytes() == garbage


async def test_a_file_of_another_layout_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE results (something TEXT)")
        db.execute("PRAGMA user_version = 77")
    db.close()
    store = SqliteStore(path, MIB)
    await store.put(KEY, b"x")
    assert await store.fetch(KEY) == b"x"
    await store.close()


def spoil(path: Path, key: str) -> None:
    """Turn one bit of a stored value, as a disk does."""
    with sqlite3.connect(path) as db:
        (value,) = db.execute("SELECT file FROM results WHERE key = ?", (key,)).fetchone()
        db.execute("UPDATE results SET file = ? WHERE key = ?", (value[:-1] + bytes([value[-1] ^ 1]), key))
    db.close()


@pytest.mark.parametrize("first", ["has", "fetch"])
async def test_a_value_with_a_turned_bit_is_absent_removed_counted_and_made_anew(tmp_path: Path, first: str) -> None:
    path = tmp_path / "a.sqlite"
    store = SqliteStore(path, MIB)
    await store.put(KEY, b"a result")
    await store.close()
    spoil(path, KEY)
    store = SqliteStore(path, MIB)
    if first == "has":
        assert await store.has([KEY]) == set()
    assert await store.fetch(KEY) is None
    assert await store.has([KEY]) == set()
    assert store.spoiled == 1
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT COUNT(*) FROM results").fetchone() == (0,)
    db.close()
    await store.put(KEY, b"a result")
    assert await store.fetch(KEY) == b"a result"
    await store.close()


async def test_a_value_that_was_whole_and_is_turned_later_is_noticed_too(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "a.sqlite", MIB)
    await store.put(KEY, b"a result")
    assert await store.has([KEY]) == {KEY}
    spoil(tmp_path / "a.sqlite", KEY)
    assert await store.fetch(KEY) is None
    assert await store.has([KEY]) == set()
    await store.close()


@pytest.mark.parametrize("when", ["running", "before a start"])
async def test_a_database_with_zeroed_pages_is_moved_aside_and_the_store_goes_on(tmp_path: Path, when: str) -> None:
    path = tmp_path / "a.sqlite"
    store = SqliteStore(path, 100 * MIB)
    for n in range(300):
        await store.put(f"{n:064d}", bytes(5000))
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    if when == "before a start":
        await store.close()
    with path.open("r+b") as file:
        for place in range(4096, path.stat().st_size, 4096):
            file.seek(place)
            file.write(bytes(2048))
    if when == "before a start":
        store = SqliteStore(path, 100 * MIB)
    for n in range(300):
        await store.fetch(f"{n:064d}")
    await store.put(KEY, b"x")
    assert await store.fetch(KEY) == b"x"
    assert await store.has([KEY]) == {KEY}
    assert await store.lease(KEY, "me", 60)
    await store.append(KEY, b"event")
    assert [event for _, event in await store.read(KEY, "", 0)] == [b"event"]
    await store.close()
    assert (tmp_path / "a.damaged").exists()


async def test_two_processes_over_one_broken_file_move_it_aside_once(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    first, second = SqliteStore(path, MIB), SqliteStore(path, MIB)
    await first.put(OTHER, bytes(9000))
    await second.has([OTHER])
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    with path.open("r+b") as file:
        file.write(b"no database" * 2000)
    await first.put(KEY, b"x")
    assert await second.fetch(KEY) == b"x"
    assert await first.fetch(KEY) == b"x"
    await first.close()
    await second.close()


async def test_a_lease_of_a_clock_that_was_set_back_is_no_lease(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SqliteStore(tmp_path / "a.sqlite", MIB)
    now = time.time()
    monkeypatch.setattr(sqlite.time, "time", lambda: now + 86_400)
    assert await store.lease(KEY, "gone", 60)
    monkeypatch.setattr(sqlite.time, "time", lambda: now)
    assert await store.lease(KEY, "me", 60)
    assert not await store.lease(KEY, "you", 60)
    await store.close()


WRITER = """
import asyncio, sys
from pathlib import Path
from stable_regions.store.sqlite import SqliteStore

async def main():
    store = SqliteStore(Path(sys.argv[1]), 10**8)
    for n in range(100):
        await store.append("shared", b"%s %d" % (sys.argv[2].encode(), n))
        await store.put(f"{n:064d}", bytes(1000))
    await store.close()

asyncio.run(main())
"""


async def test_processes_write_at_once_and_a_reader_hears_all_in_order(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    store = SqliteStore(path, 100 * MIB)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    writers = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", WRITER, str(path), name, env=environment)
        for name in ("one", "two")
    ]
    heard: list[bytes] = []
    last = ""
    async with asyncio.timeout(PATIENCE):
        while len(heard) < 200:
            for number, event in await store.read("shared", last, 10):
                last = number
                heard.append(event)
    for name in ("one", "two"):
        assert [event for event in heard if event.startswith(name.encode())] == [
            b"%s %d" % (name.encode(), n) for n in range(100)
        ]
    assert [await writer.wait() for writer in writers] == [0, 0]
    await store.close()
