"""What a request would cost, and what of it is there already; nothing is started."""

from collections.abc import Sequence

from stable_regions.models.resolve import Resolved, resolve_part
from stable_regions.schemas.events import Estimate, Offer, ReadyPart
from stable_regions.schemas.key import canonical, url_of
from stable_regions.schemas.model_request import checkpoints
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.schemas.result import is_provisional
from stable_regions.service.speed import Speeds
from stable_regions.store.base import Store


async def offer(resolved: Resolved, store: Store, speeds: Speeds) -> Offer:
    """The offer for a resolved request: each of its parts that is missing at the price of its own model and layer."""
    parts = {part.key: part for part in (resolve_part(request, resolved) for request in whole_parts(resolved.request))}
    whole, there = await answered(resolved, store), await store.has(list(parts))
    missing = [part for key, part in parts.items() if key not in there]
    if whole:
        estimate = Estimate(
            points=0, passes=0, unit=resolved.request.work().unit, seconds=0.0, download_bytes=0, download_files=0
        )
    elif missing:
        estimate = total([speeds.estimate(part.request, part.cards) for part in missing], missing)
    else:
        estimate = speeds.estimate(resolved.request, resolved.cards)
    return Offer(
        key=resolved.key,
        there=whole,
        estimate=estimate,
        parts=len(parts),
        ready=tuple(
            ReadyPart(key=key, url=url_of(key), request=part.request.model_dump(mode="json"))
            for key, part in parts.items()
            if key in there
        ),
    )


async def answered(resolved: Resolved, store: Store) -> bool:
    """Whether the answer is there for good: one with a gap for a passing reason is made again when it is asked again."""
    if not await store.has([resolved.key]):
        return False
    if resolved.request.work().passes < 2:
        return True
    file = await store.fetch(resolved.key)
    return file is not None and not is_provisional(file)


def whole_parts(request: AnalysisRequest) -> Sequence[AnalysisRequest]:
    """The parts that together are the request: frames, cells. None where parts are only coarser versions of it."""
    every = request.parts()
    coarser = {canonical(below) for part in every for below in part.parts()}
    whole = [part for part in every if canonical(part) not in coarser]
    return whole if sum(part.work().points for part in whole) == request.work().points else []


def total(each: Sequence[Estimate], parts: Sequence[Resolved]) -> Estimate:
    """The price of all parts; checkpoints that several share are loaded once."""
    seconds = [one.seconds for one in each]
    known = [value for value in seconds if value is not None]
    return Estimate(
        points=sum(one.points for one in each),
        passes=len({ref.model_dump_json() for part in parts for ref in checkpoints(part.request)}),
        unit=each[0].unit,
        memory_bytes=max((one.memory_bytes or 0 for one in each), default=0) or None,
        seconds=sum(known) if len(known) == len(seconds) else None,
    )
