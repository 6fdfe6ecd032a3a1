"""Every way in which the product says no, as one tree.

    Refusal                     status  meaning
    ├── BadRequest                 400  the body is not what the wire speaks (not JSON, not UTF-8)
    ├── TooLarge                   413  the body is larger than the server reads
    ├── Unprocessable              422  the request is well formed, yet cannot be computed
    │   ├── InvalidFields          422  a field is missing, unknown or out of bounds
    │   ├── UnknownLayer           422  the model has no such block
    │   ├── PromptRefused          422  a prompt is empty, too long, or not text
    │   ├── DegeneratePlane        422  the anchors coincide or lie on one line
    │   ├── DegeneratePath         422  the path from A to B is not defined
    │   ├── TooFine                422  in the whole window no two points are different activations
    │   ├── UnsupportedModel       422  the architecture cannot be written into exactly
    │   └── TooCostly              422  it can never fit into the limits of this server
    ├── NotFound                   404  nothing is stored or listed under that name
    │   ├── UnknownModel           404
    │   ├── UnknownRevision        404
    │   └── NotReady               404  asked for, still being computed (Retry-After)
    ├── ModelUnavailable           424  listed, but its files cannot be had (offline, gated, no safetensors)
    │   ├── HubSilent                  424  the hub does not answer
    │   ├── DownloadBroken             424  the line broke and stayed so, or what came is not what the hub promised
    │   └── NoRoom                     424  the disk has no room for its files
    ├── Cancelled                  409  somebody cancelled it
    ├── Busy                       503  the queue is full (Retry-After)
    └── WorkerLost                 500  the worker died again and again on this request

Each knows its HTTP status and carries three sentences: what was found, what was expected, what to do next. The wire
shape is RFC 9457 `application/problem+json`. A refusal crosses process borders as its problem document, never pickled.
"""

from typing import ClassVar

from typing_extensions import TypedDict


class Problem(TypedDict):
    """RFC 9457 problem document, with `next` for the next step a person can take."""

    type: str
    title: str
    status: int
    detail: str
    next: str


class Refusal(Exception):
    """A request that is not answered, with the reason in words.

    Args:
        found: what was found and what was expected, one sentence, values in `repr`.
        next: what the person can do about it.
    """

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Refused"
    retry_after: int | None = None
    passing: ClassVar[bool] = False
    """Whether the same request may be answered a while later, nothing else changed."""

    def __init__(self, found: str, next: str = "") -> None:  # noqa: A002  (the wire's own word)
        super().__init__(f"{found} {next}".strip())
        self.found = found
        self.next = next

    @classmethod
    def slug(cls) -> str:
        """The refusal's name on the wire: `DegeneratePlane` is `degenerate-plane`."""
        return "".join(f"-{c.lower()}" if c.isupper() else c for c in cls.__name__).lstrip("-")

    def problem(self) -> Problem:
        """The refusal as an RFC 9457 document."""
        return Problem(
            type=f"urn:stable-regions:{self.slug()}",
            title=self.title,
            status=self.status,
            detail=self.found,
            next=self.next,
        )


class BadRequest(Refusal):
    status = 400
    title = "This is not a request"


class TooLarge(Refusal):
    status = 413
    title = "The request is too large"


class Unprocessable(Refusal):
    status = 422
    title = "This cannot be computed"


class InvalidFields(Unprocessable):
    title = "A field is not right"


class UnknownLayer(Unprocessable):
    title = "No such layer"


class PromptRefused(Unprocessable):
    title = "A prompt cannot be used"


class DegeneratePlane(Unprocessable):
    title = "The three anchors span no plane"


class DegeneratePath(Unprocessable):
    title = "There is no such path from A to B"


class TooFine(Unprocessable):
    title = "The window is finer than numbers"


class UnsupportedModel(Unprocessable):
    title = "This architecture is not supported"


class TooCostly(Unprocessable):
    title = "This is more than the server computes"


class NotFound(Refusal):
    status = 404
    title = "Nothing here"


class UnknownModel(NotFound):
    title = "No such model"


class UnknownRevision(NotFound):
    title = "No such checkpoint"


class NotReady(NotFound):
    title = "Not there yet"
    retry_after = 1


class ModelUnavailable(Refusal):
    status = 424
    title = "The model's files cannot be had"


class HubSilent(ModelUnavailable):
    title = "The hub does not answer"
    passing = True


class DownloadBroken(ModelUnavailable):
    title = "The download broke off"
    passing = True


class NoRoom(ModelUnavailable):
    title = "The disk is too full"
    passing = True


class Cancelled(Refusal):
    status = 409
    title = "Cancelled"


class Busy(Refusal):
    status = 503
    title = "The server is busy"
    retry_after = 5


class WorkerLost(Refusal):
    title = "The worker was lost"


class ServerFailed(Refusal):
    title = "The server failed"


def refusals() -> dict[str, type[Refusal]]:
    """All refusals by their name on the wire."""
    found: dict[str, type[Refusal]] = {}
    queue: list[type[Refusal]] = [Refusal]
    while queue:
        kind = queue.pop()
        found[kind.slug()] = kind
        queue.extend(kind.__subclasses__())
    return found


def from_problem(problem: Problem) -> Refusal:
    """The refusal a problem document describes: the inverse of `Refusal.problem`."""
    kind = refusals().get(problem["type"].rpartition(":")[2], Refusal)
    return kind(problem["detail"], problem["next"])
