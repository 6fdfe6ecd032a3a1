"""A request's events as server-sent events, resumed by `Last-Event-ID`."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from stable_regions.routes.problems import documented
from stable_regions.routes.requests import ServiceOf
from stable_regions.schemas.events import Event
from stable_regions.schemas.key import Key

router = APIRouter(tags=["requests"])

RECONNECT_MS = 1000
"""How soon a browser connects again after the server went away."""

Events = AsyncGenerator[tuple[str, Event]]


async def listening(
    key: Key, service: ServiceOf, request: Request, last_event_id: Annotated[str, Header()] = ""
) -> Events:
    """The events, or the refusal while the answer's status can still say so."""
    return await service.listen(key, last_event_id, request.client.host if request.client else "")


@router.get(
    "/api/v1/requests/{key}/events",
    response_class=EventSourceResponse,
    responses={204: {"description": "The ending was heard already."}, **documented(404, 422, 503)},
)
async def events(service: ServiceOf, heard: Annotated[Events, Depends(listening)]) -> AsyncIterator[ServerSentEvent]:
    """Progress, parts as they become ready, and the ending. The data is one of the `…Event` schemas, by its `event`."""
    yield ServerSentEvent(retry=RECONNECT_MS)
    async with aclosing(heard):
        async for number, event in heard:
            yield ServerSentEvent(id=number, event=event.event, raw_data=event.model_dump_json())
    if service.stopping.is_set():
        yield ServerSentEvent(comment="the server stops", retry=RECONNECT_MS)
