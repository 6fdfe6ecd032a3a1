"""Computing a slice: coarse levels first, each from the one before."""

from collections.abc import Iterator, Mapping

from stable_regions.analyses.load_checkpoint import opened
from stable_regions.analyses.report import PartReady, Progress, Report
from stable_regions.analyses.slice.plane_scale import learn_scale, plane_scale
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.engine.record import record
from stable_regions.engine.slice_plane import open_slice_plane
from stable_regions.engine.slices import Level, level
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.result import Result


def compute(request: SliceRequest, models: ModelCache, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """The levels of a slice, the request's own last; levels that are known are begun from, and not said again."""
    total = request.work().points
    weights = (models.catalogue.weights(request.model),)
    model = yield from opened(models, request.model, 0, total)
    yield Progress("clean", 0, total)
    slice_plane = open_slice_plane(model, request)
    path = slice_plane.path()
    scale = yield from plane_scale(request, weights, slice_plane, models, Progress("clean", 0, total))
    asked = [*request.parts(), request]
    base: Level | None = None
    for part in asked:
        assert isinstance(part, SliceRequest)
        key = key_of(part, weights)
        if key in known:
            base = Level.of(Result.from_bytes(known[key]))
            continue
        done = 3 * base.n**2 if base else 0
        for step in level(slice_plane, part.window, part.resolution, base, part.exact, models.settings.chunk_seconds):
            if isinstance(step, Level):
                base = step
            else:
                done += step
                yield Progress("points", done, total)
        assert base is not None
        learn_scale(part, weights, base, models)
        yield PartReady(part, record(part, part.window, key, weights, slice_plane, base, path, scale))
