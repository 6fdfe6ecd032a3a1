"""A store in this process' memory, for what no disk takes: it forgets with the process, and is bounded."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Sequence

from stable_regions.store.base import LOG_EVENTS, LOG_SECONDS


class MemoryStore:
    """A `Store` in memory.

    Args:
        limit: bytes of results that are kept; the least recently used leave first, never the one just put.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._files: OrderedDict[str, bytes] = OrderedDict()
        self._leases: dict[str, tuple[str, float]] = {}
        self._logs: dict[str, list[tuple[int, bytes]]] = {}
        self._added: dict[str, float] = {}
        self._bells: dict[str, set[asyncio.Event]] = {}
        self._last = 0
        self.spoiled = 0

    async def fetch(self, key: str) -> bytes | None:
        if key in self._files:
            self._files.move_to_end(key)
        return self._files.get(key)

    async def has(self, keys: Sequence[str]) -> set[str]:
        return {key for key in keys if key in self._files}

    async def put(self, key: str, file: bytes) -> None:
        self._files[key] = file
        self._files.move_to_end(key)
        total = sum(map(len, self._files.values()))
        while total > self._limit and len(self._files) > 1:
            total -= len(self._files.popitem(last=False)[1])

    async def lease(self, key: str, owner: str, seconds: float) -> bool:
        holder, until = self._leases.get(key, (owner, 0.0))
        if holder != owner and until > time.monotonic():
            return False
        self._leases[key] = (owner, time.monotonic() + seconds)
        return True

    async def release(self, key: str, owner: str) -> None:
        if self._leases.get(key, ("", 0.0))[0] == owner:
            del self._leases[key]

    async def append(self, stream: str, event: bytes) -> str:
        now = time.monotonic()
        for old in [name for name, at in self._added.items() if now - at > LOG_SECONDS]:
            self._drop(old)
        self._last += 1
        self._added[stream] = now
        self._logs.setdefault(stream, []).append((self._last, event))
        del self._logs[stream][:-LOG_EVENTS]
        for bell in self._bells.get(stream, ()):
            bell.set()
        return str(self._last)

    async def read(self, stream: str, after: str, wait: float) -> list[tuple[str, bytes]]:
        bell = asyncio.Event()
        self._bells.setdefault(stream, set()).add(bell)
        try:
            async with asyncio.timeout(max(0.0, wait)):
                while not (found := self._after(stream, after)):
                    bell.clear()
                    await bell.wait()
                return found
        except TimeoutError:
            return []
        finally:
            self._bells[stream].discard(bell)
            if not self._bells[stream]:
                del self._bells[stream]

    async def forget(self, stream: str) -> None:
        self._drop(stream)

    async def close(self) -> None:
        self._files.clear()

    def _after(self, stream: str, after: str) -> list[tuple[str, bytes]]:
        log = [(str(number), event) for number, event in self._logs.get(stream, ())]
        place = next((place for place, (number, _) in enumerate(log) if number == after), -1)
        return log[place + 1 :]

    def _drop(self, stream: str) -> None:
        self._logs.pop(stream, None)
        self._added.pop(stream, None)
