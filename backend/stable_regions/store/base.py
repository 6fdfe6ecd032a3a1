"""What a store is. The contract is tests/store/contract.py: every implementation passes the same tests.

Three things live in it. *Results*: immutable bytes by key, least recently used dropped first. *Leases*: best-effort
claims that make one computation of many equal requests; losing one costs a second computation, never a wrong answer.
*Logs*: ordered events by stream, kept some minutes, so that a listener who lost the line resumes where it left.
"""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

LOG_SECONDS = 600.0
"""How long a log is kept after its last event."""

LOG_EVENTS = 2000
"""Most events a log keeps; the oldest leave first."""


class StoreDown(Exception):
    """The store cannot be reached, does not answer in time, or takes no more; nothing is known of what it holds."""


@runtime_checkable
class Store(Protocol):
    """Results, leases and logs, shared by every process that opens the same store."""

    @property
    def spoiled(self) -> int:
        """How many results this process found damaged, and removed."""
        ...

    async def fetch(self, key: str) -> bytes | None:
        """The bytes under a key, as they were put, or None. Marks them as used; removes them where they are damaged."""
        ...

    async def has(self, keys: Sequence[str]) -> set[str]:
        """Those of the keys that have bytes."""
        ...

    async def put(self, key: str, file: bytes) -> None:
        """Keep bytes under a key. Putting a key again is harmless: same key, same result."""
        ...

    async def lease(self, key: str, owner: str, seconds: float) -> bool:
        """Take the lease, or extend it when the owner holds it. False: somebody else holds it."""
        ...

    async def release(self, key: str, owner: str) -> None:
        """Give the lease back, if this owner holds it."""
        ...

    async def append(self, stream: str, event: bytes) -> str:
        """Add an event to a log; the id it got. Ids grow within a log."""
        ...

    async def read(self, stream: str, after: str, wait: float) -> list[tuple[str, bytes]]:
        """Events after an id (`""`: from the start), waiting up to `wait` seconds for the first one.

        An id that this log never gave reads from the start.
        """
        ...

    async def forget(self, stream: str) -> None:
        """Drop a log, so that a request tried again begins a new one."""
        ...

    async def close(self) -> None:
        """Let go of files and connections."""
        ...
