"""Results that are shipped with the package, in front of any store.

A folder of `<key>.safetensors`, read-only: what is in it is never evicted and is there on the first start, offline.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from stable_regions.store.base import Store


class BundledStore:
    """A `Store` that looks into a folder first.

    Args:
        store: everything else.
        folder: result files named by their key; listed once. It need not exist.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._files = {file.stem: file for file in folder.glob("*.safetensors")}

    async def fetch(self, key: str) -> bytes | None:
        file = self._files.get(key)
        return await asyncio.to_thread(file.read_bytes) if file else await self._store.fetch(key)

    async def has(self, keys: Sequence[str]) -> set[str]:
        here = {key for key in keys if key in self._files}
        missing = [key for key in keys if key not in here]
        return here | await self._store.has(missing) if missing else here

    async def put(self, key: str, file: bytes) -> None:
        if key not in self._files:
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
