"""Connections that give nothing are given up: deadlines, a bound, and a log that a stranger cannot fill.

uvicorn waits for a request for as long as a connection is open, and asyncio takes connections until the process has no
file left for its own. Here a request's head and body have deadlines, an answer that nobody reads has one, and at the
bound the connection that has waited longest for a head makes room for the next, so that whoever asks is answered.

Source: `asyncio.Protocol` (pause_writing, resume_writing) and uvicorn's `H11Protocol`; the states are h11's.
"""

import asyncio
import logging
import sys
import time
from collections import Counter
from typing import ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0
"""From a connection's beginning, or a head's first byte, to the head's end."""

BODY_SECONDS = 30.0
"""From a head's end to the body's: bodies are some kilobytes."""

UNREAD_SECONDS = 60.0
"""How long an answer waits for a listener who reads none of it."""

BACKLOG = 64
"""Connections taken at once: asyncio takes so many before any of them is looked at."""

MOST = 4096

ALIKE, WINDOW = 5, 10.0
"""So many log lines of one kind in so many seconds; the others are counted."""

log = logging.getLogger(__name__)


def connections_allowed() -> int:
    """Half of the files that this process may open, the other half being for the store and the models; 4,096 at most."""
    if sys.platform == "win32":
        return MOST
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST if soft == resource.RLIM_INFINITY else max(BACKLOG, min(MOST, soft // 2))


class PatientProtocol(H11Protocol):
    """uvicorn's HTTP/1.1 with deadlines and a bound; `limit` is set on the class before the server starts."""

    limit: ClassVar[int] = MOST
    _waiting: "ClassVar[dict[PatientProtocol, None]]" = {}  # noqa: RUF012  (shared by all connections)
    """Those whose head has not come, oldest first."""

    _taken: bool = False
    _deadline: asyncio.TimerHandle | None = None
    _awaited: str = ""
    _unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        if len(self.connections) >= self.limit:
            oldest = next(iter(self._waiting), None)
            log.warning("%d connections are open; %s", self.limit, "the idlest goes" if oldest else "the newest goes")
            if oldest is None:
                transport.abort()
                return
            oldest.give_up()
        super().connection_made(transport)
        self._taken = True
        self._await("head")

    def data_received(self, data: bytes) -> None:
        if not self._taken:
            return
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        self._await("")
        self._read()
        if self._taken:
            super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread = self._unread or self.loop.call_later(UNREAD_SECONDS, self.give_up)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._read()

    def give_up(self) -> None:
        """Close without a word."""
        self._await("")
        self.connections.discard(self)
        self.transport.abort()

    def _look(self) -> None:
        """Set the deadline of what is awaited now; uvicorn's own timer sees to a connection between two requests."""
        state = self.conn.their_state
        if state is h11.SEND_BODY:
            self._await("body")
        elif state is h11.IDLE and self.conn.trailing_data[0]:
            self._await("head")
        else:
            self._await("")

    def _await(self, what: str) -> None:
        if what == self._awaited:
            return
        self._awaited = what
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        self._waiting.pop(self, None)
        if what == "head":
            self._waiting[self] = None
        if what:
            self._deadline = self.loop.call_later(HEAD_SECONDS if what == "head" else BODY_SECONDS, self.give_up)

    def _read(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None


class FewAlike(logging.Filter):
    """Lets `ALIKE` records of one kind pass in `WINDOW` seconds, and says with the next one how many did not."""

    def __init__(self) -> None:
        super().__init__()
        self._began: dict[str, float] = {}
        self._seen: Counter[str] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        kind, now = f"{record.name} {str(record.msg)[:60]}", time.monotonic()
        if now - self._began.get(kind, -WINDOW) >= WINDOW:
            left_out = self._seen.pop(kind, 0) - ALIKE
            self._began[kind] = now
            if left_out > 0:
                record.msg, record.args = f"{record.getMessage()} ({left_out} more like it before)", ()
        self._seen[kind] += 1
        return self._seen[kind] <= ALIKE


def quieten() -> None:
    """Rate-limit what strangers can make these loggers say."""
    few = FewAlike()
    for name in ("asyncio", "uvicorn.error", __name__):
        logging.getLogger(name).addFilter(few)
