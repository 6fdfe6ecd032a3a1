"""The web process put together. It never imports torch: the worker does."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from stable_regions.analyses import REQUEST
from stable_regions.models.catalogue import Catalogue
from stable_regions.routes import catalogue, events, health, models, offers, page, requests, results
from stable_regions.routes.bodies import Bodies
from stable_regions.routes.guard import Guard
from stable_regions.routes.problems import install
from stable_regions.schemas.events import (
    DoneEvent,
    PartReadyEvent,
    PartSkippedEvent,
    ProblemDocument,
    ProgressEvent,
    RefusedEvent,
)
from stable_regions.service.service import Service
from stable_regions.settings import Settings
from stable_regions.store.open import open_store
from stable_regions.store.recent import RecentStore
from stable_regions.suites.presets import RESULTS
from stable_regions.version import __version__
from stable_regions.workers.local import LocalPool

TITLE = "Stable Regions Explorer"
REFERENCE = "#/components/schemas/{model}"


def create_app(settings: Settings, entry: str = "stable_regions.workers.worker") -> FastAPI:
    """The app. It opens nothing and starts nothing until its lifespan begins.

    Set `app.state.stopping` when the server is told to stop: event streams end, and `/readyz` says 503.

    Args:
        settings: what a person set.
        entry: the module that the worker process runs.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        logging.getLogger("stable_regions").setLevel(settings.log.upper())
        pool = LocalPool(settings, entry)
        store = RecentStore(open_store(settings, RESULTS), settings.recent_bytes)
        service = app.state.service = Service(settings, store, pool, app.state.catalogue, app.state.stopping)
        try:
            await pool.start()
            yield
        finally:
            await service.close()

    app = FastAPI(title=TITLE, version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.settings = settings
    app.state.catalogue = Catalogue(settings)
    app.state.document = catalogue.Document(app.state.catalogue, settings)
    app.state.bodies = Bodies(settings.recent_bytes)
    app.state.stopping = asyncio.Event()
    install(app)
    for part in (catalogue, models, offers, requests, events, results, health):
        app.include_router(part.router)
    app.include_router(page.page_router())
    app.add_middleware(Guard, settings=settings)
    app.openapi = lambda: _openapi(app)
    return app


def create_pack_app(settings: Settings, folder: Path) -> FastAPI:
    """A pack's folder behind the same door, and nothing that computes: its page asks for its files alone."""
    app = FastAPI(title=TITLE, version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.settings = settings
    app.state.stopping = asyncio.Event()
    install(app)
    app.include_router(page.page_router(folder))
    app.add_middleware(Guard, settings=settings)
    return app


def openapi_document() -> dict[str, object]:
    """The API's description, from which the page's types are made."""
    return create_app(Settings()).openapi()


def _openapi(app: FastAPI) -> dict[str, object]:
    """FastAPI's description, with the bodies and events that the routes read and write themselves."""
    if app.openapi_schema is None:
        document = get_openapi(title=TITLE, version=__version__, routes=app.routes)
        schemas = cast(dict[str, object], document["components"]["schemas"])
        asked = REQUEST.json_schema(ref_template=REFERENCE)
        schemas.update(asked.pop("$defs"))
        schemas["AnyRequest"] = asked
        said = (ProgressEvent, PartReadyEvent, PartSkippedEvent, DoneEvent, RefusedEvent, ProblemDocument)
        _, described = models_json_schema([(model, "serialization") for model in said], ref_template=REFERENCE)
        schemas.update(described["$defs"])
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        document["components"]["schemas"] = dict(sorted(schemas.items()))
        app.openapi_schema = document
    return app.openapi_schema
