"""A service over a worker that counts, and what tests do with it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from patience import PATIENCE
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.models.catalogue import Catalogue
from stable_regions.schemas.events import Event
from stable_regions.service.service import Service
from stable_regions.settings import Settings
from stable_regions.store.open import open_store
from stable_regions.workers.local import LocalPool
from tiny import PROMPTS

Make = Callable[..., Awaitable[Service]]


@pytest.fixture
async def make_service(make_settings: Callable[..., Settings]) -> AsyncIterator[Make]:
    """Makes services that share one store and one kind of worker, as several web processes would."""
    async with AsyncExitStack() as open_ones:

        async def make(**fields: object) -> Service:
            settings = make_settings(**fields)
            store = open_store(settings)
            pool = LocalPool(settings, "workers.arithmetic")
            service = Service(settings, store, pool, Catalogue(settings), asyncio.Event())
            open_ones.push_async_callback(service.close)
            return service

        yield make


@pytest.fixture
async def service(make_service: Make) -> Service:
    return await make_service()


@pytest.fixture
def folder(settings: Settings) -> Path:
    """Where the worker is told what to do, and says what it did."""
    settings.cache_folder.mkdir(parents=True, exist_ok=True)
    return settings.cache_folder


def a_slice(prompt: str = PROMPTS[0], **fields: object) -> SliceRequest:
    """A slice of a model that is there; the worker looks at its first prompt only."""
    model = {"name": "tiny-neox", "revision": "step8"}
    return SliceRequest.model_validate(
        {"model": model, "prompts": (prompt, *PROMPTS[1:]), "write_layer": 1, "resolution": 17, **fields}
    )


async def heard(service: Service, key: str, after: str = "") -> list[tuple[str, Event]]:
    """All events from there to the ending."""
    async with asyncio.timeout(PATIENCE):
        return [event async for event in await service.listen(key, after)]


def pool_of(service: Service) -> LocalPool:
    assert isinstance(service._pool, LocalPool)
    return service._pool


async def up(service: Service) -> int:
    """The worker's process id, once it is ready."""
    await pool_of(service).start()
    async with asyncio.timeout(PATIENCE):
        while not service.ready:
            await asyncio.sleep(0.01)
    pid = pool_of(service).pid
    assert pid is not None
    return pid
