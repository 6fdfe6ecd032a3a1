"""What this process wrote to logs that go on elsewhere when their store fails, so that they are not cut in half."""

from collections import OrderedDict

from stable_regions.store.base import LOG_EVENTS

STREAMS = 256
"""Logs that are remembered; the one that was longest without a line leaves first."""


class Said:
    """The last lines of the last logs, in order."""

    def __init__(self) -> None:
        self._lines: OrderedDict[str, list[bytes]] = OrderedDict()

    def add(self, stream: str, line: bytes) -> None:
        """Remember a line. The first of a log always stays: it says what was asked."""
        lines = self._lines.setdefault(stream, [])
        lines.append(line)
        if len(lines) > LOG_EVENTS:
            del lines[1]
        self._lines.move_to_end(stream)
        if len(self._lines) > STREAMS:
            self._lines.popitem(last=False)

    def taken(self, stream: str) -> list[bytes]:
        """A log's lines, forgotten here."""
        return self._lines.pop(stream, [])
