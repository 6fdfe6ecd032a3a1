"""What is left to pay of a request when some of its parts are in the cache.

A slice at 17² is a part of the same slice at 33², so of several levels of one thing only the finest counts.
"""

from collections.abc import Iterable, Mapping, Sequence

from stable_regions.schemas.events import Estimate
from stable_regions.schemas.request import AnalysisRequest

LEVEL = "resolution"
"""The field in which the levels of one thing differ."""


def left(whole: Estimate, parts: Sequence[AnalysisRequest], known: Iterable[AnalysisRequest]) -> Estimate:
    """The cost of a request without those of its parts that are known; a request without parts costs what it costs."""
    paid, wanted = _finest(known), _finest(parts)
    points = max(0, whole.points - sum(part.work().points for part in paid.values()))
    missing = {
        (ref.name, ref.revision)
        for thing, part in wanted.items()
        if thing not in paid or paid[thing].work().points < part.work().points
        for ref in part.checkpoints()
    }
    share = points / whole.points if whole.points else 0.0
    return Estimate(
        points=points,
        passes=max(len(missing), min(1, points)) if paid else whole.passes,
        seconds=None if whole.seconds is None else whole.seconds * share,
    )


def _finest(parts: Iterable[AnalysisRequest]) -> Mapping[str, AnalysisRequest]:
    """The part with the most points of each thing."""
    found: dict[str, AnalysisRequest] = {}
    for part in parts:
        thing = part.model_dump_json(exclude={LEVEL})
        if thing not in found or found[thing].work().points < part.work().points:
            found[thing] = part
    return found
