"""What a request's log says, taken together."""

from pathlib import Path

from stable_regions.errors import Cancelled, DegeneratePlane, Refusal
from stable_regions.schemas.events import DoneEvent, Estimate, Event, ProblemDocument, ProgressEvent, RefusedEvent
from stable_regions.service.log import POISON_SECONDS, Asked, Joined, Left, Line, Log, Poisonous, Private, state_of
from stable_regions.store.sqlite import SqliteStore

ASKED = Asked(request="{}", estimate=Estimate(points=1, passes=1, seconds=None))
QUEUED = ProgressEvent(stage="queue", done=0, total=1, seconds_left=None)
WORKING = ProgressEvent(stage="points", done=1, total=2, seconds_left=1.0)


def refused(refusal: Refusal) -> RefusedEvent:
    return RefusedEvent(problem=ProblemDocument(**refusal.problem()))


def status(*said: Event | Private) -> str:
    return state_of([(str(n), Line(at=0, said=one)) for n, one in enumerate(said)]).status


def test_the_status_follows_the_lines() -> None:
    assert status(ASKED) == "queued"
    assert status(ASKED, QUEUED, Joined(listener="x")) == "queued"
    assert status(ASKED, QUEUED, WORKING) == "running"
    assert status(ASKED, WORKING, DoneEvent(key="0" * 64, url="/")) == "done"
    assert status(ASKED, refused(DegeneratePlane("on a line"))) == "refused"
    assert status(ASKED, WORKING, refused(Cancelled("by hand"))) == "cancelled"


def test_the_last_id_is_that_of_the_ending() -> None:
    lines = [ASKED, DoneEvent(key="0" * 64, url="/"), Left(listener="x")]
    state = state_of([(str(n), Line(at=0, said=one)) for n, one in enumerate(lines)])
    assert state.last == "1"


def test_poison_wears_off() -> None:
    assert state_of([("1", Line(at=100.0, said=Poisonous()))]).poisonous_until == 100.0 + POISON_SECONDS


async def test_a_line_that_another_version_wrote_is_left_out_and_the_others_are_read(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "a.sqlite", 10**6)
    log = Log(store, "key")
    await log.add(ASKED)
    for line in (
        b'{"at": 1.0, "said": {"event": "queued", "mood": "good"}}',
        b"garbage",
        b'{"said": {"event": "done"}}',
    ):
        await store.append("key", line)
    await log.add(WORKING)
    assert [line.said for _, line in await log.read("")] == [ASKED, WORKING]
    assert (await log.state()).status == "running"
    await store.close()


async def test_lines_come_back_from_a_store_as_they_went(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "a.sqlite", 10**6)
    log = Log(store, "key")
    said = [ASKED, QUEUED, WORKING, Joined(listener="x"), refused(Cancelled("by hand", "again"))]
    for one in said:
        await log.add(one)
    assert [line.said for _, line in await log.read("")] == said
    await log.forget()
    assert await log.read("") == []
    await store.close()
