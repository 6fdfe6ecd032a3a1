"""An audience opens one link: so many viewers at once, each from an empty cache, until the first picture and the whole film.

Every viewer asks as the page does: the page and the scripts of its first room, the catalogue, the film's request, the frame
on screen (the *picture*), then the library of charts and the other frames (*all*). Answers are read from plain sockets, so
that the askers cost little; they run on the same cores as the server, all the same.
"""

import asyncio
import json
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bench.product import default_film, server
from bench.serving import processor
from bench.table import table
from stable_regions import Client
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.resolve import resolve, resolve_part
from stable_regions.routes.page import WEB
from stable_regions.settings import Settings

VIEWERS = 200
FIRST_ROOM = "src/rooms/slice/room.ts"
CHARTS = "plotly"

INTRODUCTION = f"""\
{VIEWERS} viewers open the link of the first view in the same moment, each over one connection and with an empty cache; one
web process. *picture* is until the frame on screen is there, *all* until the chart library and the other 15 frames are.
*catalogue* and *result* are one answer each, alone: the catalogue, and a cached 65² frame. *of a core* is what the web
process takes of a processor for one viewer.

Before anything was compressed or kept, in turn with it on one busy machine on 2026-11-26: 33.5 s to the picture for 95 %,
41.3 s to all, 379 kB and 3,488 kB, 16.7 ms for the catalogue, 0.66 ms for a result, and 95 ms of a core. The row below is of
that turn, and not of the run that the rest of this page is of; in the other turn, under more load, 31.9 s became 6.9 s and
101 ms of a core 18.
"""


@dataclass(frozen=True)
class Opened:
    """Seconds to the picture and to all, each 50 % and 95 %; bytes of both; milliseconds of single answers, of a core."""

    picture: tuple[float, float]
    all: tuple[float, float]
    picture_bytes: int
    all_bytes: int
    catalogue: float
    result: float
    processor: float


def measure(_rounds: int) -> Iterator[Opened]:
    """One audience."""
    film = default_film()
    settings = Settings(offline=True)
    whole = resolve(film, Catalogue(settings), settings)
    finest = [part for part in whole.request.parts() if part.work().points == 3 * film.slice.resolution**2]
    frames = [resolve_part(part, whole).key for part in finest]
    body = film.model_dump_json().encode()
    with server() as (url, pid), Client(url, timeout=600) as client:
        client.compute(film)
        host = urlsplit(url).netloc.encode()
        ask = b"POST /api/v1/requests HTTP/1.1\r\nHost: %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
        first = [_get(host, path) for path in ("", *_needed(FIRST_ROOM), "api/v1/catalogue")]
        first += [ask % (host, len(body), body), _get(host, f"api/v1/results/{frames[-1]}")]
        charts = [file for file in _manifest_files() if CHARTS in file]
        rest = [_get(host, path) for path in (*charts, *(f"api/v1/results/{key}" for key in frames[:-1]))]
        alone = [
            asyncio.run(_alone(url, _get(host, path))) for path in ("api/v1/catalogue", f"api/v1/results/{frames[-1]}")
        ]
        before = processor(pid)
        seen = asyncio.run(_audience(url, first, rest))
        spent = processor(pid) - before
    pictures, wholes, small, large = zip(*seen, strict=True)
    yield Opened(_spread(pictures), _spread(wholes), small[0], large[0], *alone, 1e3 * spent / VIEWERS)


async def _audience(url: str, first: Sequence[bytes], rest: Sequence[bytes]) -> list[tuple[float, float, int, int]]:
    return await asyncio.gather(*(_viewer(url, first, rest) for _ in range(VIEWERS)))


async def _viewer(url: str, first: Sequence[bytes], rest: Sequence[bytes]) -> tuple[float, float, int, int]:
    """Seconds until the picture and until all, and bytes of both."""
    start = time.perf_counter()
    reader, writer = await asyncio.open_connection(urlsplit(url).hostname, urlsplit(url).port)
    try:
        small = sum([await _answer(reader, writer, one) for one in first])
        picture = time.perf_counter() - start
        large = small + sum([await _answer(reader, writer, one) for one in rest])
        return picture, time.perf_counter() - start, small, large
    finally:
        writer.close()


async def _alone(url: str, request: bytes) -> float:
    """The least milliseconds of one answer."""
    reader, writer = await asyncio.open_connection(urlsplit(url).hostname, urlsplit(url).port)
    took: list[float] = []
    for _ in range(100):
        start = time.perf_counter()
        await _answer(reader, writer, request)
        took.append(time.perf_counter() - start)
    writer.close()
    return 1e3 * min(took)


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> int:
    """Ask, and read one answer; its bytes."""
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    (length,) = [int(row[15:]) for row in head.lower().split(b"\r\n") if row.startswith(b"content-length:")]
    await reader.readexactly(length)
    return len(head) + length


def _get(host: bytes, path: str) -> bytes:
    return b"GET /%b HTTP/1.1\r\nHost: %b\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n" % (path.encode(), host)


def _needed(room: str) -> list[str]:
    """The scripts and styles of the entry and of a room, as the manifest of the built page lists them."""
    parts = json.loads((WEB / "manifest.json").read_text())
    wanted, found = ["index.html", room], dict[str, None]()
    done: set[str] = set()
    while wanted:
        name = wanted.pop(0)
        if name not in done:
            done.add(name)
            found |= dict.fromkeys([parts[name]["file"], *parts[name].get("css", [])])
            wanted += parts[name].get("imports", [])
    return list(found)


def _manifest_files() -> list[str]:
    return [part["file"] for part in json.loads((WEB / "manifest.json").read_text()).values()]


def _spread(seconds: Sequence[float]) -> tuple[float, float]:
    cuts = statistics.quantiles(seconds, n=20)
    return statistics.median(seconds), cuts[-1]


def rows(found: Sequence[Opened]) -> str:
    """As Markdown."""
    head = ("picture: half, s", "95 %, s", "all: half, s", "95 %, s", "kB to the picture", "kB of all",
            "catalogue, ms", "result, ms", "of a core, ms")  # fmt: skip
    return table(
        head,
        [
            (f"{o.picture[0]:.2f}", f"**{o.picture[1]:.2f}**", f"{o.all[0]:.2f}", f"{o.all[1]:.2f}",
             f"{o.picture_bytes / 1e3:.0f}", f"**{o.all_bytes / 1e3:.0f}**", f"**{o.catalogue:.2f}**", f"{o.result:.2f}",
             f"{o.processor:.1f}")
            for o in found
        ],
    )  # fmt: skip
