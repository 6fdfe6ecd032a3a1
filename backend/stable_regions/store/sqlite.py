"""A store in one SQLite file, shared by every process that opens it; the standard library is enough.

Write-ahead logging lets readers go on while one writes. Blocking calls run in threads: one that writes (SQLite has one
writer at a time, and queueing here is quicker than its busy wait) and two that read. When a result was last used
stands in a narrow table of its own, stamped at most once a minute: a stamp in the row of the blob would write the blob
again. A reader who waits is woken by an append of this process at once; what other processes append is noticed by
polling SQLite's `data_version`, one poll for all who wait.
"""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from stable_regions.store.base import LOG_EVENTS, LOG_SECONDS
from stable_regions.store.layout import connect, prepare

STAMP_SECONDS = 60.0
POLL_SECONDS = 0.05
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
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store-write")
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="store-read")
        self._watcher = ThreadPoolExecutor(1, thread_name_prefix="store-watch")
        self._bells: dict[str, set[asyncio.Event]] = {}
        self._poll: asyncio.Task[None] | None = None
        self._swept = 0.0
        path.parent.mkdir(parents=True, exist_ok=True)
        prepare(path)

    async def fetch(self, key: str) -> bytes | None:
        def find(db: sqlite3.Connection) -> tuple[bytes, float] | None:
            return db.execute("SELECT file, at FROM results JOIN used USING (key) WHERE key = ?", (key,)).fetchone()

        row = await self._reading(find)
        if row is None:
            return None
        file, at = row
        now = time.time()
        if now - at > STAMP_SECONDS:
            await self._writing(lambda db: db.execute("UPDATE used SET at = ? WHERE key = ?", (now, key)))
        return file

    async def has(self, keys: Sequence[str]) -> set[str]:
        def find(db: sqlite3.Connection) -> set[str]:
            return {key for key in keys if db.execute("SELECT 1 FROM used WHERE key = ?", (key,)).fetchone()}

        return await self._reading(find) if keys else set()

    async def put(self, key: str, file: bytes) -> None:
        def keep(db: sqlite3.Connection) -> None:
            db.execute("INSERT OR REPLACE INTO results VALUES (?, ?)", (key, file))
            db.execute("INSERT OR REPLACE INTO used VALUES (?, ?, ?)", (key, len(file), time.time()))
            self._evict(db, key)

        await self._writing(keep)

    async def lease(self, key: str, owner: str, seconds: float) -> bool:
        def take(db: sqlite3.Connection) -> bool:
            now = time.time()
            row = db.execute(
                "INSERT INTO leases VALUES (:key, :owner, :until) ON CONFLICT (key) DO UPDATE"
                " SET owner = :owner, until = :until WHERE owner = :owner OR until <= :now RETURNING key",
                {"key": key, "owner": owner, "until": now + seconds, "now": now},
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
        while self._open:
            self._open.pop().close()

    async def _watch(self) -> None:
        """Ring every bell when the file changed, while anybody waits.

        `data_version` compares only with itself on the same connection, hence the thread of its own.
        """
        loop = asyncio.get_running_loop()
        seen = -1
        while self._bells:
            version = await loop.run_in_executor(self._watcher, lambda: _version(self._connection()))
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
        return await asyncio.get_running_loop().run_in_executor(self._readers, lambda: ask(self._connection()))

    async def _writing(self, act: Callable[[sqlite3.Connection], Answer]) -> Answer:
        def transact() -> Answer:
            db = self._connection()
            db.execute("BEGIN IMMEDIATE")
            try:
                answer = act(db)
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")
            return answer

        return await asyncio.get_running_loop().run_in_executor(self._writer, transact)

    def _connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is None:
            db = self._local.db = connect(self._path)
            self._open.append(db)
        return db

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
