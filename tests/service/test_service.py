"""Asking, joining, listening and being refused, with a worker that counts."""

import asyncio
from pathlib import Path

import pytest

from patience import PATIENCE
from service.conftest import Make, a_slice, heard, up
from stable_regions.analyses.animation.schema import AnimationRequest
from stable_regions.errors import Busy, NotFound, NotReady, UnknownLayer, UnknownModel
from stable_regions.schemas.events import DoneEvent, PartReadyEvent, PartSkippedEvent, ProgressEvent, RefusedEvent
from stable_regions.schemas.result import Result
from stable_regions.service import single_flight
from stable_regions.service.log import Log
from stable_regions.service.service import NothingMore, Service
from tiny import PROMPTS
from workers.arithmetic import answer, chunks, plan

A = PROMPTS[0]


def begun(folder: Path) -> int:
    return sum("begins" in line for line in chunks(folder))


async def test_a_request_is_computed_and_fetched(service: Service) -> None:
    ticket = await service.ask(a_slice())
    assert ticket.status == "queued"
    assert ticket.estimate.points == 3 * 17**2
    with pytest.raises(NotReady):
        await service.fetch(ticket.key)
    events = [event for _, event in await heard(service, ticket.key)]
    assert isinstance(events[-1], DoneEvent)
    result = Result.from_bytes(await service.fetch(ticket.key))
    request = a_slice(prepend_bos=True)
    assert result["square"][0] == answer(request)["square"][0]
    assert result.recipe["prepend_bos"] is True


async def test_asking_twice_computes_once(service: Service, folder: Path) -> None:
    first = await service.ask(a_slice())
    await heard(service, first.key)
    again = await service.ask(a_slice())
    assert (again.key, again.status) == (first.key, "done")
    assert begun(folder) == 1


async def test_a_default_written_out_is_the_same_request(service: Service) -> None:
    assert (await service.ask(a_slice())).key == (await service.ask(a_slice(prepend_bos=True))).key


async def test_twenty_at_once_compute_once(service: Service, folder: Path) -> None:
    plan(folder, A, seconds=0.1)
    tickets = await asyncio.gather(*(service.ask(a_slice()) for _ in range(20)))
    assert len({ticket.key for ticket in tickets}) == 1
    endings = await asyncio.gather(*(heard(service, tickets[0].key) for _ in range(20)))
    assert all(ending == endings[0] for ending in endings)
    assert begun(folder) == 1


async def test_twenty_over_two_processes_compute_once(make_service: Make, folder: Path) -> None:
    plan(folder, A, seconds=0.1)
    services = [await make_service(), await make_service()]
    tickets = await asyncio.gather(*(services[n % 2].ask(a_slice()) for n in range(20)))
    await asyncio.gather(*(heard(services[n % 2], tickets[n].key) for n in range(20)))
    files = {await service.fetch(tickets[0].key) for service in services}
    assert len(files) == 1
    assert begun(folder) == 1


async def test_parts_become_ready_coarse_first_each_under_its_own_key(service: Service) -> None:
    ticket = await service.ask(a_slice(resolution=33))
    events = [event for _, event in await heard(service, ticket.key)]
    ready = [event for event in events if isinstance(event, PartReadyEvent)]
    assert [event.request["resolution"] for event in ready] == [9, 17]
    for event in ready:
        assert event.url == f"/api/v1/results/{event.key}"
        again = await service.ask(a_slice(resolution=event.request["resolution"]))
        assert (again.status, again.key) == ("done", event.key)


async def test_parts_in_the_cache_are_told_at_once_and_handed_to_the_worker(service: Service, folder: Path) -> None:
    first = await service.ask(a_slice(resolution=17))
    await heard(service, first.key)
    ticket = await service.ask(a_slice(resolution=33))
    events = [event for _, event in await heard(service, ticket.key)]
    assert [e.key for e in events if isinstance(e, PartReadyEvent)][1] == first.key
    assert f"{A}: begins, 2 known" in chunks(folder)
    assert len({e.key for e in events if isinstance(e, PartReadyEvent)}) == 2, "none is told twice"


async def test_progress_grows_and_says_how_long(service: Service, folder: Path) -> None:
    plan(folder, A, chunks=6, seconds=0.12, parts=False)
    ticket = await service.ask(a_slice())
    progress = [event for _, event in await heard(service, ticket.key) if isinstance(event, ProgressEvent)]
    assert [event.done for event in progress] == sorted(event.done for event in progress)
    assert progress[-1].seconds_left == 0
    assert all(event.seconds_left is not None for event in progress[1:])


