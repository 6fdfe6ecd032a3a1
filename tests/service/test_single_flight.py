"""Cancelling, leaving, dying and taking over."""

import asyncio
import os
import signal
import sqlite3
from pathlib import Path

import pytest

from patience import PATIENCE
from service.conftest import Make, a_slice, heard, pool_of, up
from stable_regions.errors import WorkerLost
from stable_regions.schemas.events import DoneEvent, Estimate, ProgressEvent, RefusedEvent
from stable_regions.service import single_flight
from stable_regions.service.log import Asked, Log
from stable_regions.service.service import NothingMore, Service
from tiny import PROMPTS
from workers.arithmetic import chunks, plan

A = PROMPTS[0]
ENDLESS = {"chunks": 100_000, "seconds": 0.01, "parts": False}


async def working(service: Service, key: str) -> str:
    """Wait until the worker is at it; the id of an event."""
    async for number, event in await service.listen(key, ""):
        if isinstance(event, ProgressEvent) and event.done > 1:
            return number
    raise AssertionError


async def closed(folder: Path, prompt: str = A) -> None:
    async with asyncio.timeout(PATIENCE):
        while f"{prompt}: closed" not in chunks(folder):
            await asyncio.sleep(0.01)


async def test_a_cancelled_request_stops_within_a_chunk_and_says_so(service: Service, folder: Path) -> None:
    plan(folder, A, **ENDLESS)
    ticket = await service.ask(a_slice())
    listening = asyncio.create_task(heard(service, ticket.key))
    await working(service, ticket.key)
    cancelled = await service.cancel(ticket.key)
    assert cancelled.status == "cancelled"
    assert cancelled.problem is not None
    assert cancelled.problem.type == "urn:stable-regions:cancelled"
    ending = (await listening)[-1][1]
    assert isinstance(ending, RefusedEvent)
    await closed(folder)
    assert (await service.ticket(ticket.key)).status == "cancelled"


async def test_what_was_cancelled_may_be_asked_again_at_once(service: Service, folder: Path) -> None:
    plan(folder, A, **ENDLESS)
    ticket = await service.ask(a_slice())
    last = await working(service, ticket.key)
    await service.cancel(ticket.key)
    plan(folder, A)
    again = await service.ask(a_slice())
    assert again.status in ("queued", "running", "done")
    events = await heard(service, again.key, last)
    assert isinstance(events[-1][1], DoneEvent)


async def test_another_process_may_cancel(make_service: Make, folder: Path) -> None:
    one, other = await make_service(), await make_service()
    plan(folder, A, **ENDLESS)
    ticket = await one.ask(a_slice())
    await working(one, ticket.key)
    assert (await other.cancel(ticket.key)).status == "cancelled"
    await closed(folder)


async def test_cancelling_what_is_done_changes_nothing(service: Service) -> None:
    ticket = await service.ask(a_slice())
    await heard(service, ticket.key)
    assert (await service.cancel(ticket.key)).status == "done"


async def test_the_last_listener_leaving_stops_the_work(
    service: Service, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_flight, "GRACE", 0.2)
    plan(folder, A, **ENDLESS)
    ticket = await service.ask(a_slice())
    first, second = [await service.listen(ticket.key, "") for _ in range(2)]
    await anext(first)
    await anext(second)
    await first.aclose()
    await asyncio.sleep(0.5)
    assert (await service.ticket(ticket.key)).status == "running", "somebody listens still"
    await second.aclose()
    await closed(folder)
    assert (await service.ticket(ticket.key)).status == "cancelled"


async def test_a_listener_who_comes_back_in_time_finds_it_running(
    service: Service, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_flight, "GRACE", 3.0)
    plan(folder, A, **ENDLESS)
    ticket = await service.ask(a_slice())
    for _ in range(5):
        stream = await service.listen(ticket.key, "")
        await anext(stream)
        await stream.aclose()
        await asyncio.sleep(0.8)
    assert (await service.ticket(ticket.key)).status == "running"


async def test_a_request_nobody_listens_to_runs_to_its_end(
    service: Service, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_flight, "GRACE", 0.05)
    plan(folder, A, chunks=20, seconds=0.02)
    ticket = await service.ask(a_slice())
    async with asyncio.timeout(PATIENCE):
        while (await service.ticket(ticket.key)).status != "done":
            await asyncio.sleep(0.02)


async def test_a_killed_worker_costs_time_not_the_answer(service: Service, folder: Path) -> None:
    plan(folder, A, chunks=30, seconds=0.02)
    ticket = await service.ask(a_slice(resolution=33))
    await working(service, ticket.key)
    os.kill(await up(service), signal.SIGKILL)
    events = [event for _, event in await heard(service, ticket.key)]
    assert isinstance(events[-1], DoneEvent)
    assert any("2 known" in line for line in chunks(folder)), "what was finished is not computed again"
    assert service.metrics.registry.get_sample_value("stable_regions_retries_total") == 1
    file = await service.fetch(ticket.key)
    await service._store.forget(ticket.key)
    with sqlite3.connect(folder / "results.sqlite") as db:
        db.execute("DELETE FROM used")
        db.execute("DELETE FROM results")
    db.close()
    await heard(service, (await service.ask(a_slice(resolution=33))).key)
    assert await service.fetch(ticket.key) == file


