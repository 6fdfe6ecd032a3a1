"""The service: ask, how far, listen, cancel, fetch. What the routes call; nothing here knows HTTP."""

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress

from prometheus_client import CollectorRegistry

from stable_regions.analyses import REQUEST
from stable_regions.errors import Cancelled, NotFound, NotReady, Refusal, TooCostly, from_problem
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.resolve import Resolved, resolve, resolve_part
from stable_regions.schemas.events import DoneEvent, Estimate, Event, Offer, ProblemDocument, RefusedEvent, Ticket
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.model_request import ModelRequest, checkpoints
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.service.log import POISON_SECONDS, Log, State, Unwanted
from stable_regions.service.metrics import Metrics
from stable_regions.service.offer import answered, offer
from stable_regions.service.price import with_downloads, with_memory
from stable_regions.service.single_flight import LEASE, Flight
from stable_regions.service.speed import Speeds
from stable_regions.service.streams import ONLY, Streams, busy, only_done
from stable_regions.service.tools import Tools
from stable_regions.settings import Settings
from stable_regions.store.base import Store
from stable_regions.workers.base import WorkerPool

CANCEL = 5.0
"""Seconds that a cancellation waits for its effect before it answers."""

FREE = Estimate(points=0, passes=0, seconds=0.0)
"""What a cached result costs."""


class NothingMore(Exception):
    """The listener has heard the ending already."""


