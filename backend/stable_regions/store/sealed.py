"""How a store keeps a result: with a checksum, so that what was damaged reads as absent and is made anew.

A header of five bytes says how the bytes are coded and what their CRC-32 is. A store looks at every value it hands out, and
at every value whose presence it affirms for the first time; one that does not fit its header is removed and counted.
"""

import zlib

RAW = b"\x01"
"""The codec of a value: its first byte. Raw bytes follow a CRC-32 of four bytes."""

REMEMBERED = 100_000
"""Keys that a store remembers to have found whole."""


def wrap(file: bytes) -> bytes:
    """A value as a store keeps it."""
    return RAW + zlib.crc32(file).to_bytes(4, "big") + file


def unwrap(value: bytes) -> bytes | None:
    """What a kept value holds; None when it is not whole."""
    file = value[5:]
    return file if value[:1] == RAW and zlib.crc32(file).to_bytes(4, "big") == value[1:5] else None


class Seen:
    """The keys whose values a store found whole, the latest of them, and how many it found spoiled."""

    def __init__(self, spoiled: int = 0) -> None:
        self._whole: dict[str, None] = {}
        self.spoiled = spoiled

    def __contains__(self, key: str) -> bool:
        return key in self._whole

    def whole(self, key: str) -> None:
        self._whole[key] = None
        if len(self._whole) > REMEMBERED:
            self._whole.pop(next(iter(self._whole)), None)

    def forget(self, key: str, spoiled: bool = False) -> None:
        self._whole.pop(key, None)
        self.spoiled += spoiled
