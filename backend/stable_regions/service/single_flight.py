"""One computation of one request, for everybody who asked for it: the single flight.

A lease in the store decides which web process leads; the others follow the log, and one of them takes over when the
lease runs out. The leader hands the job to the pool, puts what comes into the store and tells the log. A lost lease or
log costs a second computation, never a wrong answer.

Leaving stops the work: when the last listener of a request left and none came back within `GRACE` seconds, it is
cancelled. A request to which nobody ever listened runs to its end.
"""

import asyncio
import logging
import time
import uuid
from collections.abc import Mapping
from contextlib import aclosing

from stable_regions.errors import Cancelled, Problem, Refusal, ServerFailed, WorkerLost
from stable_regions.models.resolve import Resolved, resolve_part
from stable_regions.schemas.events import DoneEvent, Estimate, PartReadyEvent, ProblemDocument, RefusedEvent
from stable_regions.schemas.key import url_of
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.schemas.result import is_provisional
from stable_regions.service.job_events import JobEvents
from stable_regions.service.log import Asked, Joined, Left, Log, Poisonous, Unwanted
from stable_regions.service.tools import Tools
from stable_regions.workers.base import Job, WorkerDied

log = logging.getLogger(__name__)

LEASE = 6.0
BEAT = 2.0
"""Seconds that a lease lasts, and between two extensions."""

GRACE = 10.0
"""Seconds for a listener to come back: longer than a browser waits before it connects again."""

LONG = 5.0
"""Seconds of work without a model above which what others wait for goes first."""

MANY = 3 * 129**2
"""Points of a model above which they do: finer grids than this are for pictures that are there already, only coarser."""

GUILTY_DEATHS = 2
"""A request at whose turn so many workers died is not tried again for a while."""

INNOCENT_DEATHS = 8
"""A request whose workers died at the turn of others is tried so many times: it is not to blame."""


