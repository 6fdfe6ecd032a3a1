"""Results that are shipped with the package, in front of any store.

A folder of `<key>.safetensors`, read-only: what is in it is never evicted and is there on the first start, offline. Each is
compared with its checksum before it is said to be there; one that is not what was shipped is absent, counted, and made anew.
"""

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

from stable_regions.store import checksums
from stable_regions.store.base import Store
from stable_regions.store.front import FrontStore

log = logging.getLogger(__name__)


class BundledStore(FrontStore):
    """A `Store` that looks into a folder first.

    Args:
        store: everything else.
        folder: result files named by their key; listed once. It need not exist.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        super().__init__(store)
        self._files = {file.stem: file for file in folder.glob("*.safetensors")}
        self._promised = checksums.written(folder)
        self._whole: set[str] = set()
        self._spoiled = 0

    @property
    def spoiled(self) -> int:
        return self._spoiled + super().spoiled

    async def fetch(self, key: str) -> bytes | None:
        file = await asyncio.to_thread(self._read, key) if key in self._files else None
        return await super().fetch(key) if file is None else file

    async def has(self, keys: Sequence[str]) -> set[str]:
        new = [key for key in keys if key in self._files and key not in self._whole]
        if new:
            await asyncio.to_thread(lambda: [self._read(key) for key in new])
        here = {key for key in keys if key in self._files}
        missing = [key for key in keys if key not in here]
        return here | await super().has(missing) if missing else here

    async def put(self, key: str, file: bytes) -> None:
        if key not in self._files:
            await super().put(key, file)

    def _read(self, key: str) -> bytes | None:
        """A shipped file; None, and absent from now on, where it is not what was shipped."""
        place = self._files.get(key)
        if place is None:
            return None
        try:
            file = place.read_bytes()
        except OSError:
            file = b""
        if key in self._whole and file:
            return file
        if checksums.whole(file, key, self._promised):
            self._whole.add(key)
            return file
        log.warning("a shipped result is damaged, and will be made anew: %s", place)
        self._files.pop(key, None)
        self._spoiled += 1
        return None