class Service:
    """One web process' service. Made inside the event loop.

    Args:
        settings: limits.
        store: closed with the service.
        pool: closed with the service.
        catalogue: knows the models.
        stopping: set when the server is told to stop; ends the streams.
    """

    def __init__(
        self, settings: Settings, store: Store, pool: WorkerPool, catalogue: Catalogue, stopping: asyncio.Event
    ) -> None:
        self.metrics = Metrics()
        self.stopping = stopping
        self._settings = settings
        self._store = store
        self._pool = pool
        self._catalogue = catalogue
        self._tools = Tools(store, pool, Speeds(), self.metrics)
        self._flights: dict[str, Flight] = {}
        self._streams = Streams(store, settings.streams, settings.streams_per_client, self.metrics, stopping)

    @property
    def ready(self) -> bool:
        """Whether a request would be computed now."""
        return self._pool.ready and not self.stopping.is_set()

    def measured(self) -> CollectorRegistry:
        """The counters, with what is read off now."""
        self.metrics.deaths.set(self._pool.deaths)
        self.metrics.up.set(self._pool.ready)
        self.metrics.spoiled.set(self._store.spoiled)
        return self.metrics.registry

    async def ask(self, request: AnalysisRequest) -> Ticket:
        """Begin a request, or join it where it is under way or done.

        Raises:
            Refusal: whatever speaks against it; `Busy` when too many are under way.
        """
        self.metrics.asked.labels(request.name()).inc()
        resolved = await asyncio.to_thread(resolve, request, self._catalogue, self._settings)
        key = resolved.key
        if await answered(resolved, self._store):
            self.metrics.hits.inc()
            return Ticket(key=key, status="done", estimate=self._estimate(resolved, cached=True))
        flight = await self._under_way(key)
        if flight is None:
            await self._refuse_poison(key)
            self._refuse_long(resolved)
            flight = self._flights.get(key)  # another caller may have come meanwhile
        if flight is None:
            if len(self._flights) >= self._settings.queue:
                raise busy(f"{len(self._flights)} requests are computed or waiting; this server takes no more.")
            flight = self._start(resolved)
        await flight.opened()
        return await self.ticket(key)

    async def offer(self, request: AnalysisRequest) -> Offer:
        """What a request would cost and what of it is there; starts nothing. Asks the hub what would be downloaded.

        Raises:
            Refusal: whatever speaks against it.
        """
        resolved = await asyncio.to_thread(resolve, request, self._catalogue, self._settings)
        found = await offer(resolved, self._store, self._tools.speeds)
        if found.there:
            return found
        needed = await self._needed(resolved)
        estimate = with_memory(found.estimate, resolved, self._catalogue)
        estimate = await asyncio.to_thread(with_downloads, estimate, needed, self._catalogue)
        return found.model_copy(update={"estimate": estimate})

    async def ticket(self, key: str) -> Ticket:
        """How far a request is.

        Raises:
            NotFound: nobody asked it within the last minutes, and there is no result.
        """
        state = await Log(self._store, key).state()
        estimate = state.asked.estimate if state.asked else FREE
        again = (
            key in self._flights and state.ended is None
        )  # an answer with a passing gap is there while another is made
        if not again and await self._store.has([key]):
            return Ticket(key=key, status="done", estimate=estimate)
        if key not in self._flights and (state.asked is None or isinstance(state.ended, DoneEvent)):
            raise unknown(key)
        await self._attend(key, state)
        problem = state.ended.problem if isinstance(state.ended, RefusedEvent) else None
        return Ticket(key=key, status=state.status, estimate=estimate, problem=problem)

    async def fetch(self, key: str) -> bytes:
        """A result's file.

        Raises:
            NotReady: it is being computed.
            Refusal: the request was refused; or nobody asked it.
        """
        file = await self._store.fetch(key)
        if file is not None:
            return file
        ticket = await self.ticket(key)
        if ticket.problem is not None:
            raise from_problem(ticket.problem.model_dump())  # pyright: ignore[reportArgumentType]  (the same fields)
        raise NotReady(f"The result {key[:12]}… is still being computed.", "Ask again soon, or listen to its events.")

    async def cancel(self, key: str) -> Ticket:
        """Stop a request, whichever process computes it; within a chunk of work.

        Raises:
            NotFound: nobody asked it, and there is no result.
        """
        log = Log(self._store, key)
        state = await log.state()
        under_way = key in self._flights or not await self._store.has([key])
        if state.asked is not None and state.ended is None and under_way:
            await log.add(Unwanted())
            await self._ending(log, state.last)
            if (await log.state()).ended is None and await self._store.lease(key, "cancel", LEASE):
                cancelled = Cancelled("The request was cancelled.", "Ask again to compute it.")
                await log.add(RefusedEvent(problem=ProblemDocument(**cancelled.problem())))
                await self._store.release(key, "cancel")
        return await self.ticket(key)

    async def listen(self, key: str, after: str, client: str = "") -> AsyncGenerator[tuple[str, Event]]:
        """The request's events after an id, until its ending; waits for nothing before it returns.

        Args:
            key: the request's.
            after: id of the last event that was heard.
            client: who listens, such as an address; each keeps so many streams open and no more.

        Raises:
            NotFound: nobody asked it, and there is no result.
            NothingMore: the ending has that id.
            Busy: too many listen.
        """
        state = await Log(self._store, key).state()
        if state.ended is not None and after == state.last:
            raise NothingMore
        if state.asked is None or isinstance(state.ended, DoneEvent):
            there = bool(await self._store.has([key]))
            if not there and key not in self._flights:
                raise unknown(key)
            if there and state.asked is None:
                if after == ONLY:
                    raise NothingMore
                return only_done(key)
        await self._attend(key, state)
        return self._streams.open(key, after, client)

    async def close(self) -> None:
        """Leave every computation without an ending, end the streams, stop the worker, close the store."""
        self.stopping.set()
        await asyncio.gather(*(flight.close() for flight in list(self._flights.values())))
        await self._streams.close()
        await self._pool.close()
        await self._store.close()

    async def _attend(self, key: str, state: State) -> None:
        """See that somebody computes it: follow, and take over if the leader is gone, say after a restart."""
        if state.ended is not None or state.asked is None or await self._under_way(key):
            return
        if (await Log(self._store, key).state()).ended is not None:
            return  # it landed while it was waited for: cancelled, say
        request = REQUEST.validate_json(state.asked.request)
        try:
            resolved = await asyncio.to_thread(resolve, request, self._catalogue, self._settings)
        except Refusal:
            return
        if resolved.key == key and key not in self._flights:
            self._start(resolved)

    async def _under_way(self, key: str) -> Flight | None:
        """This process' computation of a key; one that is landing attends to nobody any more, and is waited for."""
        flight = self._flights.get(key)
        if flight is not None and flight.landing:
            await asyncio.wait({flight.task})
            flight = self._flights.get(key)
        return flight

    def _start(self, resolved: Resolved) -> Flight:
        key = resolved.key
        flight = Flight(self._tools, resolved, self._estimate(resolved, cached=False))
        self._flights[key] = flight
        self.metrics.queue.set(len(self._flights))

        def land(_: object) -> None:
            del self._flights[key]
            self.metrics.queue.set(len(self._flights))

        flight.task.add_done_callback(land)
        return flight

    def _estimate(self, resolved: Resolved, *, cached: bool) -> Estimate:
        estimate = self._tools.speeds.estimate(resolved.request, resolved.cards)
        if cached:
            return estimate.model_copy(update={"seconds": 0.0})
        return with_memory(estimate, resolved, self._catalogue)

    async def _needed(self, resolved: Resolved) -> Sequence[ModelRef]:
        """The checkpoints of which something is not in the cache."""
        refs = list(checkpoints(resolved.request))
        parts = resolved.request.parts() if len(refs) > 1 else ()
        keys = {part: resolve_part(part, resolved).key for part in parts}
        there = await self._store.has(list(keys.values()))
        lacking = dict.fromkeys(ref for part, key in keys.items() if key not in there for ref in checkpoints(part))
        return [ref for ref in refs if not parts or ref in lacking]

    def _refuse_long(self, resolved: Resolved) -> None:
        """Refuse what takes longer than its analysis allows, where the speed is known; what is stopped by the worker else."""
        if isinstance(resolved.request, ModelRequest):
            return
        seconds, most = self._estimate(resolved, cached=False).seconds, resolved.request.limits.seconds
        if seconds is not None and seconds > most:
            raise TooCostly(
                f"This takes about {seconds:,.0f} s here; a request for {resolved.request.name()!r} takes at most {most:,.0f} s.",
                "Ask for less at once.",
            )

    async def _refuse_poison(self, key: str) -> None:
        state = await Log(self._store, key).state()
        left = state.poisonous_until - time.time()
        # A clock that was set back since makes it longer than it can be.
        if isinstance(state.ended, RefusedEvent) and 0 < left <= POISON_SECONDS:
            refusal = from_problem(state.ended.problem.model_dump())  # pyright: ignore[reportArgumentType]  (the same fields)
            refusal.retry_after = round(left)
            raise refusal

    async def _ending(self, log: Log, after: str) -> None:
        """Wait for the ending of a log, so long at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(CANCEL):
                while True:
                    for number, line in await log.read(after, CANCEL):
                        after = number
                        if isinstance(line.said, DoneEvent | RefusedEvent):
                            return


def unknown(key: str) -> NotFound:
    """The key is unknown here."""
    return NotFound(f"Nothing is known of {key[:12]}….", "Post the request again: its key is its name.")
