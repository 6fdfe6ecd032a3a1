"""A shared store that may fail, with a store of this machine behind it, as one store that does not.

The first call that fails opens the breaker: everything goes to the local store, at no cost, while a task asks the
shared one in the background whether it is back. So a failure is paid for once (half a second, the shared store's
timeout). Results are named by their content's recipe, so copies agree: each is put into both stores and fetched from
the local one first. Leases are best effort anyway. A log that went on in the local store stays there until it is
forgotten; the lines that this process wrote to the shared one are taken along, so that a request can still be cancelled,
and says what was asked.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar, runtime_checkable

from stable_regions.store.base import Store, StoreDown
from stable_regions.store.said import Said

log = logging.getLogger(__name__)

PROBE_SECONDS = 1.0

Answer = TypeVar("Answer")


@runtime_checkable
class SharedStore(Store, Protocol):
    """A store that can fail, and can be asked whether it works."""

    async def probe(self) -> None:
        """Return when it takes and gives values; raise `StoreDown` when not."""
        ...


class BreakerStore:
    """A `Store` that goes on when the shared one does not.

    Args:
        shared: raises `StoreDown` when it fails.
        local: a store of this machine.
        probe_seconds: pause between two questions to a shared store that failed.
    """

    def __init__(self, shared: SharedStore, local: Store, probe_seconds: float = PROBE_SECONDS) -> None:
        self._shared = shared
        self._local = local
        self._pause = probe_seconds
        self._failed = asyncio.Event()
        self._works = asyncio.Event()
        self._works.set()
        self._probing: asyncio.Task[None] | None = None
        self._said = Said()
        self._moving = asyncio.Lock()
        self._moved: set[str] = set()
        """Logs that went on in the local store."""

    @property
    def spoiled(self) -> int:
        return self._shared.spoiled + self._local.spoiled

    @property
    def open(self) -> bool:
        """Whether the shared store is left alone for now."""
        return self._failed.is_set()

    async def recovered(self) -> None:
        """Wait until the shared store is in use."""
        await self._works.wait()

    async def fetch(self, key: str) -> bytes | None:
        file = await self._local.fetch(key)
        return file if file is not None else await self._try(lambda: self._shared.fetch(key), None)

    async def has(self, keys: Sequence[str]) -> set[str]:
        here = await self._local.has(keys)
        missing = [key for key in keys if key not in here]
        return here | await self._try(lambda: self._shared.has(missing), set[str]()) if missing else here

    async def put(self, key: str, file: bytes) -> None:
        await self._local.put(key, file)
        await self._try(lambda: self._shared.put(key, file), None)

    async def lease(self, key: str, owner: str, seconds: float) -> bool:
        taken = await self._try(lambda: self._shared.lease(key, owner, seconds), None)
        return await self._local.lease(key, owner, seconds) if taken is None else taken

    async def release(self, key: str, owner: str) -> None:
        await self._local.release(key, owner)
        await self._try(lambda: self._shared.release(key, owner), None)

    async def append(self, stream: str, event: bytes) -> str:
        if stream not in self._moved:
            number = await self._try(lambda: self._shared.append(stream, event), None)
            if number is not None:
                self._said.add(stream, event)
                return number
        self._moved.add(stream)
        await self._move(stream)
        return await self._local.append(stream, event)

    async def _move(self, stream: str) -> None:
        """Let a log go on in the local store, with what this process wrote to it before; whoever comes meanwhile waits."""
        async with self._moving:
            lines = self._said.taken(stream)
            if lines:
                self._moved.add(stream)
            for line in lines:
                await self._local.append(stream, line)

    async def read(self, stream: str, after: str, wait: float) -> list[tuple[str, bytes]]:
        if self.open or stream in self._moved:
            await self._move(stream)
            return await self._local.read(stream, after, wait)
        until = time.monotonic() + wait
        reading = asyncio.ensure_future(self._try(lambda: self._shared.read(stream, after, wait), None))
        failing = asyncio.ensure_future(self._failed.wait())
        try:
            await asyncio.wait({reading, failing}, return_when=asyncio.FIRST_COMPLETED)
            found = reading.result() if reading.done() else None
        finally:
            reading.cancel()
            failing.cancel()
            await asyncio.gather(reading, failing, return_exceptions=True)
        if found is not None:
            return found
        await self._move(stream)
        return await self._local.read(stream, after, until - time.monotonic())

    async def forget(self, stream: str) -> None:
        await self._local.forget(stream)
        self._said.taken(stream)
        await self._try(lambda: self._shared.forget(stream), None)
        self._moved.discard(stream)

    async def close(self) -> None:
        if self._probing is not None:
            self._probing.cancel()
            await asyncio.gather(self._probing, return_exceptions=True)
        await self._shared.close()
        await self._local.close()

    async def _try(self, call: Callable[[], Awaitable[Answer]], instead: Answer) -> Answer:
        """The shared store's answer; `instead` when it fails or is left alone."""
        if self.open:
            return instead
        try:
            return await call()
        except StoreDown as error:
            self._trip(error)
            return instead

    def _trip(self, error: StoreDown) -> None:
        if self.open:
            return
        log.warning("the shared store fails (%s); going on with the local one", error)
        self._failed.set()
        self._works.clear()
        self._probing = asyncio.create_task(self._probe())

    async def _probe(self) -> None:
        """Ask until it works again."""
        while True:
            await asyncio.sleep(self._pause)
            try:
                await self._shared.probe()
            except StoreDown:
                continue
            log.warning("the shared store works again")
            self._failed.clear()
            self._works.set()
            return
