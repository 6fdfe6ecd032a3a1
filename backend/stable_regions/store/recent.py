"""The results asked for last, in memory, in front of any store.

Results are immutable, so a copy can never be wrong. One is kept for a minute at most: then the store behind is asked
again, and learns that the result is still in use.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stable_regions.store.base import Store
from stable_regions.store.front import FrontStore

KEPT_SECONDS = 60.0


@dataclass(frozen=True)
class _Kept:
    """A result, and when it leaves."""

    file: bytes
    until: float


class RecentStore(FrontStore):
    """A `Store` that answers twice from memory what was asked for twice.

    Args:
        store: everything else.
        limit: bytes that are kept; the least recently used leave first. A result larger than a quarter of it is not kept.
        clock: seconds, as a monotonic clock counts them.
    """

    def __init__(self, store: Store, limit: int, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(store)
        self._limit = limit
        self._clock = clock
        self._files: OrderedDict[str, _Kept] = OrderedDict()
        self._bytes = 0

    async def fetch(self, key: str) -> bytes | None:
        kept = self._files.get(key)
        if kept is not None and self._clock() < kept.until:
            self._files.move_to_end(key)
            return kept.file
        file = await super().fetch(key)
        self._drop(key)
        if file is not None:
            self._keep(key, file)
        return file

    async def has(self, keys: Sequence[str]) -> set[str]:
        now = self._clock()
        here = {key for key in keys if (kept := self._files.get(key)) is not None and now < kept.until}
        missing = [key for key in keys if key not in here]
        return here | await super().has(missing) if missing else here

    async def put(self, key: str, file: bytes) -> None:
        await super().put(key, file)
        self._drop(key)
        self._keep(key, file)

    async def close(self) -> None:
        self._files.clear()
        self._bytes = 0
        await super().close()

    def _keep(self, key: str, file: bytes) -> None:
        if len(file) > self._limit // 4:
            return
        self._files[key] = _Kept(file, self._clock() + KEPT_SECONDS)
        self._bytes += len(file)
        while self._bytes > self._limit:
            self._drop(next(iter(self._files)))

    def _drop(self, key: str) -> None:
        kept = self._files.pop(key, None)
        if kept is not None:
            self._bytes -= len(kept.file)
