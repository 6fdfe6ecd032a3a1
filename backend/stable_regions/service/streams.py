"""Event streams: each listener reads the request's log, and the log says that somebody listens."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any, Never, TypeVar
from uuid import uuid4
from weakref import finalize

from stable_regions.errors import Busy
from stable_regions.schemas.events import DoneEvent, Event, RefusedEvent
from stable_regions.schemas.key import url_of
from stable_regions.service.log import Joined, Left, Log, Private
from stable_regions.service.metrics import Metrics
from stable_regions.store.base import Store

Lines = TypeVar("Lines")

LISTEN = 30.0
"""Longest single wait for an event."""

ONLY = "done"
"""Id of the one event of a result whose log is gone."""


class Stream(AsyncGenerator[tuple[str, Event], None]):
    """One listener's events. It takes its place when it is made, not when it is first read, and gives it back once:
    at its end, when it is closed, or when it is let go of unread.

    Args:
        events: what it gives.
        left: called once, when its place is free.
    """

    def __init__(self, events: AsyncGenerator[tuple[str, Event]], left: Callable[[], None]) -> None:
        self._events = events
        self._leave = finalize(self, left)

    async def asend(self, value: None) -> tuple[str, Event]:
        try:
            return await self._events.asend(value)
        except BaseException:
            self._leave()
            raise

    async def athrow(self, *error: Any) -> tuple[str, Event]:
        try:
            return await self._events.athrow(*error)
        finally:
            self._leave()

    async def aclose(self) -> None:
        try:
            await self._events.aclose()
        finally:
            self._leave()


class Streams:
    """The streams of one web process.

    Args:
        store: has the logs.
        most: streams open at once.
        each: of them, those that one client keeps open; whoever says no name is not counted so.
        metrics: counts them.
        stopping: ends them all.
    """

    def __init__(self, store: Store, most: int, each: int, metrics: Metrics, stopping: asyncio.Event) -> None:
        self._store = store
        self._most = most
        self._each = each
        self._metrics = metrics
        self._stopping = stopping
        self._open: Counter[str] = Counter()
        self._errands: set[asyncio.Task[object]] = set()

    def open(self, key: str, after: str, client: str) -> AsyncGenerator[tuple[str, Event]]:
        """A request's events after an id, until its first ending or the server's. What a second computation of a request
        whose lease was lost says after that is heard by nobody.

        Raises:
            Busy: too many streams are open, of this client or of all.
        """
        if self._open.total() >= self._most:
            raise busy(f"{self._open.total()} event streams are open; this server keeps no more.")
        if client and self._open[client] >= self._each:
            raise busy(
                f"{self._open[client]} event streams are open from this address; this server keeps no more for one."
            )
        self._count(client, 1)
        return Stream(self._events(key, after), lambda: self._count(client, -1))

    async def close(self) -> None:
        """Finish writing who left."""
        await asyncio.gather(*self._errands, return_exceptions=True)

    async def _events(self, key: str, after: str) -> AsyncGenerator[tuple[str, Event]]:
        log = Log(self._store, key)
        listener = uuid4().hex
        ended = False
        try:
            await log.add(Joined(listener=listener))
            while not self._stopping.is_set():
                for number, line in await self._unless_stopping(log.read(after, LISTEN)):
                    after, said = number, line.said
                    ended = isinstance(said, DoneEvent | RefusedEvent)
                    if not isinstance(said, Private):
                        yield number, said
                    if ended:
                        return
        finally:
            if not ended:
                self._errand(log.add(Left(listener=listener)))

    def _count(self, client: str, more: int) -> None:
        self._open[client] += more
        if not self._open[client]:
            del self._open[client]
        self._metrics.streams.set(self._open.total())

    async def _unless_stopping(self, reading: Coroutine[object, object, Lines]) -> Lines | list[Never]:
        """What is read; nothing once the server stops."""
        task = asyncio.create_task(reading)
        stop = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() else []
        finally:
            task.cancel()
            stop.cancel()

    def _errand(self, doing: Coroutine[object, object, object]) -> None:
        """Do something that the caller, who may be cancelled, does not wait for."""
        task = asyncio.create_task(doing)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)


async def only_done(key: str) -> AsyncGenerator[tuple[str, Event]]:
    """The one event of a result whose log is gone."""
    yield ONLY, DoneEvent(key=key, url=url_of(key))


def busy(found: str) -> Busy:
    """Too much at once; come back at a random moment, so that not all come at the same one."""
    refusal = Busy(found, "Try again in a moment.")
    refusal.retry_after = random.randint(2, 10)  # noqa: S311  (spreads load; no secret)
    return refusal
