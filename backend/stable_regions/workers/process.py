"""One worker process, as the web process sees it: a generation.

Jobs belong to the process they were sent to, so the death of one generation is told to its own jobs only, never to
those already sent to the next.
"""

import asyncio
import logging
import os
import sys
import time
from collections.abc import Mapping

from stable_regions.settings import Settings
from stable_regions.workers.base import Job, Message, WorkerDied
from stable_regions.workers.framing import receive
from stable_regions.workers.messages import Cancel, Hello, Run, Turn, opening, said_in, to_worker

log = logging.getLogger(__name__)

START_SECONDS = 180.0
"""A worker that has not said hello after this is stuck: importing torch takes 3 to 15 seconds."""

DYING_SECONDS = 1.0
"""A worker that closed its output ends by itself within this, or is killed."""

Letter = Message | WorkerDied


class WorkerProcess:
    """A running worker. Made by `start`."""

    def __init__(self, process: asyncio.subprocess.Process, generation: int) -> None:
        self.generation = generation
        self.ready = asyncio.Event()
        self.gone = asyncio.Event()
        self._process = process
        self._jobs: dict[int, asyncio.Queue[Letter]] = {}
        self._turn = 0
        self._heard = time.monotonic()
        self._reading = asyncio.create_task(self._read())

    @staticmethod
    async def start(settings: Settings, entry: str, generation: int) -> "WorkerProcess":
        """Spawn a worker; it may still be importing when this returns.

        Args:
            settings: handed to it.
            entry: module that is run.
            generation: its number, for the log.
        """
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", entry),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=_environment(settings),
            limit=2**22,
            start_new_session=True,
        )
        worker = WorkerProcess(process, generation)
        worker._write(opening(settings))
        return worker

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def jobs(self) -> int:
        """Jobs that have not ended."""
        return len(self._jobs)

    def begin(self, number: int, job: Job) -> "asyncio.Queue[Letter]":
        """Send a job; its messages come into the queue, at last a `WorkerDied` if the process goes."""
        if not self._jobs:
            self._heard = time.monotonic()
        letters: asyncio.Queue[Letter] = asyncio.Queue()
        self._jobs[number] = letters
        if self.gone.is_set():
            letters.put_nowait(WorkerDied("the worker is gone", computing=False))
        else:
            self._write(to_worker(Run(number, job)))
        return letters

    def end(self, number: int, *, cancel: bool) -> None:
        """Listen no longer to a job."""
        if self._jobs.pop(number, None) is not None and cancel and not self.gone.is_set():
            self._write(to_worker(Cancel(number)))

    def stuck(self, seconds: float) -> bool:
        """Whether it has jobs and has been silent for longer than that, or does not come up."""
        silent = time.monotonic() - self._heard
        return silent > START_SECONDS if not self.ready.is_set() else bool(self._jobs) and silent > seconds

    def kill(self) -> None:
        """End it at once, whatever it does."""
        if self._process.returncode is None:
            self._process.kill()

    async def close(self) -> None:
        """End it and wait until it is gone."""
        self.kill()
        await self._reading
        await self._process.wait()

    async def _read(self) -> None:
        assert self._process.stdout is not None
        try:
            while True:
                said = said_in(await receive(self._process.stdout))
                self._heard = time.monotonic()
                if isinstance(said, Hello):
                    self.ready.set()
                elif isinstance(said, Turn):
                    self._turn = said.number
                elif said.number in self._jobs:
                    self._jobs[said.number].put_nowait(said.message)
        except EOFError:
            pass
        except Exception:
            log.exception("the worker of generation %d spoke nonsense; it is replaced", self.generation)
        try:
            async with asyncio.timeout(DYING_SECONDS):  # a kill of what is dying already would race with its end
                await self._process.wait()
        except TimeoutError:
            self.kill()
            await self._process.wait()
        self.gone.set()
        for number, letters in self._jobs.items():
            letters.put_nowait(WorkerDied(f"the worker is gone ({self._ended()})", computing=number == self._turn))

    def _ended(self) -> str:
        code = self._process.returncode
        return f"signal {-code}" if code is not None and code < 0 else f"exit {code}"

    def _write(self, frame: bytes) -> None:
        assert self._process.stdin is not None
        if not self._process.stdin.is_closing():
            self._process.stdin.write(frame)


def _environment(settings: Settings) -> Mapping[str, str]:
    """This environment, this module path, and what must be known before torch is imported: threads, and how they wait.

    Torch's threads spin while they wait for one another. Where another process wants a core, the one they wait for does
    not run, and a picture takes thirty times as long; asleep, they lose microseconds. Large tensors are asked for in large
    pages where the system has them: in small ones finding memory for logits takes a tenth of making them.
    """
    kept = {name: value for name, value in os.environ.items() if name != "STABLE_REGIONS_TOKEN"}
    kept["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    kept.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    kept.setdefault("THP_MEM_ALLOC_ENABLE", "1")
    if settings.threads:
        kept["OMP_NUM_THREADS"] = str(settings.threads)
    return kept
