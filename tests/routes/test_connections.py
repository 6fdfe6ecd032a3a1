"""Connections that give nothing are given up, and whoever asks is answered meanwhile."""

import asyncio
import logging
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import uvicorn

from patience import PATIENCE
from stable_regions.routes import connections
from stable_regions.routes.connections import ALIKE, FewAlike, PatientProtocol

Connect = Callable[[bytes], Awaitable[asyncio.StreamReader]]


async def app(scope: dict[str, object], receive: Callable[[], Awaitable[dict[str, object]]], send: object) -> None:
    """Reads the body and answers; `/much` with more than a socket holds."""
    assert callable(send)
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"x" * (50_000_000 if scope["path"] == "/much" else 2)})


@pytest.fixture
async def connect(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Connect]:
    """Opens a connection to a server that is not patient for long, and sends so much."""
    for name in ("HEAD_SECONDS", "BODY_SECONDS", "UNREAD_SECONDS"):
        monkeypatch.setattr(connections, name, 0.3)
    config = uvicorn.Config(app, http=PatientProtocol, port=0, log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    writers: list[asyncio.StreamWriter] = []

    async def opened(sent: bytes) -> asyncio.StreamReader:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writers.append(writer)
        writer.write(sent)
        return reader

    yield opened
    for writer in writers:
        writer.close()
    server.should_exit = True
    await running


async def ends(reader: asyncio.StreamReader) -> bool:
    """Whether the other side closes without an answer, sooner or later."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await reader.read(1) == b""
    except ConnectionResetError:
        return True


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: a\r\n",
        b"G",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal",
    ],
)
async def test_a_request_that_does_not_come_whole_is_given_up(connect: Connect, sent: bytes) -> None:
    assert await ends(await connect(sent))


async def test_a_second_request_that_does_not_come_whole_is_given_up_too(connect: Connect) -> None:
    reader = await connect(b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HT")
    async with asyncio.timeout(PATIENCE):
        assert (await reader.read()).count(b"200 OK") == 1


async def test_an_answer_that_nobody_reads_is_given_up(connect: Connect) -> None:
    reader = await connect(b"GET /much HTTP/1.1\r\nHost: a\r\n\r\n")
    await asyncio.sleep(1.0)
    with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
        await reader.readexactly(50_000_000)


async def test_at_the_bound_the_idlest_makes_room(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", PATIENCE)
    monkeypatch.setattr(PatientProtocol, "limit", 3)
    idle = [await connect(b"") for _ in range(3)]
    asked = await connect(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    assert (await asked.readline()).startswith(b"HTTP/1.1 200")
    assert await ends(idle[0])
    assert not idle[2].at_eof()


async def test_more_idle_connections_than_files_leave_the_server_answering_and_its_log_short(tmp_path: Path) -> None:
    code = "import sys; from stable_regions.__main__ import app; app(['serve', '--port', '0', '--offline'])"
    command = f'ulimit -n 256; exec "{sys.executable}" -u -c "{code}"'
    environment = {"STABLE_REGIONS_CACHE_FOLDER": str(tmp_path), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    log = tmp_path / "log"
    with log.open("w") as to, subprocess.Popen(
        ["sh", "-c", command], stdout=subprocess.PIPE, stderr=to, text=True, env=environment
    ) as process:  # fmt: skip
        assert process.stdout
        said = await asyncio.to_thread(process.stdout.readline)
        found = re.search(r"http://127.0.0.1:(\d+)", said)
        assert found, said + log.read_text()
        idle = [await asyncio.open_connection("127.0.0.1", int(found[1])) for _ in range(400)]
        reader, writer = await asyncio.open_connection("127.0.0.1", int(found[1]))
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        async with asyncio.timeout(PATIENCE):
            assert (await reader.readline()).startswith(b"HTTP/1.1 200")
        process.terminate()
        for _, one in (*idle, (reader, writer)):
            one.close()
        assert await asyncio.to_thread(process.wait, PATIENCE) == 0
    assert len(log.read_text().splitlines()) < 30


def record(text: str, *args: object) -> logging.LogRecord:
    return logging.LogRecord("asyncio", logging.WARNING, "", 0, text, args, None)


def test_of_log_lines_alike_a_few_are_written_and_the_others_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    few, now = FewAlike(), [0.0]
    monkeypatch.setattr(connections.time, "monotonic", lambda: now[0])
    assert sum(few.filter(record("out of files on %d", n)) for n in range(1000)) == ALIKE
    assert few.filter(record("something else"))
    now[0] = 11.0
    last = record("out of files on %d", 7)
    assert few.filter(last)
    assert last.getMessage() == f"out of files on 7 ({1000 - ALIKE} more like it before)"
