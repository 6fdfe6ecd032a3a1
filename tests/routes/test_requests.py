"""Asking, following and cancelling over HTTP."""

import asyncio
import json
from pathlib import Path

import httpx
import pytest

from patience import PATIENCE
from serving import Serving, a_slice, events, serving
from stable_regions.settings import Settings
from tiny import PROMPTS
from workers.arithmetic import plan

ENDLESS = {"chunks": 100_000, "seconds": 0.01, "parts": False}
URL = "/api/v1/requests"


@pytest.fixture
def folder(settings: Settings) -> Path:
    settings.cache_folder.mkdir(parents=True, exist_ok=True)
    return settings.cache_folder


async def test_asking_following_and_asking_again(http: httpx.AsyncClient) -> None:
    asked = await http.post(URL, json=a_slice(resolution=33))
    assert asked.status_code == 202
    ticket = asked.json()
    assert set(ticket) == {"key", "status", "estimate", "problem"}
    assert asked.headers["location"] == f"{URL}/{ticket['key']}"
    heard = await events(http, ticket["key"])
    assert [name for _, name, _ in heard if name != "progress"] == ["ready", "ready", "done"]
    assert all(json.loads(data)["event"] == name for _, name, data in heard)
    done = json.loads(heard[-1][2])
    assert (await http.get(done["url"])).status_code == 200
    again = await http.post(URL, json=a_slice(resolution=33))
    assert again.status_code == 200
    assert again.json()["status"] == "done"
    assert (await http.get(asked.headers["location"])).json()["status"] == "done"


async def test_a_stream_resumes_after_an_id(http: httpx.AsyncClient) -> None:
    key = (await http.post(URL, json=a_slice(resolution=33))).json()["key"]
    whole = await events(http, key)
    for n in range(len(whole) - 1):
        assert await events(http, key, whole[n][0]) == whole[n + 1 :]
    assert await events(http, key, "from another server") == whole


async def test_who_heard_the_ending_is_told_to_stop(http: httpx.AsyncClient) -> None:
    key = (await http.post(URL, json=a_slice())).json()["key"]
    last = (await events(http, key))[-1][0]
    answer = await http.get(f"{URL}/{key}/events", headers={"Last-Event-ID": last})
    assert answer.status_code == 204


async def test_a_cut_stream_is_taken_up_with_no_gap_and_no_repeat(http: httpx.AsyncClient, folder: Path) -> None:
    plan(folder, PROMPTS[0], chunks=30, seconds=0.02)
    key = (await http.post(URL, json=a_slice(resolution=65))).json()["key"]
    heard: list[str] = []
    while not heard or "done" not in heard[-1]:
        after = {"Last-Event-ID": heard[-1].split()[0]} if heard else {}
        async with http.stream("GET", f"{URL}/{key}/events", headers=after) as answer:
            fields: dict[str, str] = {}
            fresh = 0
            async for line in answer.aiter_lines():
                name, _, value = line.partition(": ")
                fields[name] = value
                if not line and "data" in fields:
                    heard.append(f"{fields['id']} {fields['event']}")
                    fresh += 1
                    fields = {}
                    if fresh == 2:
                        break
    assert heard == [f"{number} {name}" for number, name, _ in await events(http, key)]


async def test_deleting_cancels(http: httpx.AsyncClient, folder: Path) -> None:
    plan(folder, PROMPTS[0], **ENDLESS)
    key = (await http.post(URL, json=a_slice())).json()["key"]
    listening = asyncio.create_task(events(http, key))
    answer = await http.delete(f"{URL}/{key}")
    assert answer.json()["status"] == "cancelled"
    ending = (await listening)[-1]
    assert ending[1] == "refused"
    assert json.loads(ending[2])["problem"]["type"] == "urn:stable-regions:cancelled"
    assert (await http.get(f"/api/v1/results/{key}")).status_code == 409


async def test_a_browser_that_leaves_is_noticed(served: Serving, folder: Path) -> None:
    plan(folder, PROMPTS[0], **ENDLESS)
    key = (await served.http.post(URL, json=a_slice())).json()["key"]
    async with served.http.stream("GET", f"{URL}/{key}/events") as answer:
        lines = answer.aiter_lines()  # held: an iterator that is let go closes the stream
        async for line in lines:
            if line.startswith("event"):
                break
        assert await gauge(served.http, "stable_regions_streams") == 1
    async with asyncio.timeout(PATIENCE):
        while await gauge(served.http, "stable_regions_streams") != 0:
            await asyncio.sleep(0.02)


async def test_overload_is_refused_quickly_and_the_rest_still_answers(settings: Settings, folder: Path) -> None:
    prompts = [f"{PROMPTS[0]} {'Tokyo ' * n}" for n in range(1, 31)]
    for prompt in prompts:
        plan(folder, prompt, **ENDLESS)
    async with serving(settings.model_copy(update={"queue": 4})) as served:
        answers = await asyncio.gather(*(served.http.post(URL, json=a_slice(prompt)) for prompt in prompts))
        codes = [answer.status_code for answer in answers]
        assert (codes.count(202), codes.count(503)) == (4, 26)
        waits = {answer.headers["retry-after"] for answer in answers if answer.status_code == 503}
        assert len(waits) > 1, "they are spread"
        assert (await served.http.get("/healthz")).status_code == 200


async def test_stopping_ends_streams_and_says_so(served: Serving, folder: Path) -> None:
    plan(folder, PROMPTS[0], **ENDLESS)
    async with asyncio.timeout(PATIENCE):
        while (await served.http.get("/readyz")).status_code != 200:
            await asyncio.sleep(0.02)
    key = (await served.http.post(URL, json=a_slice())).json()["key"]
    async with served.http.stream("GET", f"{URL}/{key}/events") as answer, asyncio.timeout(PATIENCE):
        lines = answer.aiter_lines()
        async for line in lines:
            if line == "event: progress":
                break
        served.app.state.stopping.set()
        assert (await served.http.get("/readyz")).status_code == 503
        rest = [line async for line in lines]
    assert not any(line.startswith(("event: done", "event: refused")) for line in rest)
    assert rest[-2] == "retry: 1000"


async def gauge(http: httpx.AsyncClient, name: str) -> float:
    lines = (await http.get("/metrics")).text.splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith(f"{name} ")))