async def test_resuming_after_any_id_leaves_no_gap_and_repeats_nothing(service: Service) -> None:
    ticket = await service.ask(a_slice(resolution=65))
    events = await heard(service, ticket.key)
    for n, (number, _) in enumerate(events[:-1]):
        assert await heard(service, ticket.key, number) == events[n + 1 :]
    with pytest.raises(NothingMore):
        await service.listen(ticket.key, events[-1][0])
    assert await heard(service, ticket.key, "an id nobody gave") == events


async def test_listening_to_a_cached_result_hears_that_it_is_done(service: Service) -> None:
    ticket = await service.ask(a_slice())
    await heard(service, ticket.key)
    await service._store.forget(ticket.key)
    ((number, event),) = await heard(service, ticket.key)
    assert isinstance(event, DoneEvent)
    with pytest.raises(NothingMore):
        await service.listen(ticket.key, number)


async def test_an_unknown_key_is_not_found(service: Service) -> None:
    for doing in (service.ticket, service.fetch, service.cancel):
        with pytest.raises(NotFound):
            await doing("0" * 64)
    with pytest.raises(NotFound):
        await service.listen("0" * 64, "")


async def test_what_cannot_be_is_refused_at_the_door(service: Service, folder: Path) -> None:
    with pytest.raises(UnknownModel):
        await service.ask(a_slice(model={"name": "nobody"}))
    with pytest.raises(UnknownLayer):
        await service.ask(a_slice(write_layer=3))
    assert begun(folder) == 0


async def test_a_refusal_of_the_worker_reaches_listeners_tickets_and_fetches(service: Service, folder: Path) -> None:
    plan(folder, A, what="refuse")
    ticket = await service.ask(a_slice())
    event = (await heard(service, ticket.key))[-1][1]
    assert isinstance(event, RefusedEvent)
    assert event.problem.detail == "The anchors lie on one line."
    assert (await service.ticket(ticket.key)).status == "refused"
    with pytest.raises(Exception, match="The anchors lie on one line"):
        await service.fetch(ticket.key)


async def test_a_refused_request_may_be_tried_again(service: Service, folder: Path) -> None:
    plan(folder, A, what="fail")
    ticket = await service.ask(a_slice())
    refused = (await heard(service, ticket.key))[-1][1]
    assert isinstance(refused, RefusedEvent)
    assert "secret" not in refused.model_dump_json()
    plan(folder, A)
    again = await service.ask(a_slice())
    assert isinstance((await heard(service, again.key))[-1][1], DoneEvent)


async def test_a_checkpoint_that_cannot_be_had_is_skipped(service: Service, folder: Path) -> None:
    plan(folder, A, what="skip")
    ticket = await service.ask(a_slice())
    events = [event for _, event in await heard(service, ticket.key)]
    assert [e.problem.detail for e in events if isinstance(e, PartSkippedEvent)] == ["step0 is gone."]
    assert isinstance(events[-1], DoneEvent)


async def test_an_animation_names_all_its_parts(service: Service, folder: Path) -> None:
    plan(folder, A, chunks=20)
    request = AnimationRequest(slice=a_slice(resolution=33), revisions=("step0", "step8"))
    ticket = await service.ask(request)
    ready = [event for _, event in await heard(service, ticket.key) if isinstance(event, PartReadyEvent)]
    shown = [(e.request["model"]["revision"], e.request["resolution"]) for e in ready]
    assert shown == [("step8", 9), ("step8", 17), ("step8", 33), ("step0", 17), ("step0", 33)]
    for event in ready:
        assert (await service.ticket(event.key)).status == "done"


async def test_a_full_queue_says_busy_and_when_to_come_back(make_service: Make, folder: Path) -> None:
    service = await make_service(queue=2)
    done = await service.ask(a_slice())
    await heard(service, done.key)
    slow = [f"{A} {word}" for word in ("Tokyo", "Berlin", "Paris")]
    for prompt in slow:
        plan(folder, prompt, chunks=10_000, seconds=0.02, parts=False)
    for prompt in slow[:2]:
        await service.ask(a_slice(prompt))
    with pytest.raises(Busy) as busy:
        await service.ask(a_slice(slow[2]))
    assert busy.value.retry_after in range(2, 11)
    assert (await service.ask(a_slice())).status == "done", "what is there is still given"
    assert (await service.ask(a_slice(slow[0]))).status in ("queued", "running"), "who joins needs no place"


async def test_too_many_streams_say_busy(make_service: Make, folder: Path) -> None:
    service = await make_service(streams=1)
    plan(folder, A, chunks=10_000, seconds=0.02, parts=False)
    ticket = await service.ask(a_slice())
    stream = await service.listen(ticket.key, "")
    await anext(stream)
    with pytest.raises(Busy):
        await service.listen(ticket.key, "")
    await stream.aclose()
    again = await service.listen(ticket.key, "")
    await anext(again)
    await again.aclose()


