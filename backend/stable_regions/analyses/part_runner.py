"""Walking through the parts of a request, each of one checkpoint and a result of its own.

A part is computed as it is when it is asked for by itself, through the registry; one that is known is not computed
again, and a finer one begins from the coarser one that the runner has met. Where checkpoints must be downloaded, or do not
fit into memory together, each is visited once. The next one's files are fetched and its weights read while the current
one is computed with. What cannot be had is skipped and named; the runner goes on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from stable_regions.analyses import compute
from stable_regions.analyses.load_checkpoint import Ahead
from stable_regions.analyses.report import PartReady, PartSkipped, Progress, Report
from stable_regions.errors import DegeneratePath, DegeneratePlane, ModelUnavailable, Refusal, UnknownRevision
from stable_regions.models.model_cache import ModelCache
from stable_regions.models.resolve import ABSENT
from stable_regions.schemas.key import Key, canonical, key_of
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.model_request import checkpoints
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.schemas.result import Result

OF_CHECKPOINT = (ModelUnavailable, UnknownRevision)
"""Refusals that speak against a checkpoint: none of its parts can be had."""

OF_PART = (DegeneratePlane, DegeneratePath)
"""Refusals that speak against one part: at another layer or checkpoint the same prompts may do."""


Place = tuple[ModelRef | None, int | str | None]
"""A checkpoint and a write layer, of which None stands for all; without a model None and the finest part of a row of levels."""


@dataclass(frozen=True)
class Part:
    """A finished part, met in the cache or computed now."""

    request: AnalysisRequest
    key: Key
    result: Result


class PartRunner:
    """Parts in order; afterwards, what was skipped.

    Args:
        whole: the request whose parts they are, each of one checkpoint.
        models: loads checkpoints.
        known: results in the cache, by key.
    """

    def __init__(self, whole: AnalysisRequest, models: ModelCache, known: Mapping[Key, bytes]) -> None:
        self.skipped: list[tuple[AnalysisRequest, Refusal]] = []
        self._whole = whole
        self._order = list(whole.parts())
        self._finest = {canonical(coarser): canonical(part) for part in self._order for coarser in part.parts()}
        if not models.holds(checkpoints(whole)):
            first = {ref: place for place, (ref, _) in reversed(list(enumerate(map(self._place, self._order))))}
            self._order.sort(key=lambda part: first[self._place(part)[0]])
        self._models = models
        self._ahead = Ahead(models)
        self._known = dict(known)
        self._weights: dict[ModelRef, str] = {}
        self._gone: set[Place] = set()
        self._done: dict[Place, int] = {}
        self._coarser = self._finest.keys()

    def parts(self) -> Iterator[Report | Part]:
        """Progress, what becomes ready, what is skipped, and each part itself once it is there."""
        try:
            for number, part in enumerate(self._order):
                place = self._place(part)
                if {place, (place[0], None)} & self._gone:
                    continue
                later = (other for other, _ in map(self._place, self._order[number + 1 :]))
                following = next(
                    (ref for ref in later if ref is not None and ref != place[0] and (ref, None) not in self._gone),
                    None,
                )
                try:
                    yield from self._part(part, following)
                except (*OF_CHECKPOINT, *OF_PART) as refusal:
                    self._gone.add((place[0], None) if isinstance(refusal, OF_CHECKPOINT) else place)
                    self.skipped.append((part, refusal))
                    yield PartSkipped(part, dict(refusal.problem()))
        finally:
            self._ahead.close()

    def key(self) -> tuple[Key, list[str]]:
        """The whole request's name, and the weights in it."""
        weights = [self._weights.get(ref, ABSENT) for ref in checkpoints(self._whole)]
        return key_of(self._whole, weights), weights

    def _total(self) -> int:
        """Points of all that can still be had; a coarser level is part of its finer one."""
        left = (part for part in self._order if not {self._place(part), (self._place(part)[0], None)} & self._gone)
        return sum(part.work().points for part in left if canonical(part) not in self._coarser)

    def _part(self, part: AnalysisRequest, following: ModelRef | None) -> Iterator[Report | Part]:
        place = self._place(part)
        for ref in checkpoints(part):
            if ref not in self._weights:
                self._weights[ref] = self._models.catalogue.weights(ref)
        weights = tuple(self._weights[ref] for ref in checkpoints(part))
        key = key_of(part, weights)
        if key in self._known:
            yield Part(part, key, Result.from_bytes(self._known[key]))
        else:
            begun = {key_of(coarser, weights) for coarser in part.parts()} & self._known.keys()
            for report in compute(part, self._models, {one: self._known[one] for one in begun}):
                if isinstance(report, Progress) and report.unit == "bytes":
                    yield report
                elif isinstance(report, Progress):
                    if report.stage != "load":
                        self._ahead.look(following)
                    self._done[place] = max(report.done, self._done.get(place, 0))
                    yield replace(report, done=sum(self._done.values()), total=self._total())
                elif isinstance(report, PartReady) and report.request == part:
                    if canonical(part) in self._coarser:
                        self._known[key] = report.result.to_bytes()
                    yield report
                    yield Part(part, key, report.result)
        self._done[place] = part.work().points

    def _place(self, part: AnalysisRequest) -> Place:
        """Where a part is computed: its checkpoint, and its write layer where it has one."""
        refs = checkpoints(part)
        if not refs:
            return None, self._finest.get(canonical(part), canonical(part))
        ref = refs[0]  # where a part needs a second one, as a frozen probe does, it stands at the first
        layer: int | None = getattr(part, "write_layer", None)
        return ref, -1 if layer is None else layer
