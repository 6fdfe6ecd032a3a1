"""What a computation says on the way: how far it is, a part that is ready, a part that cannot be had."""

from collections.abc import Mapping
from dataclasses import dataclass

from stable_regions.schemas.request import AnalysisRequest
from stable_regions.schemas.result import Result


@dataclass(frozen=True)
class Progress:
    """Work goes on: `done` of `total` units of work (or bytes), in a named stage.

    Attributes:
        note: of a download, what it is at.
        rest: seconds for which this work has nothing to do, so that others may.
    """

    stage: str
    done: int
    total: int
    unit: str = "points"
    note: str = ""
    rest: float = 0.0


@dataclass(frozen=True)
class PartReady:
    """A result is there: a part's, or at the end the request's own."""

    request: AnalysisRequest
    result: Result


@dataclass(frozen=True)
class PartSkipped:
    """A part cannot be had; `problem` is its RFC 9457 document."""

    request: AnalysisRequest
    problem: Mapping[str, object]


Report = Progress | PartReady | PartSkipped