async def test_a_request_that_kills_its_worker_is_not_tried_for_ever(service: Service, folder: Path) -> None:
    plan(folder, A, what="die", parts=False)
    plan(folder, f"{A} Tokyo", chunks=200, seconds=0.01)
    innocent = await service.ask(a_slice(f"{A} Tokyo"))
    await working(service, innocent.key)
    ticket = await service.ask(a_slice())
    ending = (await heard(service, ticket.key))[-1][1]
    assert isinstance(ending, RefusedEvent)
    assert ending.problem.type == "urn:stable-regions:worker-lost"
    with pytest.raises(WorkerLost) as refused:
        await service.ask(a_slice())
    assert refused.value.retry_after in range(500, 601)
    assert sum(line == f"{A}: 0" for line in chunks(folder)) == 2
    assert isinstance((await heard(service, innocent.key))[-1][1], DoneEvent)
    assert pool_of(service).deaths == 2


async def test_a_stuck_worker_is_replaced_and_the_request_refused_in_the_end(make_service: Make, folder: Path) -> None:
    service = await make_service(stuck_seconds=0.5)
    plan(folder, A, what="hang")
    ticket = await service.ask(a_slice())
    assert isinstance((await heard(service, ticket.key))[-1][1], RefusedEvent)
    other = await service.ask(a_slice(f"{A} Tokyo"))
    assert isinstance((await heard(service, other.key))[-1][1], DoneEvent)


async def test_a_restarted_server_takes_up_what_it_left(make_service: Make, folder: Path) -> None:
    plan(folder, A, **ENDLESS)
    service = await make_service()
    ticket = await service.ask(a_slice())
    last = await working(service, ticket.key)
    await service.close()
    plan(folder, A)
    service = await make_service()
    assert (await service.ticket(ticket.key)).status == "running"
    assert isinstance((await heard(service, ticket.key, last))[-1][1], DoneEvent)


async def test_a_request_whose_leader_died_is_taken_over(make_service: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single_flight, "BEAT", 0.2)
    service = await make_service()
    request = a_slice(prepend_bos=True)
    key = (await service.ask(request)).key
    await heard(service, key)
    with sqlite3.connect(service._settings.cache_folder / "results.sqlite") as db:
        db.execute("DELETE FROM used")
        db.execute("DELETE FROM results")
    db.close()
    await service._store.forget(key)
    await Log(service._store, key).add(
        Asked(request=request.model_dump_json(), estimate=Estimate(points=1, passes=1, seconds=None))
    )
    async with asyncio.timeout(PATIENCE):
        while not await service._store.lease(key, "a dead process", 1.0):
            await asyncio.sleep(0.02)
    assert isinstance((await heard(service, key))[-1][1], DoneEvent)


async def test_a_lost_lease_costs_a_second_computation_and_no_wrong_answer(make_service: Make, folder: Path) -> None:
    plan(folder, A, chunks=60, seconds=0.02)
    one, other = await make_service(), await make_service()
    ticket = await one.ask(a_slice())
    await working(one, ticket.key)
    with sqlite3.connect(folder / "results.sqlite") as db:
        db.execute("DELETE FROM leases")
    db.close()
    await other.ask(a_slice())
    for service in (one, other):
        assert isinstance((await heard(service, ticket.key))[-1][1], DoneEvent)
    assert len({await service.fetch(ticket.key) for service in (one, other)}) == 1


async def test_an_event_stream_ends_at_the_first_ending_whatever_a_second_computation_adds(service: Service) -> None:
    key = (await service.ask(a_slice())).key
    first = await heard(service, key)
    log = Log(service._store, key)
    for said in (ProgressEvent(stage="points", done=1, total=2, seconds_left=None), first[-1][1]):
        await log.add(said)
    assert await heard(service, key) == first
    with pytest.raises(NothingMore):
        await service.listen(key, first[-1][0])
    assert (await log.state()).last == first[-1][0]


async def test_a_log_that_vanished_leaves_the_answer(service: Service, folder: Path) -> None:
    plan(folder, A, chunks=30, seconds=0.02)
    ticket = await service.ask(a_slice())
    last = await working(service, ticket.key)
    await service._store.forget(ticket.key)
    assert isinstance((await heard(service, ticket.key, last))[-1][1], DoneEvent)


async def test_closing_ends_the_streams(make_service: Make, folder: Path) -> None:
    plan(folder, A, **ENDLESS)
    service = await make_service()
    ticket = await service.ask(a_slice())
    listening = asyncio.create_task(heard(service, ticket.key))
    await working(service, ticket.key)
    service.stopping.set()
    events = await listening
    assert not any(isinstance(event, DoneEvent | RefusedEvent) for _, event in events)


async def test_a_failure_of_the_web_process_is_not_the_workers(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def failing(self: single_flight.Flight) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(single_flight.Flight, "_lead", failing)
    ticket = await service.ask(a_slice())
    (*_, (_, last)) = await heard(service, ticket.key)
    assert isinstance(last, RefusedEvent)
    assert last.problem.title == "The server failed"
    assert last.problem.type.endswith(":server-failed")
