"""What is said in the frames: jobs and cancellations to the worker, turns and messages back.

The worker says `hello` when it is ready, and `turn` with a job's number before each chunk of it (0: nothing to do), so
that whoever finds it dead or stuck knows which job it was at.
"""

from dataclasses import asdict, dataclass, replace
from typing import cast

from pydantic import TypeAdapter

from stable_regions.analyses.report import Progress
from stable_regions.schemas.result import Json
from stable_regions.settings import Settings
from stable_regions.workers.base import Job, Message, PartReadyMessage, PartSkippedMessage, Refused
from stable_regions.workers.framing import Frame, Header, frame


@dataclass(frozen=True)
class Run:
    """To the worker: begin a job."""

    number: int
    job: Job


@dataclass(frozen=True)
class Cancel:
    """To the worker: leave a job."""

    number: int


@dataclass(frozen=True)
class Hello:
    """From the worker: it is ready."""


@dataclass(frozen=True)
class Turn:
    """From the worker: it begins a chunk of that job."""

    number: int


@dataclass(frozen=True)
class Said:
    """From the worker: a message of a job."""

    number: int
    message: Message


_JOB: TypeAdapter[Job] = TypeAdapter(Job)
_MESSAGES: dict[str, TypeAdapter[Message]] = {
    kind.__name__: TypeAdapter(kind) for kind in (Progress, PartReadyMessage, PartSkippedMessage, Refused)
}


def opening(settings: Settings) -> bytes:
    """The first frame: the settings, without the access token, which is none of the worker's business."""
    return frame({"settings": settings.model_dump_json(exclude={"token"})})


def settings_in(received: Frame) -> Settings:
    """The settings the first frame holds."""
    return Settings.model_validate_json(cast(str, received[0]["settings"]))


def to_worker(order: Run | Cancel) -> bytes:
    """An order's frame."""
    if isinstance(order, Cancel):
        return frame({"do": "cancel", "number": order.number})
    job = _plain(asdict(replace(order.job, known={})))
    known = order.job.known
    return frame({"do": "run", "number": order.number, "job": job, "known": list(known)}, list(known.values()))


def order_in(received: Frame) -> Run | Cancel:
    """The order a frame holds."""
    header, blobs = received
    number = cast(int, header["number"])
    if header["do"] == "cancel":
        return Cancel(number)
    keys = cast(list[str], header["known"])
    return Run(number, replace(_JOB.validate_python(header["job"]), known=dict(zip(keys, blobs, strict=True))))


def from_worker(said: Hello | Turn | Said) -> bytes:
    """The frame of what the worker says."""
    if isinstance(said, Hello):
        return frame({"say": "hello"})
    if isinstance(said, Turn):
        return frame({"say": "turn", "number": said.number})
    message = said.message
    header: Header = {"say": "message", "number": said.number, "kind": type(message).__name__}
    if isinstance(message, PartReadyMessage):
        return frame({**header, "fields": {"key": message.key, "request": message.request}}, [message.file])
    return frame({**header, "fields": _plain(asdict(message))})


def said_in(received: Frame) -> Hello | Turn | Said:
    """What the worker says in a frame."""
    header, blobs = received
    if header["say"] == "hello":
        return Hello()
    number = cast(int, header["number"])
    if header["say"] == "turn":
        return Turn(number)
    fields = cast(dict[str, object], header["fields"])
    if blobs:
        fields["file"] = blobs[0]
    return Said(number, _MESSAGES[cast(str, header["kind"])].validate_python(fields))


def _plain(fields: dict[str, object]) -> dict[str, Json]:
    """A dataclass' fields, which are plain JSON values already."""
    return cast(dict[str, Json], fields)
