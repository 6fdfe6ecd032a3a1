"""From a worker's messages to the store: results under their keys, events in the log."""

import json
import time

from stable_regions.analyses import REQUEST
from stable_regions.analyses.report import Progress
from stable_regions.models.resolve import Resolved
from stable_regions.schemas.events import (
    DoneEvent,
    PartReadyEvent,
    PartSkippedEvent,
    ProblemDocument,
    ProgressEvent,
    RefusedEvent,
)
from stable_regions.schemas.key import url_of
from stable_regions.schemas.model_request import checkpoints
from stable_regions.service.log import Log
from stable_regions.service.speed import Took
from stable_regions.service.tools import Tools
from stable_regions.workers.base import Message, PartReadyMessage, PartSkippedMessage, Refused

TELL_SECONDS = 0.1
"""Progress is told at most so often."""


class JobEvents:
    """Hears one job.

    Args:
        log: the request's.
        tools: the store and the counters.
        resolved: the request.
        asked: when it was asked, by the monotonic clock.
    """

    def __init__(self, log: Log, tools: Tools, resolved: Resolved, asked: float) -> None:
        self._log = log
        self._tools = tools
        self._resolved = resolved
        self._asked = asked
        self._told: set[str] = set()
        self._began: float | None = None
        self._part_began: float | None = None
        self._stage = ""
        self._stage_began = 0.0
        self._stage_from = 0
        self._said = 0.0
        self._counted: tuple[int, float] | None = None
        self._steady_points, self._steady_seconds = 0, 0.0
        self.whole = True
        """Whether everything is computed now, so that the time it takes says something of the speed."""

    async def hear(self, message: Message) -> None:
        """Put and tell what a message says."""
        now = time.monotonic()
        if self._began is None:
            self._began = self._part_began = now
            self._tools.metrics.wait.observe(now - self._asked)
        if isinstance(message, Progress):
            await self._went(message, now)
        elif isinstance(message, PartReadyMessage):
            await self._tools.store.put(message.key, message.file)
            self._learn(message, now)
            if message.key == self._resolved.key:
                await self._done(now)
            else:
                request = json.loads(message.request)
                await self.ready(PartReadyEvent(key=message.key, url=url_of(message.key), request=request))
        elif isinstance(message, PartSkippedMessage):
            problem = ProblemDocument(**message.problem)
            await self._log.add(PartSkippedEvent(request=json.loads(message.request), problem=problem))
        else:
            assert isinstance(message, Refused)
            self._tools.metrics.rejected.labels(message.problem["type"].rpartition(":")[2]).inc()
            await self._log.add(RefusedEvent(problem=ProblemDocument(**message.problem)))

    async def ready(self, event: PartReadyEvent) -> None:
        """Tell of a part, once: a retried job finds parts that were told already."""
        if event.key not in self._told:
            self._told.add(event.key)
            await self._log.add(event)

    async def _went(self, message: Progress, now: float) -> None:
        self._count(message, now)
        if message.unit == "bytes":
            self.whole = False  # a download's time says nothing of the speed
        if message.stage != self._stage:
            self._stage, self._stage_began, self._stage_from = message.stage, now, message.done
        elif now - self._said < TELL_SECONDS and message.done < message.total:
            return
        self._said = now
        here = message.done - self._stage_from
        left = (now - self._stage_began) * (message.total - message.done) / here if here > 0 else None
        await self._log.add(
            ProgressEvent(
                stage=message.stage,
                done=message.done,
                total=message.total,
                seconds_left=left,
                unit=message.unit,
                note=message.note,
            )
        )

    def _count(self, message: Progress, now: float) -> None:
        """Count points and seconds between two reports of points, one after the other: nothing else is done there."""
        if message.stage != "points":
            self._counted = None
            return
        if self._counted is not None and message.done > self._counted[0]:
            self._steady_points += message.done - self._counted[0]
            self._steady_seconds += now - self._counted[1]
        self._counted = (message.done, now)

    def _learn(self, part: PartReadyMessage, now: float) -> None:
        """Learn the speed from what was computed whole: of one model from all of it, of several from each part."""
        whole, several = part.key == self._resolved.key, len({card.name for card in self._resolved.cards}) > 1
        since, self._part_began = self._part_began if several else self._began, now
        took = (self._steady_points, self._steady_seconds)
        if several:
            self._counted, self._steady_points, self._steady_seconds = None, 0, 0.0
        if since is None or not self.whole or whole == several:
            return
        request = REQUEST.validate_json(part.request)
        named = {ref.name for ref in checkpoints(request)[:1]}
        cards = [card for card in self._resolved.cards if card.name in named]
        self._tools.speeds.learn(request, cards, Took(request.work().points, now - since, *took))

    async def _done(self, now: float) -> None:
        request = self._resolved.request
        self._tools.metrics.seconds.labels(request.name()).observe(now - self._asked)
        await self._log.add(DoneEvent(key=self._resolved.key, url=url_of(self._resolved.key)))
