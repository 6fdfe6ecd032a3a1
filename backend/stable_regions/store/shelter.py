"""A store on a disk that may be full, read-only or failing, with memory behind it: the product goes on, it only forgets.

The disk is asked first each time, since a failing disk answers at once. What it does not take goes to memory. A log stays
where its last line went; the lines that this process wrote before are taken along, so that it stays whole.
"""

import logging
import time
from collections.abc import Sequence

from stable_regions.store.base import Store, StoreDown
from stable_regions.store.memory import MemoryStore
from stable_regions.store.said import Said

log = logging.getLogger(__name__)

QUIET_SECONDS = 60.0
"""A failing disk is named in the log once in so long."""


class ShelterStore:
    """A `Store` that goes on when the disk does not.

    Args:
        disk: raises `StoreDown` when it fails.
        memory: takes what the disk does not.
    """

    def __init__(self, disk: Store, memory: MemoryStore) -> None:
        self._disk = disk
        self._memory = memory
        self._said = Said()
        self._moved: set[str] = set()
        self._warned = -QUIET_SECONDS

    @property
    def spoiled(self) -> int:
        return self._disk.spoiled

    async def fetch(self, key: str) -> bytes | None:
        try:
            file = await self._disk.fetch(key)
        except StoreDown as error:
            self._warn(error)
            file = None
        return file if file is not None else await self._memory.fetch(key)

    async def has(self, keys: Sequence[str]) -> set[str]:
        here = await self._memory.has(keys)
        try:
            return here | await self._disk.has([key for key in keys if key not in here])
        except StoreDown as error:
            self._warn(error)
            return here

    async def put(self, key: str, file: bytes) -> None:
        try:
            await self._disk.put(key, file)
        except StoreDown as error:
            self._warn(error)
            await self._memory.put(key, file)

    async def lease(self, key: str, owner: str, seconds: float) -> bool:
        try:
            return await self._disk.lease(key, owner, seconds)
        except StoreDown as error:
            self._warn(error)
            return await self._memory.lease(key, owner, seconds)

    async def release(self, key: str, owner: str) -> None:
        await self._memory.release(key, owner)
        try:
            await self._disk.release(key, owner)
        except StoreDown as error:
            self._warn(error)  # it runs out by itself

    async def append(self, stream: str, event: bytes) -> str:
        if stream not in self._moved:
            try:
                number = await self._disk.append(stream, event)
                self._said.add(stream, event)
                return number
            except StoreDown as error:
                self._warn(error)
                self._moved.add(stream)
                for line in self._said.taken(stream):
                    await self._memory.append(stream, line)
        return await self._memory.append(stream, event)

    async def read(self, stream: str, after: str, wait: float) -> list[tuple[str, bytes]]:
        if stream not in self._moved:
            try:
                return await self._disk.read(stream, after, wait)
            except StoreDown as error:
                self._warn(error)
        return await self._memory.read(stream, after, wait)

    async def forget(self, stream: str) -> None:
        await self._memory.forget(stream)
        self._said.taken(stream)
        self._moved.discard(stream)
        try:
            await self._disk.forget(stream)
        except StoreDown as error:
            self._warn(error)
            self._moved.add(stream)  # what lies there is of an earlier computation

    async def close(self) -> None:
        await self._memory.close()
        await self._disk.close()

    def _warn(self, error: StoreDown) -> None:
        if time.monotonic() - self._warned >= QUIET_SECONDS:
            self._warned = time.monotonic()
            log.warning("the result cache cannot be used (%s); going on in memory", error)
