"""Computing an animation: the frame on screen coarse to fine, a coarse sweep, then every frame in full.

The sweep visits every checkpoint twice. Where they must be downloaded, or do not fit into memory together, each is
visited once instead: coarse, then in full. The next checkpoint's files are fetched and its weights read while the current
one is computed with. A checkpoint that cannot be had is skipped and named; the film goes on without it.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from stable_regions.analyses.animation.schema import AnimationRequest
from stable_regions.analyses.load_checkpoint import Ahead, opened
from stable_regions.analyses.report import PartReady, PartSkipped, Progress, Report
from stable_regions.analyses.slice.plane_scale import learn_scale, plane_scale
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.engine.provenance import provenance_of_parts
from stable_regions.engine.record import record
from stable_regions.engine.slice_plane import SlicePlane, open_slice_plane
from stable_regions.engine.slices import Level, level
from stable_regions.errors import DegeneratePlane, ModelUnavailable, Refusal, TooFine, UnknownRevision
from stable_regions.models.model_cache import ModelCache
from stable_regions.models.resolve import ABSENT
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.plane import RESOLUTIONS
from stable_regions.schemas.provenance import moments, problem, provisional
from stable_regions.schemas.result import Array, Json, Result

MISSING = (ModelUnavailable, UnknownRevision, DegeneratePlane, TooFine)
"""Refusals that speak against one checkpoint, not against the request."""


@dataclass(frozen=True)
class Frame:
    """A finished frame, as the film's result names it."""

    key: Key
    request: SliceRequest
    sharpness: float
    largest: tuple[float, ...]
    seconds: float

    @classmethod
    def of(cls, key: Key, request: SliceRequest, result: Result) -> "Frame":
        """What the film keeps of a frame's result."""
        sharpness, seconds = result.metadata["sharpness"], result.metadata["seconds"]
        return cls(
            key=key,
            request=request,
            sharpness=float(sharpness) if isinstance(sharpness, int | float) else float("nan"),
            largest=tuple(float(channel.max()) for channel in np.asarray(result["distance"], np.float32)),
            seconds=float(seconds) if isinstance(seconds, int | float) else 0.0,
        )


