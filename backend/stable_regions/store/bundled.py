"""Results that are shipped with the package, in front of any store.

A folder of `<key>.safetensors`, read-only: what is in it is never evicted and is there on the first start, offline.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from stable_regions.store.base import Store
from stable_regions.store.front import FrontStore


class BundledStore(FrontStore):
    """A `Store` that looks into a folder first.

    Args:
        store: everything else.
        folder: result files named by their key; listed once. It need not exist.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        super().__init__(store)
        self._files = {file.stem: file for file in folder.glob("*.safetensors")}

    async def fetch(self, key: str) -> bytes | None:
        file = self._files.get(key)
        return await asyncio.to_thread(file.read_bytes) if file else await super().fetch(key)

    async def has(self, keys: Sequence[str]) -> set[str]:
        here = {key for key in keys if key in self._files}
        missing = [key for key in keys if key not in here]
        return here | await super().has(missing) if missing else here

    async def put(self, key: str, file: bytes) -> None:
        if key not in self._files:
            await super().put(key, file)
