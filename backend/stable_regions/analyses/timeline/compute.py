"""Computing a timeline: the regions of each checkpoint, the one on screen first, then what became of them.

A checkpoint that cannot be had is skipped and named, and its neighbours in time are matched with each other.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from stable_regions.analyses.part_runner import Part, PartRunner
from stable_regions.analyses.regions.schema import RegionsRequest
from stable_regions.analyses.report import PartReady, Report
from stable_regions.analyses.timeline.frames import Frame, history
from stable_regions.analyses.timeline.schema import TimelineRequest
from stable_regions.engine.provenance import provenance_of_parts
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.key import Key
from stable_regions.schemas.model_request import checkpoints
from stable_regions.schemas.provenance import problem, provisional
from stable_regions.schemas.result import Json, Result


def compute(request: TimelineRequest, models: ModelCache, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """Every frame, then the timeline's own result.

    Raises:
        Refusal: not one checkpoint can be had; the first one's reason.
    """
    runner = PartRunner(request, models, known)
    frames: dict[str, Frame] = {}
    for step in runner.parts():
        if not isinstance(step, Part):
            yield step
        elif isinstance(step.request, RegionsRequest):
            frames[step.request.model.revision] = Frame.of(step.key, step.request, step.result)
    if not frames:
        raise runner.skipped[0][1]
    yield PartReady(request, _listed(request, runner, [frames[name] for name in request.revisions if name in frames]))


def _listed(request: TimelineRequest, runner: PartRunner, frames: Sequence[Frame]) -> Result:
    """The timeline's result: frames in the order asked for."""
    arrays, happened = history(frames)
    key, weights = runner.key()
    named: list[Json] = []
    for frame in frames:
        recipe = frame.request.model_dump(mode="json")
        named.append({"key": frame.key, "revision": frame.request.model.revision, "request": recipe})
    skipped: list[Json] = [
        {"revision": ref.revision, "problem": problem(refusal)}
        for part, refusal in runner.skipped
        for ref in checkpoints(part)
    ]
    names = {name: text for frame in frames for name, text in frame.names.items()}
    metadata: dict[str, Json] = {
        **provenance_of_parts(request, key, weights, sum(frame.seconds for frame in frames)),
        "frames": named,
        "skipped": skipped,
        **provisional(refusal for _, refusal in runner.skipped),
        "tokens": {str(token): names.get(str(token)) for token in np.unique(arrays["token"]).tolist()},
        **happened,
        "units": UNITS,
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
