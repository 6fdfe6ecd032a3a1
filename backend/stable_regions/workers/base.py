"""What a pool of workers is.

A job is a resolved request with its key. A worker answers with messages; the iterator of messages is the job: closing
it cancels within one chunk. Messages are plain values (bytes, numbers, texts): nothing is pickled that a visitor sent.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, runtime_checkable

from stable_regions.analyses.report import Progress
from stable_regions.errors import Problem

Priority = Literal["interactive", "batch"]


@dataclass(frozen=True)
class Job:
    """One computation."""

    key: str
    request: str
    """The resolved request as JSON."""
    weights: tuple[str, ...]
    """Content hash or commit of each checkpoint, in the order of its checkpoints."""
    priority: Priority = "interactive"
    known: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    """Results of parts that are in the cache, by key."""


@dataclass(frozen=True)
class PartReadyMessage:
    """A finished result: a part's, or the job's own (then `key` is the job's)."""

    key: str
    request: str
    file: bytes


@dataclass(frozen=True)
class PartSkippedMessage:
    """A part that cannot be had."""

    request: str
    problem: Problem


@dataclass(frozen=True)
class Refused:
    """The job ends without an answer."""

    problem: Problem


Message = Progress | PartReadyMessage | PartSkippedMessage | Refused


class WorkerDied(Exception):
    """The process that held a job is gone; the job may be tried again.

    Args:
        why: one sentence for the log.
        computing: whether it was this job's turn when the process went, so that the job may be the reason.
    """

    def __init__(self, why: str, *, computing: bool) -> None:
        super().__init__(why)
        self.computing = computing


@runtime_checkable
class WorkerPool(Protocol):
    """Runs jobs."""

    @property
    def ready(self) -> bool:
        """Whether a worker is up and has imported what it needs."""
        ...

    @property
    def deaths(self) -> int:
        """Workers lost since the start."""
        ...

    async def start(self) -> None:
        """Bring workers up before the first job needs them."""
        ...

    def run(self, job: Job) -> AsyncIterator[Message]:
        """The job's messages, in order; ends after the job's own `PartReadyMessage` or a `Refused`.

        Raises:
            WorkerDied: the worker was lost; messages so far stay true.
        """
        ...

    async def close(self) -> None:
        """Stop the workers; none is left behind."""
        ...
