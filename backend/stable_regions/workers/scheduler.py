"""Several jobs in one thread, a chunk at a time.

A computation is a generator, and a chunk is what it does between two yields: some 100 ms. Before each chunk the job
with the lowest (priority, place) goes first, so an interactive request waits for a batch one a chunk at most. A job
that finished a part goes behind its equals: of two animations each gets a frame in turn, and of two slices each its
coarse level first. A job that has shown nothing yet goes before those that have, so that a first picture waits for a
chunk of another's, not for its part. Closing a generator cancels its job.

A job that waits for a download says for how long it has nothing to do; until then the others go on without it.
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count

from stable_regions.analyses import REQUEST
from stable_regions.analyses.report import PartReady, PartSkipped, Progress, Report
from stable_regions.errors import Problem, Refusal, TooCostly, WorkerLost
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.model_request import ModelRequest, checkpoints
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.workers.base import Job, Message, PartReadyMessage, PartSkippedMessage, Refused

log = logging.getLogger(__name__)

Compute = Callable[[AnalysisRequest, Mapping[Key, bytes]], Iterator[Report]]

RANK = {"interactive": 0, "batch": 1}


@dataclass
class Running:
    """A job that has begun."""

    job: Job
    weights: Mapping[ModelRef, str]
    reports: Iterator[Report]
    rank: int
    place: int
    shown: bool = False
    """Whether it has finished a part."""
    most: float = float("inf")
    """Seconds of computing that its analysis allows."""
    spent: float = 0.0
    due: float = 0.0
    """By the monotonic clock: it has nothing to do before."""


class Scheduler:
    """Runs jobs by turns.

    Args:
        compute: a resolved request and the known parts' files to its reports.
        say: called with a job's number and each of its messages, and with None when its turn begins.
    """

    def __init__(self, compute: Compute, say: Callable[[int, Message | None], None]) -> None:
        self._compute = compute
        self._say = say
        self._running: dict[int, Running] = {}
        self._places = count()

    def __len__(self) -> int:
        return len(self._running)

    def begin(self, number: int, job: Job) -> None:
        """Let a job take turns from now on."""
        try:
            request = REQUEST.validate_json(job.request)
            weights = dict(zip(checkpoints(request), job.weights, strict=True))
            reports = self._compute(request, job.known)
        except Exception as error:  # a job must not take the others down
            self._say(number, Refused(_problem(error)))
            return
        self._running[number] = Running(
            job, weights, reports, RANK[job.priority], next(self._places), most=_most(request)
        )

    def cancel(self, number: int) -> None:
        """Leave a job; nothing when it has ended."""
        running = self._running.pop(number, None)
        if running is not None:
            _close(running.reports)

    def pause(self) -> float:
        """Seconds until a job has something to do; 0 when one has now."""
        return max(0.0, min(running.due for running in self._running.values()) - time.monotonic())

    def step(self) -> None:
        """Compute one chunk of the job whose turn it is; nothing while all of them wait."""
        now = time.monotonic()
        number = min(
            (n for n, running in self._running.items() if running.due <= now),
            key=lambda n: (self._running[n].rank, self._running[n].shown, self._running[n].place),
            default=None,
        )
        if number is None:
            return
        running = self._running[number]
        self._say(number, None)
        try:
            began = time.perf_counter()
            report = next(running.reports)
            running.spent += time.perf_counter() - began
            if running.spent > running.most and not _ends(report, running):
                raise TooCostly(
                    f"This was computed for {running.spent:,.0f} s and is not done; its analysis allows {running.most:,.0f} s.",
                    "Ask for less at once; the parts that are done are kept.",
                )
            running.due = time.monotonic() + report.rest if isinstance(report, Progress) else 0.0
            message = _message(report, running)
        except StopIteration:
            message = Refused(_problem(RuntimeError("the computation ended without its result")))
        except Exception as error:  # likewise
            message = Refused(_problem(error))
        self._say(number, message)
        if isinstance(message, Refused) or (isinstance(message, PartReadyMessage) and message.key == running.job.key):
            self.cancel(number)
        elif isinstance(message, PartReadyMessage):
            running.place, running.shown = next(self._places), True


def _most(request: AnalysisRequest) -> float:
    """Seconds that a request may take; about models the server's other limits hold."""
    return float("inf") if isinstance(request, ModelRequest) else request.limits.seconds


def _ends(report: Report, running: Running) -> bool:
    """Whether it is the job's own result."""
    return isinstance(report, PartReady) and report.request.model_dump_json() == running.job.request


def _message(report: Report, running: Running) -> Message:
    if isinstance(report, Progress):
        return replace(report, rest=0.0)
    text = report.request.model_dump_json()
    if isinstance(report, PartSkipped):
        problem = report.problem
        return PartSkippedMessage(text, Problem(**{name: problem[name] for name in Problem.__annotations__}))  # pyright: ignore[reportArgumentType]  (a mapping off the wire)
    weights = [running.weights[ref] for ref in checkpoints(report.request)]
    return PartReadyMessage(key_of(report.request, weights), text, report.result.to_bytes())


def _problem(error: Exception) -> Problem:
    """What a visitor is told. Of an error of ours, only that there was one; the log has the rest."""
    if isinstance(error, Refusal):
        return error.problem()
    log.error("a computation failed", exc_info=error)
    return WorkerLost(
        "The computation failed inside the server.", "Try again; if it fails again, the server's log says why."
    ).problem()


def _close(reports: Iterator[Report]) -> None:
    close = getattr(reports, "close", None)
    try:
        if close is not None:
            close()
    except Exception:
        log.exception("a cancelled computation failed while it ended")
