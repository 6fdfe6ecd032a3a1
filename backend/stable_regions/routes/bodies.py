"""Results as they were sent lately: compressed and named once, however many ask.

Of two hundred who open one link the first has a result compressed, and those who come meanwhile wait for that. The store's
own bytes say whether what is held is still right: another file of the same key is another body.
"""

import asyncio
from collections import OrderedDict

from stable_regions.routes.encoding import Body, compressed

AT_ONCE = 2**14
"""Bytes up to which compressing is quicker than asking a thread to do it."""


class Bodies:
    """Bodies by key, the least recently used leaving first.

    Args:
        limit: bytes that are held. A body larger than a quarter of it is not held.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held: OrderedDict[str, Body] = OrderedDict()
        self._bytes = 0
        self._coming: dict[str, tuple[bytes, asyncio.Task[Body]]] = {}

    @property
    def size(self) -> int:
        """Bytes that are held."""
        return self._bytes

    async def of(self, key: str, file: bytes) -> Body:
        """The body of a result's file."""
        held = self._held.get(key)
        if held is not None and (held.plain is file or held.plain == file):
            self._held.move_to_end(key)
            return held
        if len(file) <= AT_ONCE:
            return self._hold(key, compressed(file))
        coming = self._coming.get(key)
        if coming is None or coming[0] != file:
            coming = (file, asyncio.create_task(self._made(key, file)))
            self._coming[key] = coming
        return await asyncio.shield(coming[1])

    async def _made(self, key: str, file: bytes) -> Body:
        try:
            return self._hold(key, await asyncio.to_thread(compressed, file))
        finally:
            if self._coming[key][0] is file:
                del self._coming[key]

    def _hold(self, key: str, body: Body) -> Body:
        before = self._held.pop(key, None)
        self._bytes -= before.size if before else 0
        if body.size <= self._limit // 4:
            self._held[key] = body
            self._bytes += body.size
        while self._bytes > self._limit:
            self._bytes -= self._held.popitem(last=False)[1].size
        return body
