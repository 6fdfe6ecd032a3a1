"""The whole path with real slices: asked over HTTP, computed by the worker, streamed, fetched, killed, restarted."""

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import numpy as np
import pytest

from app.conftest import Started
from near import near
from patience import PATIENCE
from serving import a_slice
from stable_regions.schemas.result import Json, Result
from tiny import PROMPTS


def followed(http: httpx.Client, key: str, after: str = "") -> Iterator[tuple[str, dict[str, Json]]]:
    """The request's events, as they come."""
    headers = {"Last-Event-ID": after} if after else {}
    fields: dict[str, str] = {}
    with http.stream("GET", f"/api/v1/requests/{key}/events", headers=headers) as answer:
        for line in answer.iter_lines():
            name, _, value = line.partition(": ")
            fields[name] = value
            if not line:
                if "data" in fields:
                    yield fields["id"], json.loads(fields["data"])
                fields = {}


def ask(http: httpx.Client, request: dict[str, Json]) -> str:
    answer = http.post("/api/v1/requests", json=request)
    assert answer.status_code in (200, 202), answer.text
    return answer.json()["key"]


def result(http: httpx.Client, key: str) -> Result:
    *_, (_, last) = followed(http, key)
    assert last["event"] == "done", last
    return Result.from_bytes(http.get(f"/api/v1/results/{key}").content)


def slow(n: int = 0) -> dict[str, Json]:
    """Takes seconds: 257² points, of a window of its own."""
    return a_slice(resolution=257, window={"alpha": [-0.25, 1.25 + n / 100]}, distance="js")


def test_a_small_answer_does_not_wait_for_an_acknowledgement(product: Started) -> None:
    taken: list[float] = []
    for _ in range(21):
        begun = time.perf_counter()
        product.http.get("/healthz")
        taken.append(time.perf_counter() - begun)
    assert min(taken) < 0.03, "40 ms is Nagle's algorithm waiting for a delayed ACK"


def test_a_slice_is_computed_and_says_everything(product: Started) -> None:
    key = ask(product.http, a_slice(resolution=33, window={"alpha": [-0.5, 1.5], "beta": [-0.5, 1.5]}))
    found = result(product.http, key)
    assert found["distance"].shape == (3, 33, 33)
    assert found["distance"].dtype == np.float32
    assert found["top_token"].dtype == np.int32
    assert found["computed"].all()
    assert found.recipe["prepend_bos"] is True
    assert found.metadata["key"] == key
    assert found["alpha"][8] == found["beta"][8] == 0
    assert found["distance"][0, 8, 8] < 1e-3, "A's own place is A's own output"


def test_every_level_is_the_result_of_its_own_request(product: Started) -> None:
    request = a_slice(resolution=65, distance="tv")
    key = ask(product.http, request)
    ready = [event for _, event in followed(product.http, key) if event["event"] == "ready"]
    assert [event["request"]["resolution"] for event in ready] == [9, 17, 33]
    for event in ready:
        assert ask(product.http, request | {"resolution": event["request"]["resolution"]}) == event["key"]


def test_twenty_at_once_get_one_computation_and_the_same_bytes(product: Started) -> None:
    request = a_slice(resolution=65, distance="cosine")
    before = counter(product.http, 'stable_regions_request_seconds_count{analysis="slice"}')
    with ThreadPoolExecutor(20) as threads:
        keys = set(threads.map(lambda _: ask(product.http, request), range(20)))
        assert len(keys) == 1
        files = set(threads.map(lambda _: result(product.http, next(iter(keys))).to_bytes(), range(20)))
    assert len(files) == 1
    assert counter(product.http, 'stable_regions_request_seconds_count{analysis="slice"}') == before + 1


def test_a_killed_worker_costs_time_and_changes_no_number(start: Callable[..., Started], product: Started) -> None:
    server = start()
    server.ready()
    key = ask(server.http, slow())
    for _, event in followed(server.http, key):
        if event["event"] == "progress" and event["stage"] == "points" and event["done"] > 20_000:
            os.kill(server.worker(), signal.SIGKILL)
            break
    disturbed = result(server.http, key)
    assert ask(product.http, slow()) == key
    near(disturbed, result(product.http, key))
    assert counter(server.http, "stable_regions_worker_deaths") == 1


def test_an_animation_comes_coarse_first_with_the_frame_on_screen_before_all(product: Started) -> None:
    request: dict[str, Json] = {
        "analysis": "animation",
        "slice": a_slice(resolution=33, write_layer=0),
        "revisions": ["step0", "step8", "step16-tokens2K"],
    }
    key = ask(product.http, request)
    ready = [event["request"] for _, event in followed(product.http, key) if event["event"] == "ready"]
    shown = [(part["model"]["revision"], part["resolution"]) for part in ready]
    assert shown == [
        *(("step8", n) for n in (9, 17, 33)),
        *((r, 17) for r in ("step0", "step16-tokens2K")),
        *((r, 33) for r in ("step0", "step16-tokens2K")),
    ]
    frames = result(product.http, key).metadata["frames"]
    assert isinstance(frames, list)
    assert [product.http.get(f"/api/v1/results/{frame['key']}").status_code for frame in frames] == [200] * 3
    again = product.http.post("/api/v1/requests", json=request)
    assert again.status_code == 200


