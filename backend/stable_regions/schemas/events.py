"""What is said while a request is computed: its ticket, its cost, and the events of its stream."""

from typing import Annotated, Literal

from pydantic import Field

from stable_regions.schemas.base import Wire
from stable_regions.schemas.key import Key
from stable_regions.schemas.request import Unit

Status = Literal["queued", "running", "done", "refused", "cancelled"]


class ProblemDocument(Wire):
    """RFC 9457: what was found and expected (`detail`), and what to do next (`next`)."""

    type: str
    title: str
    status: int
    detail: str
    next: str


class MissingCheckpoint(Wire):
    """A checkpoint that cannot be had, and why: it would be a gap."""

    model: str
    revision: str
    problem: ProblemDocument


class Estimate(Wire):
    """What a request costs, said before it runs. What is in the cache already costs nothing."""

    points: int = Field(description="Units of work: points written into the model, contexts and checkpoints counted.")
    unit: Unit = Field(default="points", description="What is counted, without a model: steps, words …")
    passes: int = Field(description="Checkpoints that are loaded.")
    seconds: float | None = Field(
        description="Of computing, from speeds measured on this machine; null until one is known."
    )
    memory_bytes: int | None = Field(
        default=None, description="At most, for the largest checkpoint: its weights, its prompts, a pass over points."
    )
    download_bytes: int | None = Field(
        default=None, description="What is missing on disk; null in a ticket, where the hub is not asked."
    )
    download_files: int | None = Field(default=None, description="How many files that is.")
    disk_free_bytes: int | None = Field(default=None, description="Free where downloads go.")
    missing: tuple[MissingCheckpoint, ...] = Field(
        default=(), description="Checkpoints that cannot be had; the others are computed."
    )


class Ticket(Wire):
    """How far a request is."""

    key: Key
    status: Status
    estimate: Estimate
    problem: ProblemDocument | None = None


class ReadyPart(Wire):
    """A part of a request that is in the cache."""

    key: Key
    url: str
    request: dict[str, object]


class Offer(Wire):
    """What a request would cost, said without starting it."""

    key: Key
    there: bool = Field(description="The result is in the cache; posting the request answers at once.")
    estimate: Estimate = Field(description="Of what is not there yet.")
    parts: int = Field(description="Results that it is made of, each under its own key: frames, cells; 0: it is one.")
    ready: tuple[ReadyPart, ...] = Field(description="Those of them that are in the cache.")


class ProgressEvent(Wire):
    """Work goes on. Counted in units of work, a download in bytes; a stage such as `load` may count none."""

    event: Literal["progress"] = "progress"
    stage: str = Field(description="`queue`, `download`, `load`, `clean`, `points` …")
    done: int
    total: int
    seconds_left: float | None
    unit: Unit = Field(default="points", description="What is counted: `bytes` of a download, else units of work.")
    note: str = Field(default="", description="Of a download: the checkpoint, files that are whole, and the file.")


class PartReadyEvent(Wire):
    """A part is in the cache: a coarser level, or a frame. `request` says which."""

    event: Literal["ready"] = "ready"
    key: Key
    url: str
    request: dict[str, object]


class PartSkippedEvent(Wire):
    """A part that cannot be had (a missing checkpoint); the rest goes on."""

    event: Literal["skipped"] = "skipped"
    request: dict[str, object]
    problem: ProblemDocument


class DoneEvent(Wire):
    """The answer is in the cache."""

    event: Literal["done"] = "done"
    key: Key
    url: str


class RefusedEvent(Wire):
    """No answer will come; the reason in words. Also how a cancelled request ends."""

    event: Literal["refused"] = "refused"
    problem: ProblemDocument


Event = Annotated[
    ProgressEvent | PartReadyEvent | PartSkippedEvent | DoneEvent | RefusedEvent, Field(discriminator="event")
]
