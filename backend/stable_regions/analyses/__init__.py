"""The analyses: one folder each, `schema.py` (what is asked; no torch) and `compute.py` (the answer; torch).

The union below is the registry. The same routes, cache, events and client serve every member of it; adding an analysis
is a folder and a row here.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, TypeAdapter

from stable_regions.analyses.animation.schema import AnimationRequest
from stable_regions.analyses.curve.schema import CurveRequest
from stable_regions.analyses.line.schema import LineRequest
from stable_regions.analyses.meaning.schema import MeaningRequest
from stable_regions.analyses.point.schema import PointRequest
from stable_regions.analyses.projection.schema import ProjectionRequest
from stable_regions.analyses.regions.schema import RegionsRequest
from stable_regions.analyses.report import Report
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.analyses.study.schema import StudyRequest
from stable_regions.analyses.study_cell.schema import StudyCellRequest
from stable_regions.analyses.sweep.schema import SweepRequest
from stable_regions.analyses.timeline.schema import TimelineRequest
from stable_regions.analyses.veil.schema import VeilRequest
from stable_regions.schemas.key import Key
from stable_regions.schemas.request import AnalysisRequest

if TYPE_CHECKING:
    from stable_regions.models.model_cache import ModelCache

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


def compute(request: AnalysisRequest, models: "ModelCache", known: Mapping[Key, bytes]) -> Iterator[Report]:
    """Compute a resolved request; yields at least every few chunk times, so that closing the iterator cancels it.

    Args:
        request: resolved; its checkpoints are in the catalogue.
        models: loads checkpoints and keeps a few resident.
        known: results of `request.parts()` that are in the cache already, by key; they need not be computed again.
    """
    module = import_module(f"{type(request).__module__.rpartition('.')[0]}.compute")
    try:
        yield from module.compute(request, models, known)
    finally:
        for ref in request.checkpoints():
            models.done(ref)