def test_a_pinned_point_is_answered(product: Started) -> None:
    request = {name: value for name, value in a_slice().items() if name != "resolution"}
    key = ask(product.http, request | {"analysis": "point", "alpha": 0.5, "beta": 0.25})
    point = result(product.http, key)
    assert point["probability"].shape == (3, 10)
    assert np.all(np.diff(point["probability"], axis=1) <= 0)


def test_cancelling_frees_the_worker(product: Started) -> None:
    key = ask(product.http, slow(1))
    for _, event in followed(product.http, key):
        if event["event"] == "progress" and event["stage"] == "points":
            break
    assert product.http.delete(f"/api/v1/requests/{key}").json()["status"] == "cancelled"
    result(product.http, ask(product.http, a_slice(resolution=9, distance="l2", write_layer=0)))
    assert product.http.get(f"/api/v1/results/{key}").status_code == 409, "it did not run to its end"


def test_a_slice_overtakes_an_animation(product: Started) -> None:
    revisions: Json = ["step0", "step8", "step16-tokens2K"]
    animation: dict[str, Json] = {"analysis": "animation", "slice": slow(2), "revisions": revisions}
    key = ask(product.http, animation)
    for _, event in followed(product.http, key):
        if event["event"] == "progress" and event["stage"] == "points":
            break
    result(product.http, ask(product.http, a_slice(resolution=17, distance="l2", write_layer=0)))
    assert product.http.get(f"/api/v1/requests/{key}").json()["status"] == "running"
    product.http.delete(f"/api/v1/requests/{key}")


def test_the_first_of_the_forms_are_offered(product: Started) -> None:
    key = ask(product.http, a_slice(resolution=17, contexts="first"))
    found = result(product.http, key)
    table = product.http.get(f"/api/v1/results/{key}.csv").text.splitlines()
    assert len(table) == 1 + 17 * 17
    assert float(table[1].split(",")[2]) == found["distance"][0, 0, 0]
    picture = product.http.get(f"/api/v1/results/{key}.png?size=128&palette=safe")
    assert picture.content.startswith(b"\x89PNG")
    assert product.http.get(f"/api/v1/results/{key}.npz").content.startswith(b"PK")


def test_stopping_is_orderly_and_a_restart_goes_on(start: Callable[..., Started]) -> None:
    server = start()
    server.ready()
    key = ask(server.http, slow())
    heard: list[str] = []
    streaming = threading.Thread(target=lambda: heard.extend(number for number, _ in followed(server.http, key)))
    streaming.start()
    deadline = time.monotonic() + PATIENCE
    while server.http.get(f"/api/v1/requests/{key}").json()["status"] != "running":
        assert time.monotonic() < deadline
    worker = server.worker()
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=PATIENCE) == 0
    streaming.join(timeout=PATIENCE)
    assert not Path(f"/proc/{worker}").exists(), "no orphan"
    assert heard, "the stream ended in order, with what it had"
    server = start()
    *_, (_, last) = followed(server.http, key, heard[-1])
    assert last["event"] == "done"


def test_a_server_that_is_killed_leaves_no_worker(start: Callable[..., Started]) -> None:
    server = start()
    worker = server.worker()
    server.process.kill()
    deadline = time.monotonic() + PATIENCE
    while running(worker):
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.slow
def test_twenty_seconds_of_kills_lose_nothing_and_mix_nothing(start: Callable[..., Started]) -> None:
    server = start()
    server.ready()
    wrong: list[str] = []
    done: list[str] = []
    expected: dict[str, bytes] = {}
    over = time.monotonic() + 20

    def client(n: int) -> None:
        with httpx.Client(base_url=server.http.base_url, timeout=PATIENCE) as http:
            round_ = 0
            while time.monotonic() < over:
                window: Json = {"alpha": [-0.25, 1.25 + (1000 * n + round_ // 2) / 100_000]}
                request = a_slice(resolution=65, window=window, prompts=[f"{PROMPTS[n % 3]} Tokyo", *PROMPTS[1:]][:3])
                round_ += 1
                try:
                    found = result(http, ask(http, request))
                except (AssertionError, httpx.HTTPError) as error:
                    wrong.append(repr(error))
                    continue
                grid = found["distance"].tobytes()
                if expected.setdefault(json.dumps(request), grid) != grid:
                    wrong.append("other bytes")
                done.append(json.dumps(request))

    threads = [threading.Thread(target=client, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    kills = 0
    while time.monotonic() < over:
        server.ready()
        before = len(expected)
        while len(expected) < before + 6 and time.monotonic() < over:  # a job that dies twice is rightly given up
            time.sleep(0.01)
        if time.monotonic() < over:
            os.kill(server.worker(), signal.SIGKILL)
            kills += 1
    for thread in threads:
        thread.join(timeout=PATIENCE)
    assert wrong == []
    assert kills >= 1
    assert len(done) >= 4


def counter(http: httpx.Client, name: str) -> float:
    lines = http.get("/metrics").text.splitlines()
    return float(next((line.rpartition(" ")[2] for line in lines if line.startswith(f"{name} ")), "0"))


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
