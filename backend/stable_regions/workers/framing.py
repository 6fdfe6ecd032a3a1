"""How the web process and its worker talk: frames over a pipe, a JSON header and raw bytes.

A frame is the header's length (4 bytes, big-endian), the header as UTF-8 JSON, and the blobs one after another, whose
lengths the header names. Nothing is pickled, so nothing a visitor sent is ever executed.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import BinaryIO

from stable_regions.schemas.result import Json

Header = Mapping[str, Json]
Frame = tuple[dict[str, Json], list[bytes]]

LENGTH = 4


def frame(header: Header, blobs: Sequence[bytes] = ()) -> bytes:
    """A frame's bytes."""
    text = json.dumps({**header, "blobs": [len(blob) for blob in blobs]}).encode()
    return b"".join((len(text).to_bytes(LENGTH, "big"), text, *blobs))


async def receive(reader: asyncio.StreamReader) -> Frame:
    """The next frame of a stream.

    Raises:
        EOFError: the other side is gone; also in the middle of a frame.
    """
    try:
        header = _parse(await reader.readexactly(int.from_bytes(await reader.readexactly(LENGTH), "big")))
        return header, [await reader.readexactly(size) for size in _sizes(header)]
    except (asyncio.IncompleteReadError, ConnectionError) as error:
        raise EOFError from error


def receive_blocking(file: BinaryIO) -> Frame:
    """The next frame of a file; raises as `receive` does."""

    def exactly(size: int) -> bytes:
        found = file.read(size)
        if len(found) < size:
            raise EOFError
        return found

    header = _parse(exactly(int.from_bytes(exactly(LENGTH), "big")))
    return header, [exactly(size) for size in _sizes(header)]


def _parse(text: bytes) -> dict[str, Json]:
    header = json.loads(text)
    assert isinstance(header, dict)
    return header


def _sizes(header: dict[str, Json]) -> list[int]:
    sizes = header.pop("blobs")
    assert isinstance(sizes, list)
    return [size for size in sizes if isinstance(size, int)]
