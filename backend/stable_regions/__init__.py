"""Stable Regions Explorer: see the geometry of a language model's residual stream.

The public names are those below; each is imported when first used, so that `import stable_regions` costs no torch.

    from stable_regions import SliceRequest, compute
    result = compute(SliceRequest(model={"name": "facts-12l", "revision": "step1536"}, prompts=[...], write_layer=2))
    result.figure().show()
"""

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stable_regions.analyses.animation.schema import AnimationRequest as AnimationRequest
    from stable_regions.analyses.curve.schema import CurveRequest as CurveRequest
    from stable_regions.analyses.line.schema import LineRequest as LineRequest
    from stable_regions.analyses.meaning.schema import MeaningRequest as MeaningRequest
    from stable_regions.analyses.point.schema import PointRequest as PointRequest
    from stable_regions.analyses.projection.schema import ProjectionRequest as ProjectionRequest
    from stable_regions.analyses.regions.schema import RegionsRequest as RegionsRequest
    from stable_regions.analyses.slice.schema import SliceRequest as SliceRequest
    from stable_regions.analyses.study.schema import StudyRequest as StudyRequest
    from stable_regions.analyses.study_cell.schema import StudyCellRequest as StudyCellRequest
    from stable_regions.analyses.sweep.schema import SweepRequest as SweepRequest
    from stable_regions.analyses.timeline.schema import TimelineRequest as TimelineRequest
    from stable_regions.analyses.veil.schema import VeilRequest as VeilRequest
    from stable_regions.client import Client as Client
    from stable_regions.client import compute as compute
    from stable_regions.schemas.result import Result as Result
    from stable_regions.settings import Settings as Settings

try:
    __version__ = version("stable-regions")
except PackageNotFoundError:  # run from a checkout that is not installed
    __version__ = "0.1.0"

_HOMES = {
    "AnimationRequest": "stable_regions.analyses.animation.schema",
    "Client": "stable_regions.client",
    "CurveRequest": "stable_regions.analyses.curve.schema",
    "LineRequest": "stable_regions.analyses.line.schema",
    "MeaningRequest": "stable_regions.analyses.meaning.schema",
    "PointRequest": "stable_regions.analyses.point.schema",
    "ProjectionRequest": "stable_regions.analyses.projection.schema",
    "RegionsRequest": "stable_regions.analyses.regions.schema",
    "Result": "stable_regions.schemas.result",
    "Settings": "stable_regions.settings",
    "SliceRequest": "stable_regions.analyses.slice.schema",
    "StudyCellRequest": "stable_regions.analyses.study_cell.schema",
    "StudyRequest": "stable_regions.analyses.study.schema",
    "SweepRequest": "stable_regions.analyses.sweep.schema",
    "TimelineRequest": "stable_regions.analyses.timeline.schema",
    "VeilRequest": "stable_regions.analyses.veil.schema",
    "compute": "stable_regions.client",
}

__all__ = [
    "AnimationRequest",
    "Client",
    "CurveRequest",
    "LineRequest",
    "MeaningRequest",
    "PointRequest",
    "ProjectionRequest",
    "RegionsRequest",
    "Result",
    "Settings",
    "SliceRequest",
    "StudyCellRequest",
    "StudyRequest",
    "SweepRequest",
    "TimelineRequest",
    "VeilRequest",
    "__version__",
    "compute",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'stable_regions' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
