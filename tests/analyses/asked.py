"""What the tests of analyses ask, and how they listen."""

from collections.abc import Mapping

from stable_regions.analyses import compute
from stable_regions.analyses.regions.schema import RegionsRequest
from stable_regions.analyses.report import PartReady, PartSkipped, Progress, Report
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.models.model_cache import ModelCache
from stable_regions.models.resolve import resolve
from stable_regions.schemas.request import AnalysisRequest
from tiny import PROMPTS


def slice_request(**fields: object) -> SliceRequest:
    """A slice of `tiny-neox` at step 8, 17 points a side."""
    model = {"name": "tiny-neox", "revision": "step8"}
    given: dict[str, object] = {"model": model, "prompts": PROMPTS, "write_layer": 1, "resolution": 17}
    return SliceRequest.model_validate(given | fields)


def regions_request(**fields: object) -> RegionsRequest:
    """The regions of the same plane."""
    model = {"name": "tiny-neox", "revision": "step8"}
    given: dict[str, object] = {"model": model, "prompts": PROMPTS, "write_layer": 1, "resolution": 17}
    return RegionsRequest.model_validate(given | fields)


def reports(request: AnalysisRequest, models: ModelCache, known: Mapping[str, bytes] | None = None) -> list[Report]:
    """All that is said while a request is computed."""
    return list(compute(resolve(request, models.catalogue, models.settings).request, models, known or {}))


def ready(request: AnalysisRequest, models: ModelCache, known: Mapping[str, bytes] | None = None) -> list[PartReady]:
    """The results, in order."""
    return [report for report in reports(request, models, known) if isinstance(report, PartReady)]


__all__ = ["PartReady", "PartSkipped", "Progress", "ready", "regions_request", "reports", "slice_request"]
