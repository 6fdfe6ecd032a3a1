"""Computing a timeline: the regions of each checkpoint, the one on screen first, then what became of them.

A frame is computed as it is when it is asked for by itself, through the registry; those that are known are not computed
again. The next checkpoint's weights are read while the current one is computed with. A checkpoint that cannot be had is
skipped and named, and its neighbours in time are matched with each other.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np
import torch

from stable_regions.analyses import Progress, Ready, Report, Skipped
from stable_regions.analyses import compute as computed
from stable_regions.analyses.regions.schema import RegionsRequest
from stable_regions.analyses.timeline.frames import Frame, history
from stable_regions.analyses.timeline.schema import TimelineRequest
from stable_regions.engine.record import problem, versions
from stable_regions.errors import DegeneratePlane, ModelUnavailable, Refusal, UnknownRevision
from stable_regions.models.resolve import ABSENT
from stable_regions.models.shelf import Shelf
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.result import Json, Result

MISSING = (ModelUnavailable, UnknownRevision, DegeneratePlane)
"""Refusals that speak against one checkpoint, not against the request."""


class Timeline:
    """A timeline while it is computed: which frames are done, and which checkpoints are left out."""

    def __init__(self, request: TimelineRequest, shelf: Shelf, known: Mapping[Key, bytes]) -> None:
        self.request = request
        self.frames: dict[str, Frame] = {}
        self.skipped: dict[str, Refusal] = {}
        self._shelf = shelf
        self._known = known
        self._weights: dict[str, str] = {}
        self._done = 0
        self._total = request.work().points

    def reports(self) -> Iterator[Report]:
        """Every frame in order."""
        for part, later in pairwise([*self.request.parts(), None]):
            assert part is not None
            try:
                yield from self._frame(part, later)
            except MISSING as refusal:
                self.skipped[part.model.revision] = refusal
                self._total -= part.work().points
                yield Skipped(part, dict(refusal.problem()))

    def key(self) -> tuple[Key, list[str]]:
        """The timeline's own name, and the weights in it."""
        weights = [self._weights.get(revision, ABSENT) for revision in self.request.revisions]
        return key_of(self.request, weights), weights

    def _frame(self, part: RegionsRequest, later: RegionsRequest | None) -> Iterator[Report]:
        revision = part.model.revision
        self._weights[revision] = self._shelf.catalogue.weights(part.model)
        key = key_of(part, (self._weights[revision],))
        if key in self._known:
            self.frames[revision] = Frame.of(key, part, Result.from_bytes(self._known[key]))
        else:
            for report in computed(part, self._shelf, {}):
                if isinstance(report, Progress):
                    if report.stage == "clean" and later is not None:
                        self._shelf.prefetch(later.model)
                    yield Progress(report.stage, self._done + report.done, self._total)
                elif isinstance(report, Ready):
                    self.frames[revision] = Frame.of(key, part, report.result)
                    yield report
        self._done += part.work().points


def compute(request: TimelineRequest, shelf: Shelf, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """Every frame, then the timeline's own result.

    Raises:
        Refusal: not one checkpoint can be had; the first one's reason.
    """
    timeline = Timeline(request, shelf, known)
    yield from timeline.reports()
    if not timeline.frames:
        raise next(iter(timeline.skipped.values()))
    yield Ready(request, _listed(timeline))


def _listed(timeline: Timeline) -> Result:
    """The timeline's result: frames in the order asked for."""
    request = timeline.request
    frames = [timeline.frames[revision] for revision in request.revisions if revision in timeline.frames]
    arrays, happened = history(frames)
    key, weights = timeline.key()
    named: list[Json] = []
    for frame in frames:
        recipe = frame.request.model_dump(mode="json")
        named.append({"key": frame.key, "revision": frame.request.model.revision, "request": recipe})
    skipped: list[Json] = [
        {"revision": revision, "problem": problem(refusal)} for revision, refusal in timeline.skipped.items()
    ]
    names = dict(sorted({name: text for frame in frames for name, text in frame.names.items()}.items()))
    metadata: dict[str, Json] = {
        "key": key,
        "analysis": "timeline",
        "version": type(request).version,
        "recipe": request.model_dump(mode="json"),
        "weights": list[Json](weights),
        "frames": named,
        "skipped": skipped,
        "tokens": {str(token): names.get(str(token)) for token in np.unique(arrays["token"]).tolist()},
        **happened,
        "units": UNITS,
        "seconds": round(sum(frame.seconds for frame in frames), 4),
        "versions": versions(),
        "cpu": torch.backends.cpu.get_cpu_capability(),
    }
    return Result(arrays=arrays, metadata=metadata)


UNITS: dict[str, Json] = {
    "step": "optimiser steps; -1 where unknown",
    "tokens": "training tokens; -1 where unknown",
    "count": "counted regions",
    "within": "spread within regions, weighted by area, in the distance's unit",
    "between": "sharpness of borders between counted regions, weighted by length; 1 where outputs change evenly; NaN: none",
    "overall": "spread of all outputs of the window, in the distance's unit",
    "sharpness": "max slope of d(α)/d(1) along A→B; NaN where B's output is A's",
    "change": "share of the window whose name differs from the frame before",
    "largest": "largest distance of each channel",
    "frame": "place of the frame",
    "region": "region of that frame",
    "track": "the same in every frame that a region lives through",
    "token": "token id: commonest name in the region",
    "area": "share of the window",
    "spread": "mean distance of the region's outputs from their mean",
    "centre": "(α, β) of the deepest point",
    "areas": "share of the window, by track and frame",
}
"""What each array is."""
