"""The analyses: one folder each, `schema.py` (what is asked; no torch) and `compute.py` (the answer; torch).

The union below is the registry. The same routes, cache, events and client serve every member of it; adding an analysis
is a folder and a row here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, TypeAdapter

from stable_regions.analyses.animation.schema import AnimationRequest
from stable_regions.analyses.curve.schema import CurveRequest
from stable_regions.analyses.line.schema import LineRequest
from stable_regions.analyses.meaning.schema import MeaningRequest
from stable_regions.analyses.point.schema import PointRequest
from stable_regions.analyses.projection.schema import ProjectionRequest
from stable_regions.analyses.regions.schema import RegionsRequest
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.analyses.study.schema import StudyRequest
from stable_regions.analyses.study_cell.schema import StudyCellRequest
from stable_regions.analyses.sweep.schema import SweepRequest
from stable_regions.analyses.timeline.schema import TimelineRequest
from stable_regions.analyses.veil.schema import VeilRequest
from stable_regions.schemas.key import Key
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    from stable_regions.models.shelf import Shelf

AnyRequest = Annotated[
    SliceRequest
    | PointRequest
    | AnimationRequest
    | CurveRequest
    | LineRequest
    | StudyRequest
    | StudyCellRequest
    | RegionsRequest
    | TimelineRequest
    | VeilRequest
    | ProjectionRequest
    | SweepRequest
    | MeaningRequest,
    Field(discriminator="analysis"),
]

REQUEST: TypeAdapter[AnyRequest] = TypeAdapter(AnyRequest)


@dataclass(frozen=True)
class Progress:
    """Work goes on: `done` of `total` points (or bytes), in a named stage.

    Attributes:
        note: of a download, what it is at.
        rest: seconds for which this work has nothing to do, so that others may.
    """

    stage: str
    done: int
    total: int
    unit: Literal["points", "bytes"] = "points"
    note: str = ""
    rest: float = 0.0


@dataclass(frozen=True)
class Ready:
    """A result is there: a part's, or at the end the request's own."""

    request: AnalysisRequest
    result: Result


@dataclass(frozen=True)
class Skipped:
    """A part cannot be had; `problem` is its RFC 9457 document."""

    request: AnalysisRequest
    problem: Mapping[str, object]


Report = Progress | Ready | Skipped


def compute(request: AnalysisRequest, shelf: "Shelf", known: Mapping[Key, bytes]) -> Iterator[Report]:
    """Compute a resolved request; yields at least every few chunk times, so that closing the iterator cancels it.

    Args:
        request: resolved; its checkpoints are on the shelf's lists.
        shelf: loads checkpoints and keeps a few resident.
        known: results of `request.parts()` that are in the cache already, by key; they need not be computed again.
    """
    module = import_module(f"{type(request).__module__.rpartition('.')[0]}.compute")
    try:
        yield from module.compute(request, shelf, known)
    finally:
        for ref in request.checkpoints():
            shelf.done(ref)