async def test_streams_that_are_asked_for_at_once_are_counted_before_any_is_read(
    make_service: Make, folder: Path
) -> None:
    service = await make_service(streams=4)
    plan(folder, A, chunks=10_000, seconds=0.02, parts=False)
    ticket = await service.ask(a_slice())
    asked = await asyncio.gather(*(service.listen(ticket.key, "") for _ in range(9)), return_exceptions=True)
    streams = [one for one in asked if not isinstance(one, BaseException)]
    assert len(streams) == 4
    assert [type(one) for one in asked if isinstance(one, BaseException)] == [Busy] * 5
    asked.clear()
    streams.pop()  # let go of unread
    await streams.pop().aclose()
    await streams.pop().aclose()
    again = [await service.listen(ticket.key, "") for _ in range(3)]
    with pytest.raises(Busy):
        await service.listen(ticket.key, "")
    for stream in (*streams, *again):
        await stream.aclose()


async def test_one_address_keeps_so_many_streams_and_leaves_the_others_theirs(make_service: Make, folder: Path) -> None:
    service = await make_service(streams=8, streams_per_client=2)
    plan(folder, A, chunks=10_000, seconds=0.02, parts=False)
    ticket = await service.ask(a_slice())
    streams = [await service.listen(ticket.key, "", "10.0.0.1") for _ in range(2)]
    for stream in streams:
        await anext(stream)
    with pytest.raises(Busy, match="2 event streams are open from this address; this server keeps no more for one"):
        await service.listen(ticket.key, "", "10.0.0.1")
    other = await service.listen(ticket.key, "", "10.0.0.2")
    await anext(other)
    await streams.pop().aclose()
    again = await service.listen(ticket.key, "", "10.0.0.1")
    await anext(again)
    for stream in (*streams, other, again):
        await stream.aclose()


async def test_the_estimate_is_known_once_something_was_measured(service: Service, folder: Path) -> None:
    plan(folder, A, chunks=4, seconds=0.05)
    first = await service.ask(a_slice())
    assert first.estimate.seconds is None
    await heard(service, first.key)
    other = await service.ask(a_slice(f"{A} Tokyo", resolution=33))
    assert other.estimate.seconds is not None
    assert other.estimate.seconds > 0.1
    another_model = await service.ask(a_slice(f"{A} Berlin", model={"name": "tiny-gpt2"}))
    assert another_model.estimate.seconds is not None


async def test_an_animation_gives_way_to_a_slice(service: Service, folder: Path) -> None:
    plan(folder, A, chunks=10_000, seconds=0.02, parts=False)
    slow = await service.ask(AnimationRequest(slice=a_slice(), revisions=("step0", "step8")))
    stream = await service.listen(slow.key, "")
    await anext(stream)
    quick = await service.ask(a_slice(f"{A} Tokyo"))
    await heard(service, quick.key)
    log = chunks(folder)
    between = log[log.index(f"{A} Tokyo: begins, 0 known") : log.index(f"{A} Tokyo: 1")]
    assert not any(line.startswith(f"{A}:") for line in between)
    await stream.aclose()


async def test_the_counters_move(service: Service) -> None:
    ticket = await service.ask(a_slice())
    await heard(service, ticket.key)
    await service.ask(a_slice())
    await up(service)
    value = service.measured().get_sample_value
    assert value("stable_regions_asked_total", {"analysis": "slice"}) == 2
    assert value("stable_regions_hits_total") == 1
    assert value("stable_regions_request_seconds_count", {"analysis": "slice"}) == 1
    assert value("stable_regions_wait_seconds_count") == 1
    assert value("stable_regions_worker_up") == 1
    async with asyncio.timeout(PATIENCE):
        while value("stable_regions_queue") != 0:
            await asyncio.sleep(0.01)


def test_a_listener_has_longer_to_come_back_than_a_browser_waits() -> None:
    assert single_flight.GRACE > 3 * 1.0


async def test_who_came_before_it_was_cancelled_does_not_begin_it_again(service: Service, folder: Path) -> None:
    plan(folder, A, chunks=100_000, seconds=0.01)
    key = (await service.ask(a_slice())).key
    before = await Log(service._store, key).state()
    await service.cancel(key)
    await service._attend(key, before)  # as a listener does who read the log before, and then waited for the landing
    assert (await service.ticket(key)).status == "cancelled"
    assert service._flights == {}
