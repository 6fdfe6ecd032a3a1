"""A store in one SQLite file, shared by every process that opens it; the standard library is enough.

Write-ahead logging lets readers go on while one writes. Blocking calls run in threads: one that writes (SQLite has one
writer at a time, and queueing here is quicker than its busy wait) and two that read. When a result was last used
stands in a narrow table of its own, stamped at most once a minute: a stamp in the row of the blob would write the blob
again. A reader who waits is woken by an append of this process at once; what other processes append is noticed by
polling SQLite's `data_version`, one poll for all who wait.
"""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from stable_regions.store.base import LOG_EVENTS, LOG_SECONDS, StoreDown
from stable_regions.store.sealed import Seen, unwrap, wrap
from stable_regions.store.sqlite_file import SqliteFile

log = logging.getLogger(__name__)

STAMP_SECONDS = 60.0
POLL_SECONDS = 0.05

LONGEST_LEASE = 120.0
"""No lease is taken for longer. One that would last longer is of a clock that was set back since."""

KEEP = 0.9
"""Eviction goes down to this part of the limit, so that not every put evicts."""

Answer = TypeVar("Answer")


class SqliteStore:
    """A `Store` in a file.

    Args:
        path: the file; its folder is made. A file that is not such a database is moved aside and begun anew.
        limit: bytes of results that are kept.
    """

    def __init__(self, path: Path, limit: int) -> None:
        self._path = path
        self._limit = limit
        self._file = SqliteFile(path, self._renewed)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store-write")
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="store-read")
        self._watcher = ThreadPoolExecutor(1, thread_name_prefix="store-watch")
        self._bells: dict[str, set[asyncio.Event]] = {}
        self._poll: asyncio.Task[None] | None = None
        self._swept = 0.0
        self._seen = Seen()

    @property
    def spoiled(self) -> int:
        return self._seen.spoiled

    async def fetch(self, key: str) -> bytes | None:
        def find(db: sqlite3.Connection) -> tuple[bytes, float] | None:
            return db.execute("SELECT file, at FROM results JOIN used USING (key) WHERE key = ?", (key,)).fetchone()

        row = await self._reading(find)
        if row is None:
            return None
        value, at = row
        file = unwrap(value)
        if file is None:
            await self._remove([key])
            return None
        self._seen.whole(key)
        now = time.time()
        if abs(now - at) > STAMP_SECONDS:
            with suppress(StoreDown):  # a disk that takes nothing can still be read
                await self._writing(lambda db: db.execute("UPDATE used SET at = ? WHERE key = ?", (now, key)))
        return file

    async def has(self, keys: Sequence[str]) -> set[str]:
        def find(db: sqlite3.Connection) -> tuple[set[str], list[str]]:
            there = {key for key in keys if db.execute("SELECT 1 FROM used WHERE key = ?", (key,)).fetchone()}
            spoiled: list[str] = []
            for key in there:
                if key not in self._seen:
                    row = db.execute("SELECT file FROM results WHERE key = ?", (key,)).fetchone()
                    if row is None or unwrap(row[0]) is None:
                        spoiled.append(key)
                    else:
                        self._seen.whole(key)
            return there.difference(spoiled), spoiled

        there, spoiled = await self._reading(find) if keys else (set[str](), [])
        if spoiled:
            await self._remove(spoiled)
        return there

    async def _remove(self, spoiled: Sequence[str]) -> None:
        """Take damaged values out, so that they are made anew."""

        def drop(db: sqlite3.Connection) -> None:
            for key in spoiled:
                db.execute("DELETE FROM results WHERE key = ?", (key,))
                db.execute("DELETE FROM used WHERE key = ?", (key,))

        for key in spoiled:
            self._seen.forget(key, spoiled=True)
        log.warning("%d results in %s are damaged; they are removed", len(spoiled), self._path)
        with suppress(StoreDown):
            await self._writing(drop)

    async def put(self, key: str, file: bytes) -> None:
        def keep(db: sqlite3.Connection) -> None:
            db.execute("INSERT OR REPLACE INTO results VALUES (?, ?)", (key, wrap(file)))
            db.execute("INSERT OR REPLACE INTO used VALUES (?, ?, ?)", (key, len(file), time.time()))
            self._evict(db, key)

        await self._writing(keep)

    async def lease(self, key: str, owner: str, seconds: float) -> bool:
        def take(db: sqlite3.Connection) -> bool:
            now = time.time()
            row = db.execute(
                "INSERT INTO leases VALUES (:key, :owner, :until) ON CONFLICT (key) DO UPDATE"
                " SET owner = :owner, until = :until"
                " WHERE owner = :owner OR until <= :now OR until > :latest RETURNING key",
                {"key": key, "owner": owner, "until": now + seconds, "now": now, "latest": now + LONGEST_LEASE},
            ).fetchone()
            return row is not None

        return await self._writing(take)

    async def release(self, key: str, owner: str) -> None:
        await self._writing(lambda db: db.execute("DELETE FROM leases WHERE key = ? AND owner = ?", (key, owner)))

    async def append(self, stream: str, event: bytes) -> str:
        def add(db: sqlite3.Connection) -> int:
            self._sweep(db)
            number = db.execute(
                "INSERT INTO events (stream, at, event) VALUES (?, ?, ?)", (stream, time.time(), event)
            ).lastrowid
            db.execute(
                "DELETE FROM events WHERE stream = :s AND id <="
                " (SELECT id FROM events WHERE stream = :s ORDER BY id DESC LIMIT 1 OFFSET :most)",
                {"s": stream, "most": LOG_EVENTS},
            )
            assert number is not None
            return number

        number = await self._writing(add)
        self._ring(stream)
        return str(number)

    async def read(self, stream: str, after: str, wait: float) -> list[tuple[str, bytes]]:
        last = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0

        def find(db: sqlite3.Connection) -> list[tuple[str, bytes]]:
            given = db.execute("SELECT 1 FROM events WHERE stream = ? AND id = ?", (stream, last)).fetchone()
            rows = db.execute(
                "SELECT id, event FROM events WHERE stream = ? AND id > ? ORDER BY id", (stream, last if given else 0)
            )
            return [(str(number), event) for number, event in rows]

        bell = asyncio.Event()
        self._bells.setdefault(stream, set()).add(bell)
        try:
            deadline = time.monotonic() + wait
            while True:
                bell.clear()
                found = await self._reading(find)
                left = deadline - time.monotonic()
                if found or left <= 0:
                    return found
                self._poll = self._poll or asyncio.create_task(self._watch())
                try:
                    async with asyncio.timeout(left):  # not wait_for, which may swallow a cancellation
                        await bell.wait()
                except TimeoutError:
                    return []
        finally:
            self._bells[stream].discard(bell)
            if not self._bells[stream]:
                del self._bells[stream]

    async def forget(self, stream: str) -> None:
        await self._writing(lambda db: db.execute("DELETE FROM events WHERE stream = ?", (stream,)))

    async def close(self) -> None:
        if self._poll is not None:
            self._poll.cancel()
            self._poll = None
        for threads in (self._writer, self._readers, self._watcher):
            await asyncio.to_thread(threads.shutdown)
        self._file.close()

    async def _watch(self) -> None:
        """Ring every bell when the file changed, while anybody waits.

        `data_version` compares only with itself on the same connection, hence the thread of its own.
        """
        loop = asyncio.get_running_loop()
        seen = -1
        while self._bells:
            try:
                version = await loop.run_in_executor(self._watcher, lambda: self._file.read(_version))
            except StoreDown:
                version = seen + 1  # let whoever waits look for himself
            if version != seen:
                seen = version
                for stream in list(self._bells):
                    self._ring(stream)
            await asyncio.sleep(POLL_SECONDS)
        self._poll = None

    def _ring(self, stream: str) -> None:
        for bell in self._bells.get(stream, ()):
            bell.set()

    async def _reading(self, ask: Callable[[sqlite3.Connection], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._readers, lambda: self._file.read(ask))

    async def _writing(self, act: Callable[[sqlite3.Connection], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._writer, lambda: self._file.write(act))

    def _renewed(self) -> None:
        self._seen = Seen(self._seen.spoiled)

    def _evict(self, db: sqlite3.Connection, newest: str) -> None:
        """Drop the least recently used results above the limit, never the one just put."""
        (total,) = db.execute("SELECT COALESCE(SUM(bytes), 0) FROM used").fetchone()
        if total <= self._limit:
            return
        oldest = db.execute("SELECT key, bytes FROM used WHERE key != ? ORDER BY at", (newest,))
        for key, size in oldest.fetchall():
            if total <= KEEP * self._limit:
                break
            db.execute("DELETE FROM results WHERE key = ?", (key,))
            db.execute("DELETE FROM used WHERE key = ?", (key,))
            total -= size

    def _sweep(self, db: sqlite3.Connection) -> None:
        """Once a minute, drop logs that nobody added to for a while, and leases that ran out."""
        now = time.time()
        if now - self._swept < STAMP_SECONDS:
            return
        self._swept = now
        db.execute(
            "DELETE FROM events WHERE stream IN (SELECT stream FROM events GROUP BY stream HAVING MAX(at) < ?)",
            (now - LOG_SECONDS,),
        )
        db.execute("DELETE FROM leases WHERE until < ?", (now,))


def _version(db: sqlite3.Connection) -> int:
    """A number that changes whenever another connection committed."""
    return db.execute("PRAGMA data_version").fetchone()[0]
