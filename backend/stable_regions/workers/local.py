"""The pool of one machine: one worker process, replaced when it dies or hangs.

The process earns its place by surviving for us: an out-of-memory kill or a crash in native code takes the worker, and
the web process goes on. It never imports torch itself. There is one worker, since one computation keeps all cores
busy; several jobs share it by turns.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import suppress
from itertools import count

from stable_regions.errors import WorkerLost
from stable_regions.settings import Settings
from stable_regions.workers.base import Job, Message, PartReadyMessage, Refused, WorkerDied
from stable_regions.workers.process import WorkerProcess

log = logging.getLogger(__name__)

FAILED_STARTS = 3
"""After so many starts in a row that came to nothing, jobs are refused instead of waiting."""

PAUSE, LONGEST_PAUSE = 0.1, 10.0
"""Seconds before a start after a failed one; doubled each time."""


class LocalPool:
    """A `WorkerPool` with one spawned process.

    Args:
        settings: handed to the worker; `stuck_seconds` is how long it may be silent.
        entry: the module the worker runs.
    """

    def __init__(self, settings: Settings, entry: str = "stable_regions.workers.worker") -> None:
        self._deaths = 0
        self._settings = settings
        self._entry = entry
        self._numbers = count(1)
        self._generations = count(1)
        self._worker: WorkerProcess | None = None
        self._changed = asyncio.Condition()
        self._failed = 0
        self._minding: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    @property
    def ready(self) -> bool:
        """Whether a worker is up and has imported what it needs."""
        return self._worker is not None and self._worker.ready.is_set() and not self._worker.gone.is_set()

    @property
    def deaths(self) -> int:
        """Workers lost since the start."""
        return self._deaths

    @property
    def pid(self) -> int | None:
        """The worker's process id."""
        return self._worker.pid if self._worker is not None and not self._worker.gone.is_set() else None

    async def start(self) -> None:
        """Spawn the worker before the first job needs it."""
        await self._alive()

    async def run(self, job: Job) -> AsyncGenerator[Message]:
        """See `WorkerPool.run`."""
        if self._failed >= FAILED_STARTS and not self.ready:
            log.error("a request is refused: the worker did not start %d times in a row", self._failed)
            yield Refused(
                WorkerLost(
                    "The worker does not start.", "The server's log says why; `stable-regions doctor` helps."
                ).problem()
            )
            return
        worker = await self._alive()
        number = next(self._numbers)
        letters = worker.begin(number, job)
        ended = False
        try:
            while not ended:
                letter = await letters.get()
                if isinstance(letter, WorkerDied):
                    ended = True
                    raise letter
                ended = isinstance(letter, Refused) or (isinstance(letter, PartReadyMessage) and letter.key == job.key)
                yield letter
        finally:
            worker.end(number, cancel=not ended)

    async def close(self) -> None:
        self._closing.set()
        if self._minding is not None:
            await self._minding

    async def _alive(self) -> WorkerProcess:
        """The worker; when the last is gone, the next one as soon as it is spawned."""
        if self._minding is None and not self._closing.is_set():
            self._minding = asyncio.create_task(self._mind())
        async with self._changed:
            while not self._closing.is_set():
                if self._worker is not None and not self._worker.gone.is_set():
                    return self._worker
                await self._changed.wait()
        raise WorkerDied("the pool is closed", computing=False)

    async def _mind(self) -> None:
        """Keep a worker alive until the pool is closed.

        Never cancelled: a cancelled spawn could leave a process behind.
        """
        while not self._closing.is_set():
            worker = await WorkerProcess.start(self._settings, self._entry, next(self._generations))
            await self._say(worker)
            await self._watch(worker)
            if self._closing.is_set():
                await worker.close()
                break
            self._deaths += 1
            self._failed = 0 if worker.ready.is_set() else self._failed + 1
            log.warning("the worker of generation %d is gone; starting another", worker.generation)
            if self._failed:
                await _until(self._closing, min(PAUSE * 2**self._failed, LONGEST_PAUSE))
        await self._say(self._worker)

    async def _say(self, worker: WorkerProcess | None) -> None:
        async with self._changed:
            self._worker = worker
            self._changed.notify_all()

    async def _watch(self, worker: WorkerProcess) -> None:
        """Return when the worker is gone or the pool closes; kill it when it is stuck."""
        closing = asyncio.create_task(self._closing.wait())
        gone = asyncio.create_task(worker.gone.wait())
        pause = min(self._settings.stuck_seconds / 4, 5.0)
        while not (closing.done() or gone.done()):
            await asyncio.wait({closing, gone}, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
            if worker.stuck(self._settings.stuck_seconds) and not gone.done():
                log.error("the worker was silent for too long; it is replaced")
                worker.kill()
        closing.cancel()
        gone.cancel()


async def _until(event: asyncio.Event, seconds: float) -> None:
    """Wait for the event, so long at most."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
