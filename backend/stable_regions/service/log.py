"""The log of one request: the events that listeners hear, and lines that only servers read.

The store's log is the single truth about a request under way, so any web process can answer for it: who asked what,
how far it is, that somebody wants it cancelled, who listens, and how it ended.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from stable_regions.schemas.base import Wire
from stable_regions.schemas.events import DoneEvent, Estimate, Event, ProgressEvent, RefusedEvent, Status
from stable_regions.store.base import Store

log = logging.getLogger(__name__)

POISON_SECONDS = 600.0
"""How long a request that killed workers is not tried again."""


class Asked(Wire):
    """The log's first line: the resolved request, so that another process can take it over."""

    event: Literal["asked"] = "asked"
    request: str
    estimate: Estimate


class Unwanted(Wire):
    """Somebody cancelled."""

    event: Literal["unwanted"] = "unwanted"


class Joined(Wire):
    """A listener came."""

    event: Literal["joined"] = "joined"
    listener: str


class Left(Wire):
    """A listener went before the end."""

    event: Literal["left"] = "left"
    listener: str


class Poisonous(Wire):
    """The request killed its workers; a refusal follows."""

    event: Literal["poisonous"] = "poisonous"


Private = Asked | Unwanted | Joined | Left | Poisonous

Said = Annotated[Event | Private, Field(discriminator="event")]


class Line(Wire):
    """What was said, and when (seconds since 1970)."""

    at: float
    said: Said


@dataclass(frozen=True)
class State:
    """What a log's lines say, taken together."""

    asked: Asked | None = None
    began: bool = False
    ended: DoneEvent | RefusedEvent | None = None
    last: str = ""
    """Id of the last line; of the ending, once there is one."""
    poisonous_until: float = 0.0

    @property
    def status(self) -> Status:
        if isinstance(self.ended, RefusedEvent):
            return "cancelled" if self.ended.problem.type.endswith(":cancelled") else "refused"
        if self.ended is not None:
            return "done"
        return "running" if self.began else "queued"


class Log:
    """One request's log in a store."""

    def __init__(self, store: Store, key: str) -> None:
        self._store = store
        self._key = key

    async def add(self, said: Event | Private) -> str:
        """Write a line; its id."""
        return await self._store.append(self._key, Line(at=time.time(), said=said).model_dump_json().encode())

    async def read(self, after: str, wait: float = 0) -> list[tuple[str, Line]]:
        """Lines after an id, as `Store.read` gives them."""
        return [
            (number, line)
            for number, text in await self._store.read(self._key, after, wait)
            if (line := _understood(text)) is not None
        ]

    async def state(self) -> State:
        """What all its lines say."""
        return state_of(await self.read(""))

    async def forget(self) -> None:
        """Begin anew."""
        await self._store.forget(self._key)


def _understood(text: bytes) -> Line | None:
    """A line; None where another version of the server wrote something that this one does not know."""
    try:
        return Line.model_validate_json(text)
    except ValidationError as error:
        log.warning("a line of a request's log is left out: %s", error.errors(include_input=False)[0]["msg"])
        return None


def state_of(lines: Sequence[tuple[str, Line]]) -> State:
    """What lines say, taken together. The first ending counts: two computations of one request may each write one."""
    asked: Asked | None = None
    began = False
    ended: DoneEvent | RefusedEvent | None = None
    last = ""
    poisonous_until = 0.0
    for number, line in lines:
        said = line.said
        if isinstance(said, Asked):
            asked = said
        elif isinstance(said, Poisonous):
            poisonous_until = line.at + POISON_SECONDS
        elif isinstance(said, DoneEvent | RefusedEvent) and ended is None:
            ended, last = said, number
        elif isinstance(said, ProgressEvent):
            began = began or said.stage != "queue"
        if ended is None:
            last = number
    return State(asked, began, ended, last, poisonous_until)
