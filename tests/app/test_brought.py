"""The contract of an analysis, held by a small one that knows no model and that another package brings."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest

from app.conftest import Started, begin
from bringing import BROUGHT, bring
from patience import PATIENCE
from stable_regions.schemas.result import Json, Result

WALK: dict[str, Json] = {"analysis": "random_walk", "steps": 5000, "walkers": 64}
LONG: dict[str, Json] = {"analysis": "random_walk", "steps": 4_000_000, "walkers": 2}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What `PYTHONPATH` is where the package is installed."""
    metadata = bring(tmp_path_factory.mktemp("site"), {"random_walk": "random_walk"})
    return os.pathsep.join([str(metadata), str(BROUGHT), *(one for one in sys.path if one)])


@pytest.fixture(scope="module")
def server(path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    started = begin(tmp_path_factory.mktemp("cache"), tmp_path_factory.mktemp("none"), PYTHONPATH=path)
    started.ready()
    yield started
    started.process.send_signal(signal.SIGTERM)
    started.process.wait(PATIENCE)


def said(
    http: httpx.Client, key: str, until: Callable[[dict[str, Json]], bool] = lambda _: False
) -> list[dict[str, Json]]:
    """The events of a request to their end, or until one."""
    found: list[dict[str, Json]] = []
    with http.stream("GET", f"/api/v1/requests/{key}/events", timeout=PATIENCE) as stream:
        for line in stream.iter_lines():
            if line.startswith("data: "):
                found.append(json.loads(line.removeprefix("data: ")))
                if until(found[-1]):
                    return found
    return found


def test_it_is_priced_asked_heard_and_fetched(server: Started) -> None:
    offer = server.http.post("/api/v1/offers", json=WALK).json()
    assert (offer["there"], offer["parts"]) == (False, 0)
    assert offer["estimate"]["unit"] == "steps"
    assert offer["estimate"]["points"] == 5000
    assert offer["estimate"]["seconds"] > 0, "by its pace, before anything was measured here"
    assert offer["estimate"]["memory_bytes"] == 24 * 64
    ticket = server.http.post("/api/v1/requests", json=WALK).json()
    assert ticket["key"] == offer["key"]
    events = said(server.http, ticket["key"])
    assert [event["event"] for event in events if event["event"] != "progress"] == ["ready", "ready", "done"]
    ready = [event["request"] for event in events if event["event"] == "ready"]
    assert [request["steps"] for request in ready if isinstance(request, dict)] == [50, 500], "coarse first"
    assert {event["unit"] for event in events if event["event"] == "progress"} == {"steps"}
    assert server.http.get(f"/api/v1/requests/{ticket['key']}").json()["status"] == "done"
    url = f"/api/v1/results/{ticket['key']}"
    result = Result.from_bytes(server.http.get(url).content)
    assert result["mean_square"].shape == (10,)
    assert result["mean_square"][-1] == pytest.approx(5000, rel=0.6), "64 walkers after 5,000 steps"
    for name in ("key", "version", "recipe", "weights", "device", "dtype", "versions", "threads", "seconds", "units"):
        assert name in result.metadata
    assert result.metadata["weights"] == []
    archive = np.load(io.BytesIO(server.http.get(f"{url}.npz").content))
    assert archive["mean_square"].tolist() == result["mean_square"].tolist()
    table = list(csv.DictReader(server.http.get(f"{url}.csv").text.splitlines()))
    assert [float(row["mean_square"]) for row in table] == result["mean_square"].tolist()
    assert server.http.get(f"{url}.svg").text.startswith("<svg")
    assert server.http.get(f"{url}.png").content.startswith(b"\x89PNG")
    again = server.http.post("/api/v1/offers", json=WALK).json()
    assert (again["there"], again["estimate"]["seconds"]) == (True, 0)


def test_it_can_be_cancelled_and_its_parts_stay(server: Started) -> None:
    long = {**LONG, "seed": 1}
    key = server.http.post("/api/v1/requests", json=long).json()["key"]
    said(server.http, key, lambda event: event["event"] == "ready")
    assert server.http.delete(f"/api/v1/requests/{key}").json()["status"] == "cancelled"
    assert said(server.http, key)[-1]["event"] == "refused"
    assert len(server.http.post("/api/v1/requests", json={**long, "steps": 40_000}).json()["key"]) == 64
    assert server.http.post("/api/v1/offers", json=long).json()["there"] is False


def test_a_killed_worker_costs_a_retry_and_no_answer(server: Started) -> None:
    key = server.http.post("/api/v1/requests", json=LONG).json()["key"]
    said(server.http, key, lambda event: event["event"] == "progress" and int(str(event["done"])) > 1000)
    os.kill(server.worker(), signal.SIGKILL)
    assert said(server.http, key)[-1]["event"] == "done"
    assert "stable_regions_retries_total 1.0" in server.http.get("/metrics").text
    assert 'request_seconds_count{analysis="random_walk"}' in server.http.get("/metrics").text


def test_more_than_it_allows_is_refused_in_words(server: Started) -> None:
    steps = server.http.post("/api/v1/requests", json={**WALK, "steps": 60_000_000})
    assert steps.status_code == 422
    assert "60,000,000 steps" in steps.json()["detail"]
    assert "50,000,000" in steps.json()["detail"]
    memory = server.http.post("/api/v1/requests", json={**WALK, "walkers": 10**8})
    assert "in memory" in memory.json()["detail"]
    field = server.http.post("/api/v1/requests", json={**WALK, "steps": "many"})
    assert field.json()["detail"].startswith("steps: found 'many'")


def test_the_python_client_asks_for_it(server: Started, path: str) -> None:
    code = (
        "import sys; from stable_regions import Client, RandomWalkRequest\n"
        "with Client(sys.argv[1]) as client: answer = client.compute(RandomWalkRequest(steps=2000))\n"
        "assert answer['step'][-1] == 2000 and 'csv' in answer.kinds"
    )
    told = run(path, "-c", code, str(server.http.base_url))
    assert told.returncode == 0, told.stderr


IN_PROCESS = """
import sys
from pathlib import Path
from stable_regions import compute, RandomWalkRequest
seen = []
answer = compute(RandomWalkRequest(steps=3000), progress=lambda stage, done, total: seen.append((stage, done, total)))
assert answer["step"][-1] == 3000 and seen[-1] == ("steps", 3000, 3000)
assert "torch" not in sys.modules, "work without a model imports no torch"
folder = Path(sys.argv[1])
assert set(answer.kinds) == {"png", "csv", "svg", "npz", "safetensors", "html", "json"}
for kind in answer.kinds:
    assert answer.save(folder / f"x.{kind}").stat().st_size > 50, kind
assert answer.figure().data
from stable_regions.errors import Unprocessable
try:
    answer.file("gif")
except Unprocessable as refusal:
    assert "It does not move" in str(refusal), refusal
else:
    raise AssertionError("a kind that there is not was drawn")
"""


def run(path: str, *words: str) -> "subprocess.CompletedProcess[str]":
    env = {**os.environ, "PYTHONPATH": path, "STABLE_REGIONS_OFFLINE": "true", "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, *words], env=env, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def test_python_computes_draws_and_saves_it(path: str, tmp_path: Path) -> None:
    told = run(path, "-c", IN_PROCESS, str(tmp_path))
    assert told.returncode == 0, told.stderr


def test_the_shell_answers_it(path: str, tmp_path: Path) -> None:
    (tmp_path / "walk.json").write_text(json.dumps(WALK))
    said = run(path, "-m", "stable_regions", "ask", str(tmp_path / "walk.json"), "-o", str(tmp_path / "walk.csv"))
    assert said.returncode == 0, said.stderr
    assert len((tmp_path / "walk.csv").read_text().splitlines()) == 11


def test_doctor_says_what_is_brought_and_what_is_broken(tmp_path: Path, path: str) -> None:
    other = tmp_path / "old" / "old_walk"
    other.mkdir(parents=True)
    (other / "__init__.py").write_text("INTERFACE = 0\n")
    torn = tmp_path / "old" / "torn_walk"
    torn.mkdir()
    (torn / "__init__.py").write_text("import nothing_of_that_name\n")
    bring(tmp_path / "old", {"old_walk": "old_walk", "torn_walk": "torn_walk", "slice": "x.slice"}, "olds")
    told = run(os.pathsep.join([str(tmp_path / "old"), path]), "-m", "stable_regions", "doctor").stdout
    assert "random_walk (walks)" in told
    assert "'old_walk' of olds is left out: it says INTERFACE = 0; this version takes 1" in told
    assert "'torn_walk' of olds is left out: ModuleNotFoundError" in told
    assert "'slice' of olds is left out: the name is taken by this package itself" in told


def test_it_stands_in_the_server_by_one_row(tmp_path: Path) -> None:
    """A tree like the package's, with the folder in it and one more row in the registry: nothing else is edited."""
    package, own = Path(__file__).parents[2] / "backend" / "stable_regions", tmp_path / "stable_regions"
    (own / "analyses").mkdir(parents=True)
    for place, copy in ((package, own), (package / "analyses", own / "analyses")):
        for entry in place.iterdir():
            if entry.name not in ("analyses", "__pycache__") and entry.name != ("__init__.py" if copy != own else ""):
                (copy / entry.name).symlink_to(entry)
    (own / "analyses" / "random_walk").symlink_to(BROUGHT / "random_walk")
    text = (package / "analyses" / "__init__.py").read_text()
    edits = {"NAMES = (\n": 'NAMES = (\n    "random_walk",\n'}
    for before, after in edits.items():
        assert text.count(before) == 1
        text = text.replace(before, after)
    (own / "analyses" / "__init__.py").write_text(text)
    assert len(edits) == 1
    script = IN_PROCESS + (
        "from stable_regions.analyses import OWN\n"
        "from stable_regions.app import openapi_document\n"
        "assert OWN['random_walk'].package == 'stable_regions.analyses.random_walk'\n"
        "assert 'RandomWalkRequest' in openapi_document()['components']['schemas']\n"
        "import stable_regions; assert 'RandomWalkRequest' in stable_regions.__all__\n"
    )
    told = run(os.pathsep.join([str(tmp_path), *(one for one in sys.path if one)]), "-c", script, str(tmp_path))
    assert told.returncode == 0, told.stderr
