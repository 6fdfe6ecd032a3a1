"""What stands in front of a store: a store that hands everything on, for those that answer some of it themselves."""

from collections.abc import Sequence

from stable_regions.store.base import Store


class FrontStore:
    """A `Store` that asks the one behind it.

    Args:
        store: the one behind; closed with this one.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def spoiled(self) -> int:
        return self._store.spoiled

    async def fetch(self, key: str) -> bytes | None:
        return await self._store.fetch(key)

    async def has(self, keys: Sequence[str]) -> set[str]:
        return await self._store.has(keys)

    async def put(self, key: str, file: bytes) -> None:
        await self._store.put(key, file)

    async def lease(self, key: str, owner: str, seconds: float) -> bool:
        return await self._store.lease(key, owner, seconds)

    async def release(self, key: str, owner: str) -> None:
        await self._store.release(key, owner)

    async def append(self, stream: str, event: bytes) -> str:
        return await self._store.append(stream, event)

    async def read(self, stream: str, after: str, wait: float) -> list[tuple[str, bytes]]:
        return await self._store.read(stream, after, wait)

    async def forget(self, stream: str) -> None:
        await self._store.forget(stream)

    async def close(self) -> None:
        await self._store.close()
