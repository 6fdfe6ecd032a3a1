"""A real server in the test's own event loop, on a free port, with a worker that counts."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import uvicorn
from fastapi import FastAPI

from patience import PATIENCE
from stable_regions.app import create_app
from stable_regions.schemas.result import Json
from stable_regions.settings import Settings
from tiny import PROMPTS


@dataclass(frozen=True)
class Serving:
    """What runs, and a client of it."""

    app: FastAPI
    server: uvicorn.Server
    http: httpx.AsyncClient


@asynccontextmanager
async def serving(
    settings: Settings, entry: str = "workers.arithmetic", access_log: bool = False
) -> AsyncIterator[Serving]:
    """Serve, and stop in the end."""
    app = create_app(settings, entry)
    listening = socket.create_server(("127.0.0.1", 0))
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    config = uvicorn.Config(
        app, log_level="info" if access_log else "warning", access_log=access_log, timeout_graceful_shutdown=3
    )
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listening]))
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=PATIENCE) as http:
        try:
            async with asyncio.timeout(PATIENCE):
                while not server.started:
                    await asyncio.sleep(0.01)
            yield Serving(app, server, http)
        finally:
            app.state.stopping.set()
            server.should_exit = True
            await running


def a_slice(prompt: str = PROMPTS[0], **fields: Json) -> dict[str, Json]:
    """A slice of the tiny model as it is posted."""
    model: Json = {"name": "tiny-neox", "revision": "step8"}
    prompts: Json = [prompt, *PROMPTS[1:]]
    return {"analysis": "slice", "model": model, "prompts": prompts, "write_layer": 1, "resolution": 17, **fields}


async def events(
    http: httpx.AsyncClient, key: str, after: str | None = None, extra: Mapping[str, str] | None = None
) -> list[tuple[str, str, str]]:
    """The stream's events to its end: id, name, data."""
    headers = {**(extra or {}), **({} if after is None else {"Last-Event-ID": after})}
    found: list[tuple[str, str, str]] = []
    fields: dict[str, str] = {}
    async with http.stream("GET", f"/api/v1/requests/{key}/events", headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        async for line in answer.aiter_lines():
            name, _, value = line.partition(": ")
            if line:
                fields[name] = value
            else:
                if "data" in fields:
                    found.append((fields["id"], fields["event"], fields["data"]))
                fields = {}
    return found
