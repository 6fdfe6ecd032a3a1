"""A store on a Redis server, shared by every process and machine that reaches it.

Redis may die, freeze, fill up or evict anything at any time. So every call gives up after half a second and is never
tried again here (redis-py's own retries make a frozen server cost eight seconds a call; the breaker decides what
happens next), a value says in a header how it is coded and what its checksum is (a value that does not fit its header
reads as absent), and logs are Streams with a length and an age. Waiting for events takes a second client, whose socket
timeout is longer than its wait.
"""

import re
from collections.abc import AsyncGenerator, Awaitable, Sequence
from contextlib import asynccontextmanager
from typing import TypeAlias, cast

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from stable_regions.store.base import LOG_EVENTS, LOG_SECONDS, StoreDown
from stable_regions.store.sealed import Seen, unwrap, wrap

TIMEOUT = 0.5
"""Seconds after which a call is given up."""

WAIT = 5.0
"""Longest single wait for events; a longer one is several."""

CALLS, WAITS = 64, 1024
"""Most connections at once, for calls and for waits. A call that finds none free waits for one."""

RESULT_SECONDS = 30 * 24 * 3600
"""A result nobody put again leaves after this; the server's own eviction may drop it sooner."""

TURN = 10.0
"""Seconds that a call waits for a connection of ours to be free. Those in use are free after `TIMEOUT` at the latest, so
many calls at once are slow, which is not Redis failing."""

_TAKE = """
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""
_RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end return 0"
Entries: TypeAlias = list[tuple[bytes, dict[bytes, bytes]]]
"""What Redis answers for a stretch of a Stream: id and fields."""

_ID = re.compile(r"[0-9]{1,20}-[0-9]{1,20}")


class RedisStore:
    """A `Store` at a URL such as `redis://localhost:6379/0`. Every method raises `StoreDown` when Redis fails it."""

    def __init__(self, url: str) -> None:
        self._calls = self._client(url, TIMEOUT, CALLS)
        self._waits = self._client(url, WAIT + TIMEOUT, WAITS)
        self._seen = Seen()

    @staticmethod
    def _client(url: str, timeout: float, connections: int) -> Redis:
        pool = BlockingConnectionPool.from_url(
            url,
            max_connections=connections,
            timeout=TURN,
            socket_timeout=timeout,
            socket_connect_timeout=TIMEOUT,
            retry=Retry(NoBackoff(), 0),
        )
        return Redis.from_pool(pool)

    @property
    def spoiled(self) -> int:
        return self._seen.spoiled

    async def fetch(self, key: str) -> bytes | None:
        async with _down():
            value = cast(bytes | None, await self._calls.get(f"sr:result:{key}"))
            return await self._opened(key, value)

    async def has(self, keys: Sequence[str]) -> set[str]:
        if not keys:
            return set()
        async with _down(), self._calls.pipeline(transaction=False) as pipe:
            for key in keys:
                (pipe.exists if key in self._seen else pipe.get)(f"sr:result:{key}")
            found = await pipe.execute()
        there: set[str] = set()
        async with _down():
            for key, value in zip(keys, found, strict=True):
                if value if isinstance(value, int) else await self._opened(key, value) is not None:
                    there.add(key)
        return there

    async def _opened(self, key: str, value: bytes | None) -> bytes | None:
        """What a kept value holds; a damaged one is removed."""
        file = None if value is None else unwrap(value)
        if file is not None:
            self._seen.whole(key)
        elif value is not None:
            self._seen.forget(key, spoiled=True)
            await self._calls.delete(f"sr:result:{key}")
        return file

    async def put(self, key: str, file: bytes) -> None:
        async with _down():
            await self._calls.set(f"sr:result:{key}", wrap(file), ex=RESULT_SECONDS)

    async def lease(self, key: str, owner: str, seconds: float) -> bool:
        async with _down():
            taken = await cast(
                Awaitable[int], self._calls.eval(_TAKE, 1, f"sr:lease:{key}", owner, str(round(seconds * 1000)))
            )
        return taken == 1

    async def release(self, key: str, owner: str) -> None:
        async with _down():
            await cast(Awaitable[int], self._calls.eval(_RELEASE, 1, f"sr:lease:{key}", owner))

    async def append(self, stream: str, event: bytes) -> str:
        async with _down(), self._calls.pipeline(transaction=False) as pipe:
            pipe.xadd(f"sr:log:{stream}", {"e": event}, maxlen=LOG_EVENTS, approximate=True)
            pipe.expire(f"sr:log:{stream}", round(LOG_SECONDS))
            number, _ = await pipe.execute()
        return number.decode()

    async def read(self, stream: str, after: str, wait: float) -> list[tuple[str, bytes]]:
        name = f"sr:log:{stream}"
        start = "0-0"
        async with _down():
            if _ID.fullmatch(after) and await self._calls.xrange(name, after, after, count=1):
                start = after
            found = cast(Entries, await self._calls.xrange(name, f"({start}"))
            while not found and wait > 0:
                block = min(wait, WAIT)
                waited = self._waits.xread({name: start}, block=max(1, round(block * 1000)))
                answer = cast(list[tuple[bytes, Entries]], await waited)
                found = answer[0][1] if answer else []
                wait -= block
        return [(number.decode(), fields[b"e"]) for number, fields in found]

    async def forget(self, stream: str) -> None:
        async with _down():
            await self._calls.delete(f"sr:log:{stream}")

    async def probe(self) -> None:
        """Return when Redis takes and gives values.

        Raises:
            StoreDown: it does not.
        """
        async with _down():
            await self._calls.set("sr:probe", b"1", ex=60)
            await self._calls.get("sr:probe")

    async def close(self) -> None:
        await self._calls.aclose()
        await self._waits.aclose()


@asynccontextmanager
async def _down() -> AsyncGenerator[None]:
    """Say `StoreDown` for all the ways in which Redis fails a call."""
    try:
        yield
    except (RedisError, OSError, TimeoutError) as error:
        raise StoreDown(f"{type(error).__name__}: {error}") from error
