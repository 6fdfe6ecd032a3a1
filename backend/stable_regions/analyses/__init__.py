"""The analyses: a folder each, of `schema.py` (what is asked), `compute.py` (the answer) and `show.py` (what it is shown as).

`NAMES` is the registry: a row names a folder. Everything that there is one of for each analysis is made of it: the union
of requests, file kinds, tables, charts, exported names. Other packages bring more, see `entry_points`.
"""

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any, cast

from pydantic import Field, TypeAdapter

from stable_regions.analyses.entry_points import Refused, brought
from stable_regions.analyses.field_sweep.schema import FieldSweepRequest
from stable_regions.analyses.registry import Analysis, analysis
from stable_regions.analyses.report import Report
from stable_regions.schemas.key import Key
from stable_regions.schemas.model_request import ModelRequest, checkpoints
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.settings import Settings

if TYPE_CHECKING:
    from stable_regions.models.model_cache import ModelCache

NAMES = (
    "slice",
    "point",
    "animation",
    "curve",
    "line",
    "study",
    "study_cell",
    "regions",
    "timeline",
    "veil",
    "projection",
    "sweep",
    "field_sweep",
    "meaning",
    "presentation",
    "belief",
    "belief_film",
    "belief_plane",
    "belief_training",
    "orbit",
    "bifurcation",
    "phase_diagram",
    "finite_network",
    "memory",
    "basins",
)

OWN: Mapping[str, Analysis] = {name: analysis(f"{__name__}.{name}") for name in NAMES}
"""Those of this package, by name."""

_FOUND, _REFUSED = brought(OWN)

REFUSED: tuple[Refused, ...] = _REFUSED
"""What other packages bring and is broken, each with the reason."""

REGISTRY: Mapping[str, Analysis] = {**OWN, **_FOUND}
"""Every analysis by name."""


MODEL_FREE: Mapping[str, Analysis] = {
    name: one for name, one in REGISTRY.items() if not issubclass(one.request, ModelRequest | FieldSweepRequest)
}
"""Those that know no model, and can be swept over a field of their own."""


def _union(analyses: Mapping[str, Analysis]) -> Any:
    """Any of their requests, told apart by name."""
    every: Any = reduce(or_, cast(Any, [one.request for one in analyses.values()]))
    return Annotated[every, Field(discriminator="analysis")]


FieldSweepRequest.model_rebuild(_types_namespace={"ModelFree": _union(MODEL_FREE)})


def adapter(analyses: Mapping[str, Analysis]) -> TypeAdapter[AnalysisRequest]:
    """Reads a request of any of some analyses."""
    return TypeAdapter(_union(analyses))


REQUEST = adapter(REGISTRY)
"""Reads any request."""


def compute(request: AnalysisRequest, models: "ModelCache | Settings", known: Mapping[Key, bytes]) -> Iterator[Report]:
    """Compute a resolved request; yields at least every few chunk times, so that closing the iterator cancels it.

    Args:
        request: resolved; its checkpoints are in the catalogue.
        models: loads checkpoints and keeps a few resident; for a request that knows no model the settings will do.
        known: results of `request.parts()` that are in the cache already, by key; they need not be computed again.
    """
    own = REGISTRY[request.name()]
    if not isinstance(request, ModelRequest):
        yield from own.compute(request, models if isinstance(models, Settings) else models.settings, known)
        return
    assert not isinstance(models, Settings)
    try:
        yield from own.compute(request, models, known)
    finally:
        for ref in checkpoints(request):
            models.done(ref)
