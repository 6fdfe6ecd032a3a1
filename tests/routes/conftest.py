"""One server for each test, with a worker that counts."""

from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from serving import Serving, serving
from stable_regions.settings import Settings


@pytest.fixture
async def served(make_settings: Callable[..., Settings]) -> AsyncIterator[Serving]:
    async with serving(make_settings(body_bytes=20_000)) as served:
        yield served


@pytest.fixture
def http(served: Serving) -> httpx.AsyncClient:
    return served.http