class Flight:
    """See the module. Starts at once; `opened` is done when the log says that the request was asked."""

    def __init__(self, tools: Tools, resolved: Resolved, estimate: Estimate) -> None:
        self.key = resolved.key
        self.estimate = estimate
        self._tools = tools
        self._resolved = resolved
        self._log = Log(tools.store, resolved.key)
        self._owner = uuid.uuid4().hex
        self._asked = time.monotonic()
        self._opened = asyncio.Event()
        self.landing = False
        """Whether it has ended but for giving things back: who asks now wants another one."""
        self._task = asyncio.create_task(self._fly())

    @property
    def task(self) -> "asyncio.Task[None]":
        return self._task

    async def opened(self) -> None:
        """Wait until the log is this computation's, so that listeners hear nothing of an earlier one."""
        await self._opened.wait()

    async def close(self) -> None:
        """Leave without an ending: another process, or this one after a restart, takes the request over."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _fly(self) -> None:
        store = self._tools.store
        try:
            leads = await store.lease(self.key, self._owner, LEASE)
            await self._open(leads)
            self._opened.set()
            if leads or await self._follow():
                await self._lead()
        except Exception:
            log.exception("a request failed in the web process")
            await self._refuse(
                ServerFailed(
                    "The server failed while it looked after this request.", "Try again; its log says why."
                ).problem()
            )
        finally:
            self.landing = True
            self._opened.set()
            await asyncio.shield(store.release(self.key, self._owner))

    async def _open(self, leads: bool) -> None:
        """Begin the log, or wait until whoever leads has begun it."""
        for _ in range(20):
            state = await self._log.state()
            if state.asked is not None and state.ended is None:
                return
            if leads:
                await self._log.forget()
                await self._log.add(Asked(request=self._resolved.request.model_dump_json(), estimate=self.estimate))
                return
            await asyncio.sleep(0.05)

    async def _follow(self) -> bool:
        """Wait for the leader's ending; true when the leader is gone and this process has to lead."""
        last = ""
        while True:
            until = time.monotonic() + BEAT
            while (left := until - time.monotonic()) > 0:
                for number, line in await self._log.read(last, left):
                    last = number
                    if isinstance(line.said, DoneEvent | RefusedEvent):
                        return False
            if await self._tools.store.has([self.key]):
                return False
            if await self._tools.store.lease(self.key, self._owner, LEASE):
                return True

    async def _lead(self) -> None:
        """Compute, unless somebody finished in between, until there is an ending or a reason to stop."""
        file = await self._tools.store.fetch(self.key)
        if file is not None and not is_provisional(file):
            await self._log.add(DoneEvent(key=self.key, url=url_of(self.key)))
            return
        beating = asyncio.create_task(self._beat())
        working = asyncio.create_task(self._work())
        stopping = asyncio.create_task(self._reason_to_stop())
        try:
            await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                self.landing = True
                await working
            else:
                working.cancel()
                await asyncio.gather(working, return_exceptions=True)
                await self._refuse((await stopping).problem())
        finally:
            for task in (beating, working, stopping):
                task.cancel()
            await asyncio.gather(beating, working, stopping, return_exceptions=True)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            await self._tools.store.lease(self.key, self._owner, LEASE)

    async def _reason_to_stop(self) -> Refusal:
        """Read the log for a cancellation, and for the last listener's leaving."""
        last = ""
        listeners: set[str] = set()
        left_at: float | None = None
        while True:
            wait = LEASE if left_at is None else max(0.0, left_at + GRACE - time.monotonic())
            for number, line in await self._log.read(last, wait):
                last = number
                said = line.said
                if isinstance(said, Unwanted):
                    return Cancelled("The request was cancelled.", "Ask again to compute it.")
                if isinstance(said, Joined):
                    listeners.add(said.listener)
                    left_at = None
                if isinstance(said, Left):
                    listeners.discard(said.listener)
                    left_at = None if listeners else time.monotonic()
            if left_at is not None and time.monotonic() >= left_at + GRACE:
                return Cancelled("Nobody listened any longer.", "Ask again to compute it.")

    async def _work(self) -> None:
        """Run the job until it ends; again when its worker was lost."""
        request = self._resolved.request
        events = JobEvents(self._log, self._tools, self._resolved, self._asked)
        guilty = innocent = 0
        while True:
            known = await self._known(events)
            job = Job(
                key=self.key,
                request=request.model_dump_json(),
                weights=self._resolved.weights,
                priority="batch" if self._long else "interactive",
                known=known,
            )
            try:
                async with aclosing(self._tools.pool.run(job)) as messages:  # pyright: ignore[reportArgumentType]  (every pool's run is a generator)
                    async for message in messages:
                        await events.hear(message)
                return
            except WorkerDied as died:
                guilty += died.computing
                innocent += not died.computing
                log.warning("a computation lost its worker: %s", died)
            if guilty >= GUILTY_DEATHS:
                await self._log.add(Poisonous())
            if guilty >= GUILTY_DEATHS or innocent >= INNOCENT_DEATHS:
                lost = WorkerLost(
                    f"The worker was lost {guilty + innocent} times on this request.",
                    "It may need more memory than there is: ask for a smaller model or resolution.",
                )
                await self._refuse(lost.problem())
                return
            self._tools.metrics.retries.inc()
            events.whole = False

    @property
    def _long(self) -> bool:
        """Whether others go before it: several checkpoints, very many points, or without a model some seconds of work."""
        work = self._resolved.request.work()
        if self._resolved.cards:
            return work.passes > 1 or work.points > MANY
        return (self.estimate.seconds or 0.0) > LONG

    async def _known(self, events: "JobEvents") -> Mapping[str, bytes]:
        """Parts that are in the cache: told to the listeners, handed to the worker."""
        store = self._tools.store
        parts: dict[str, AnalysisRequest] = {
            resolve_part(part, self._resolved).key: part for part in self._resolved.request.parts()
        }
        there = await store.has(list(parts))
        known: dict[str, bytes] = {}
        for key, part in parts.items():
            file = await store.fetch(key) if key in there else None
            if file is not None:
                known[key] = file
                events.whole = False
                await events.ready(PartReadyEvent(key=key, url=url_of(key), request=part.model_dump(mode="json")))
        return known

    async def _refuse(self, problem: Problem) -> None:
        self.landing = True
        self._tools.metrics.rejected.labels(problem["type"].rpartition(":")[2]).inc()
        await self._log.add(RefusedEvent(problem=ProblemDocument(**problem)))
