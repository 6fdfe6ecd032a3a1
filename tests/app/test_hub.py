"""The whole path over the hub: a server process, the real client, a stand-in of the hub."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import hub_models
from app.conftest import Started
from app.test_whole import ask, followed, result
from client.served import served
from hub_models import GATED, NAME
from near import near
from patience import PATIENCE
from serving import a_slice
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.client import Client
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.result import Json, Result
from stand_in import TOKEN, Fault, Hub
from tiny import PROMPTS

pytestmark = pytest.mark.slow

Start = Callable[..., Started]


@pytest.fixture
def server(start: Start, hub: Hub, tmp_path: Path, repositories: Path) -> Iterator[Started]:
    """A server whose hub is the stand-in; the repositories are folders to it as well."""
    variables = hub_models.environment(hub, tmp_path / "home")
    folders = json.dumps([str((repositories / NAME).parent)])
    started = start(STABLE_REGIONS_OFFLINE="false", STABLE_REGIONS_MODEL_FOLDERS=folders, **variables)
    started.ready()
    yield started
    hub.mend()


def of_hub(revision: str = "main", **fields: Json) -> dict[str, Json]:
    return a_slice(model={"name": NAME, "revision": revision}, **fields)


def film(*revisions: str) -> dict[str, Json]:
    return {"analysis": "animation", "slice": of_hub(revisions[0]), "revisions": list(revisions)}


def price(server: Started, request: dict[str, Json]) -> dict[str, Json]:
    answer = server.http.post("/api/v1/offers", json=request)
    assert answer.status_code == 200, answer.text
    return answer.json()["estimate"]


def test_a_film_with_a_gap_is_priced_downloaded_computed_and_free_afterwards(server: Started, hub: Hub) -> None:
    document = server.http.get(f"/api/v1/models/{NAME}").json()
    everything = [row["revision"] for row in document["card"]["revisions"]]
    assert everything == ["step0", "step20", "step1000-tokens4B", "main"]
    request = film(*everything)
    before = price(server, request)
    (gap,) = before["missing"]
    assert (gap["revision"], "a pickle" in gap["problem"]["detail"]) == ("step20", True)
    assert before["download_files"] >= 3
    assert before["download_bytes"] > 3 * (hub.folder / NAME / "main" / "model.safetensors").stat().st_size
    assert not hub.fetched()

    gate = hub.hold("step0/model.safetensors")
    key = ask(server.http, request)
    said: list[dict[str, Json]] = []
    for _, event in followed(server.http, key):
        said.append(event)
        if "model.safetensors" in str(event.get("note")):
            gate.set()
    downloads = [e for e in said if e["event"] == "progress" and e["stage"] == "download"]
    assert {e["unit"] for e in downloads} == {"bytes"}
    assert [e["done"] == e["total"] > 2**18 for e in downloads].count(True) >= 1
    (skipped,) = [e for e in said if e["event"] == "skipped"]
    assert skipped["request"]["model"]["revision"] == "step20"
    assert said[-1]["event"] == "done"

    after = price(server, request)
    assert (after["download_bytes"], after["seconds"]) == (0, 0)
    whole = Result.from_bytes(server.http.get(f"/api/v1/results/{key}").content)
    frames = whole.metadata["frames"]
    assert isinstance(frames, list)
    for frame in frames:
        assert isinstance(frame, dict)
        of_folder = ask(server.http, a_slice(model={"name": "tiny", "revision": frame["revision"]}))
        computed = Result.from_bytes(server.http.get(f"/api/v1/results/{frame['key']}").content)
        near(computed, result(server.http, of_folder))
    listed = {card["name"]: card for card in server.http.get("/api/v1/catalogue").json()["models"]}
    assert [row["revision"] for row in listed[NAME]["revisions"]] == ["step0", "step1000-tokens4B", "main"]


def test_a_film_whose_download_broke_off_is_made_whole_when_it_is_asked_again(server: Started, hub: Hub) -> None:
    hub.faults["step0/model.safetensors"] = Fault(breaks=2**17, gone=True)
    request = film("main", "step0")
    key = ask(server.http, request)
    said = [event for _, event in followed(server.http, key)]
    (gap,) = [event for event in said if event["event"] == "skipped"]
    assert (gap["problem"]["type"], said[-1]["event"]) == ("urn:stable-regions:download-broken", "done")
    first = server.http.get(f"/api/v1/results/{key}")
    assert (first.headers["cache-control"], "etag" in first.headers) == ("no-store", False)
    assert len(Result.from_bytes(first.content)["step"]) == 1

    hub.mend()
    again = server.http.post("/api/v1/requests", json=request)
    assert (again.status_code, again.json()["key"]) == (202, key)
    said = [event for _, event in followed(server.http, key)]
    assert [event["event"] for event in said if event["event"] in ("skipped", "done")] == ["done"]
    assert {e["request"]["model"]["revision"] for e in said if e["event"] == "ready"} == {"main", "step0"}
    second = server.http.get(f"/api/v1/results/{key}")
    assert "immutable" in second.headers["cache-control"]
    assert len(Result.from_bytes(second.content)["step"]) == 2
    assert server.http.post("/api/v1/requests", json=request).status_code == 200


def test_a_download_keeps_nobody_waiting_and_is_cancelled_at_once(server: Started, hub: Hub) -> None:
    hub.hold("main/model.safetensors")
    key = ask(server.http, of_hub())
    for _, event in followed(server.http, key):
        if event["event"] == "progress" and event["stage"] == "download" and event["done"] >= 2**18:
            break
    assert result(server.http, ask(server.http, a_slice(model={"name": "tiny", "revision": "step0"})))
    assert server.http.get(f"/api/v1/requests/{key}").json()["status"] == "running"
    assert fetching(server)
    assert server.http.delete(f"/api/v1/requests/{key}").json()["status"] == "cancelled"
    deadline = time.monotonic() + PATIENCE
    while fetching(server):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    hub.mend()
    hub.asked.clear()
    assert result(server.http, ask(server.http, of_hub()))
    assert hub.fetched()[0].endswith("bytes=262144-"), "it goes on where it was"


def test_the_hub_s_token_opens_what_is_gated_and_is_written_nowhere(
    hub: Hub, tmp_path: Path, tiny_folder: Path
) -> None:
    variables = hub_models.environment(hub, tmp_path / "home")
    (tmp_path / "cache").mkdir()
    request = SliceRequest(model=ModelRef(name=GATED), prompts=PROMPTS, write_layer=1, resolution=9)
    with (
        served(
            tmp_path,
            tiny_folder,
            STABLE_REGIONS_OFFLINE="false",
            STABLE_REGIONS_LOG="debug",
            HF_TOKEN=TOKEN,
            **variables,
        ) as url,
        Client(url) as client,
    ):
        answer = client.compute(request)
        document = client.catalogue()
    assert TOKEN not in json.dumps(dict(answer.metadata)) + json.dumps(document)
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert TOKEN.encode() not in file.read_bytes(), file


def test_without_a_token_what_is_gated_is_refused_saying_what_to_do(server: Started) -> None:
    answer = server.http.post("/api/v1/requests", json=a_slice(model={"name": GATED, "revision": "main"}))
    assert answer.status_code == 424
    assert "HF_TOKEN" in answer.json()["next"]


def fetching(server: Started) -> list[int]:
    """Download processes of the server's worker."""
    worker = server.worker()
    threads = Path(f"/proc/{worker}/task").iterdir()
    children = [child for thread in threads for child in _read(thread / "children").decode().split()]
    return [int(child) for child in children if b"hub.fetching" in _read(Path(f"/proc/{child}/cmdline"))]


def _read(file: Path) -> bytes:
    """A file of /proc; nothing once its thread or process has ended."""
    try:
        return file.read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""