class Film:
    """An animation while it is computed: how far each checkpoint is, and which are done or left out."""

    def __init__(self, request: AnimationRequest, models: ModelCache, known: Mapping[Key, bytes]) -> None:
        self.request = request
        self.frames: dict[str, Frame] = {}
        self.skipped: dict[str, Refusal] = {}
        self._models = models
        self._known = known
        self._levels: dict[str, Level] = {}
        self._weights: dict[str, str] = {}
        self._ahead = Ahead(models)
        self._once = False
        self._open: tuple[str, SlicePlane] | None = None
        self._paths: dict[str, dict[str, Array]] = {}
        self._done = 0
        self._total = request.work().points

    def reports(self) -> Iterator[Report]:
        """Every part in order."""
        parts = self._in_order()
        try:
            for place, part in enumerate(parts):
                revision = part.model.revision
                if revision in self.skipped:
                    continue
                try:
                    yield from self._part(part, [later.model.revision for later in parts[place + 1 :]])
                except MISSING as refusal:
                    self.skipped[revision] = refusal
                    self._total -= 3 * self.request.slice.resolution**2
                    yield PartSkipped(
                        self.request.frame(revision, self.request.slice.resolution), dict(refusal.problem())
                    )
        finally:
            self._ahead.close()

    def key(self) -> tuple[Key, list[str]]:
        """The film's own name, and the weights in it."""
        weights = [self._weights.get(revision, ABSENT) for revision in self.request.revisions]
        return key_of(self.request, weights), weights

    def _in_order(self) -> Sequence[SliceRequest]:
        """The request's parts; those of a checkpoint one after another where it is visited once."""
        parts, order = self.request.parts(), self.request.order()
        self._once = not self._models.holds(self.request.checkpoints())
        if not self._once:
            return parts
        return sorted(parts, key=lambda part: order.index(part.model.revision))

    def _part(self, part: SliceRequest, later: Sequence[str]) -> Iterator[Report]:
        revision = part.model.revision
        if revision not in self._weights:
            self._weights[revision] = self._models.catalogue.weights(part.model)
        weights = (self._weights[revision],)
        key = key_of(part, weights)
        base = self._levels.pop(revision, None)
        if key in self._known:
            result = Result.from_bytes(self._known[key])
            self._done += 3 * (part.resolution**2 - (base.n**2 if base else 0))
            base = Level.of(result)
        else:
            slice_plane, path = yield from self._slice_plane(part, later)
            at = Progress("points", self._done, self._total)
            scale = yield from plane_scale(part, weights, slice_plane, self._models, at)
            reached = base.n if base else 0
            for n in RESOLUTIONS:
                if not reached < n <= part.resolution:
                    continue
                end = self._done + 3 * (n**2 - (base.n**2 if base else 0))
                for step in level(slice_plane, part.window, n, base, part.exact, self._models.settings.chunk_seconds):
                    self._ahead.look(self._following(revision, later))
                    if isinstance(step, Level):
                        base = step
                        self._done = end
                    else:
                        self._done += step
                        yield Progress("points", self._done, self._total)
            assert base is not None
            learn_scale(part, weights, base, self._models)
            result = record(part, part.window, key, weights, slice_plane, base, path, scale)
            yield PartReady(part, result)
        if part.resolution == self.request.slice.resolution:
            self.frames[revision] = Frame.of(key, part, result)
            self._models.done(part.model)
        else:
            self._levels[revision] = base

    def _slice_plane(
        self, part: SliceRequest, later: Sequence[str]
    ) -> Generator[Progress, None, tuple[SlicePlane, dict[str, Array]]]:
        """The checkpoint's slice_plane: the one that is open, or a new one; only one is held, so that memory stays flat."""
        revision = part.model.revision
        if self._open is None or self._open[0] != revision:
            self._open = None
            model = yield from opened(self._models, part.model, self._done, self._total)
            slice_plane = open_slice_plane(model, part)
            if revision not in self._paths:
                self._paths[revision] = slice_plane.path()
            self._open = (revision, self._leaner(slice_plane, part, later))
        return self._open[1], self._paths[revision]

    def _leaner(self, slice_plane: SlicePlane, part: SliceRequest, later: Sequence[str]) -> SlicePlane:
        """The slice plane without the weights below its layer, where that makes room for reading the next checkpoint."""
        following = self._following(part.model.revision, later)
        if following is None or not self._once:
            return slice_plane
        lean = slice_plane.lean()
        if not self._models.room_if(following, slice_plane.model, lean.model.bytes):
            return slice_plane
        self._models.lend(part.model, lean.model)
        return lean

    def _following(self, revision: str, later: Sequence[str]) -> ModelRef | None:
        """The next checkpoint that is not done yet."""
        name = next((name for name in later if name != revision and name not in self.skipped), None)
        return None if name is None else self.request.slice.model.model_copy(update={"revision": name})


def compute(request: AnimationRequest, models: ModelCache, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """Every part, then the list of frames.

    Raises:
        Refusal: not one checkpoint can be had; the first one's reason.
    """
    film = Film(request, models, known)
    yield from film.reports()
    if not film.frames:
        raise next(iter(film.skipped.values()))
    yield PartReady(request, _listed(film, models))


def _listed(film: Film, models: ModelCache) -> Result:
    """The film's result: its frames in the order asked for."""
    request = film.request
    shown = [revision for revision in request.revisions if revision in film.frames]
    frames = [film.frames[revision] for revision in shown]
    steps, tokens = moments(models.catalogue.card(request.slice.model.name), shown)
    key, weights = film.key()
    named: list[Json] = []
    for revision, frame in zip(shown, frames, strict=True):
        named.append({"key": frame.key, "revision": revision, "request": frame.request.model_dump(mode="json")})
    skipped: list[Json] = []
    for revision, refusal in film.skipped.items():
        skipped.append({"revision": revision, "problem": problem(refusal)})
    metadata: dict[str, Json] = {
        **provenance_of_parts(request, key, weights, sum(frame.seconds for frame in frames)),
        "frames": named,
        "skipped": skipped,
        **provisional(film.skipped.values()),
        "units": {
            "step": "optimiser steps; -1 where unknown",
            "tokens": "training tokens; -1 where unknown",
            "sharpness": "max slope of d(α)/d(1) along A→B; NaN where B's output is A's",
            "largest": "largest distance of each channel",
        },
    }
    arrays = {
        "step": np.array(steps, dtype=np.int64),
        "tokens": np.array(tokens, dtype=np.int64),
        "sharpness": np.array([frame.sharpness for frame in frames], dtype=np.float32),
        "largest": np.array([frame.largest for frame in frames], dtype=np.float32),
    }
    return Result(arrays=arrays, metadata=metadata)
