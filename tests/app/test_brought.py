"""The contract of an analysis, held by a small one that knows no model and that another package brings."""

import csv
import io
import json
import os
import re
import signal
import sys
from pathlib import Path

import numpy as np
import pytest

from app.conftest import Started
from bringing import BROUGHT, bring, retries, run, said
from stable_regions.schemas.result import Json, Result

WALK: dict[str, Json] = {"analysis": "random_walk", "steps": 5000, "walkers": 64}
LONG: dict[str, Json] = {"analysis": "random_walk", "steps": 4_000_000, "walkers": 2}


def test_it_is_priced_asked_heard_and_fetched(brought_server: Started) -> None:
    offer = brought_server.http.post("/api/v1/offers", json=WALK).json()
    assert (offer["there"], offer["parts"]) == (False, 0)
    assert offer["estimate"]["unit"] == "steps"
    assert offer["estimate"]["points"] == 5000
    assert offer["estimate"]["seconds"] > 0, "by its pace, before anything was measured here"
    assert offer["estimate"]["memory_bytes"] == 24 * 64
    ticket = brought_server.http.post("/api/v1/requests", json=WALK).json()
    assert ticket["key"] == offer["key"]
    events = said(brought_server.http, ticket["key"])
    assert [event["event"] for event in events if event["event"] != "progress"] == ["ready", "ready", "done"]
    ready = [event["request"] for event in events if event["event"] == "ready"]
    assert [request["steps"] for request in ready if isinstance(request, dict)] == [50, 500], "coarse first"
    assert {event["unit"] for event in events if event["event"] == "progress"} == {"steps"}
    assert brought_server.http.get(f"/api/v1/requests/{ticket['key']}").json()["status"] == "done"
    url = f"/api/v1/results/{ticket['key']}"
    result = Result.from_bytes(brought_server.http.get(url).content)
    assert result["mean_square"].shape == (10,)
    assert result["mean_square"][-1] == pytest.approx(5000, rel=0.6), "64 walkers after 5,000 steps"
    for name in ("key", "version", "recipe", "weights", "device", "dtype", "versions", "threads", "seconds", "units"):
        assert name in result.metadata
    assert result.metadata["weights"] == []
    archive = np.load(io.BytesIO(brought_server.http.get(f"{url}.npz").content))
    assert archive["mean_square"].tolist() == result["mean_square"].tolist()
    table = list(csv.DictReader(brought_server.http.get(f"{url}.csv").text.splitlines()))
    assert [float(row["mean_square"]) for row in table] == result["mean_square"].tolist()
    assert brought_server.http.get(f"{url}.svg").text.startswith("<svg")
    assert brought_server.http.get(f"{url}.png").content.startswith(b"\x89PNG")
    again = brought_server.http.post("/api/v1/offers", json=WALK).json()
    assert (again["there"], again["estimate"]["seconds"]) == (True, 0)


def test_it_can_be_cancelled_and_its_parts_stay(brought_server: Started) -> None:
    long = {**LONG, "seed": 1}
    key = brought_server.http.post("/api/v1/requests", json=long).json()["key"]
    said(brought_server.http, key, lambda event: event["event"] == "ready")
    assert brought_server.http.delete(f"/api/v1/requests/{key}").json()["status"] == "cancelled"
    assert said(brought_server.http, key)[-1]["event"] == "refused"
    assert len(brought_server.http.post("/api/v1/requests", json={**long, "steps": 40_000}).json()["key"]) == 64
    assert brought_server.http.post("/api/v1/offers", json=long).json()["there"] is False


def test_a_killed_worker_costs_a_retry_and_no_answer(brought_server: Started) -> None:
    before = retries(brought_server.http)
    key = brought_server.http.post("/api/v1/requests", json=LONG).json()["key"]
    said(brought_server.http, key, lambda event: event["event"] == "progress" and int(str(event["done"])) > 1000)
    os.kill(brought_server.worker(), signal.SIGKILL)
    assert said(brought_server.http, key)[-1]["event"] == "done"
    assert retries(brought_server.http) == before + 1
    metrics = brought_server.http.get("/metrics").text
    labelled = set(re.findall(r'(stable_regions_\w+){analysis="(\w*walk\w*)"', metrics))
    assert {name for _, name in labelled} == {"random_walk"}, "one name in every measure"
    assert {"stable_regions_asked_total", "stable_regions_request_seconds_count"} <= {name for name, _ in labelled}


def test_it_is_swept_over_a_field_of_its_own(brought_server: Started, brought_path: str, tmp_path: Path) -> None:
    sweep: dict[str, Json] = {"analysis": "field_sweep", "request": WALK, "field": "walkers", "values": [17, 64, 256]}
    said(brought_server.http, brought_server.http.post("/api/v1/requests", json=WALK).json()["key"])
    offer = brought_server.http.post("/api/v1/offers", json=sweep).json()
    assert (offer["parts"], len(offer["ready"]), offer["estimate"]["unit"]) == (3, 1, "steps")
    assert offer["estimate"]["points"] == 10_000, "one cell is there"
    assert offer["estimate"]["seconds"] is not None
    key = brought_server.http.post("/api/v1/requests", json=sweep).json()["key"]
    events = said(brought_server.http, key)
    assert events[-1]["event"] == "done"
    result = Result.from_bytes(brought_server.http.get(f"/api/v1/results/{key}").content)
    assert result["swept"].tolist() == [17, 64, 256]
    assert result["mean_square"].shape == (3, 10)
    alone = brought_server.http.post("/api/v1/requests", json={**WALK, "walkers": 256}).json()
    assert alone["status"] == "done", "a cell is a result of its own"
    cell = Result.from_bytes(brought_server.http.get(f"/api/v1/results/{alone['key']}").content)
    assert result["mean_square"][2].tolist() == cell["mean_square"].tolist()
    table = list(csv.DictReader(brought_server.http.get(f"/api/v1/results/{key}.csv").text.splitlines()))
    assert (len(table), table[0]["walkers"], table[-1]["walkers"]) == (30, "17", "256")
    refused = brought_server.http.post("/api/v1/offers", json={**sweep, "values": [17, -1]})
    assert refused.status_code == 422
    assert "The field walkers cannot be -1" in refused.json()["detail"]
    (tmp_path / "sweep.json").write_text(json.dumps(sweep))
    told = run(
        brought_path, "-m", "stable_regions", "ask", str(tmp_path / "sweep.json"), "-o", str(tmp_path / "sweep.svg")
    )
    assert told.returncode == 0, told.stderr
    assert "walkers = 256" in (tmp_path / "sweep.svg").read_text()


def test_more_than_it_allows_is_refused_in_words(brought_server: Started) -> None:
    steps = brought_server.http.post("/api/v1/requests", json={**WALK, "steps": 60_000_000})
    assert steps.status_code == 422
    assert "60,000,000 steps" in steps.json()["detail"]
    assert "50,000,000" in steps.json()["detail"]
    memory = brought_server.http.post("/api/v1/requests", json={**WALK, "walkers": 10**8})
    assert "in memory" in memory.json()["detail"]
    field = brought_server.http.post("/api/v1/requests", json={**WALK, "steps": "many"})
    assert field.json()["detail"].startswith("steps: found 'many'")


def test_the_python_client_asks_for_it(brought_server: Started, brought_path: str) -> None:
    code = (
        "import sys; from stable_regions import Client, RandomWalkRequest\n"
        "with Client(sys.argv[1]) as client: answer = client.compute(RandomWalkRequest(steps=2000))\n"
        "assert answer['step'][-1] == 2000 and 'csv' in answer.kinds"
    )
    told = run(brought_path, "-c", code, str(brought_server.http.base_url))
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


def test_python_computes_draws_and_saves_it(brought_path: str, tmp_path: Path) -> None:
    told = run(brought_path, "-c", IN_PROCESS, str(tmp_path))
    assert told.returncode == 0, told.stderr


def test_the_shell_answers_it(brought_path: str, tmp_path: Path) -> None:
    (tmp_path / "walk.json").write_text(json.dumps(WALK))
    said = run(
        brought_path, "-m", "stable_regions", "ask", str(tmp_path / "walk.json"), "-o", str(tmp_path / "walk.csv")
    )
    assert said.returncode == 0, said.stderr
    assert len((tmp_path / "walk.csv").read_text().splitlines()) == 11


def test_doctor_says_what_is_brought_and_what_is_broken(tmp_path: Path, brought_path: str) -> None:
    other = tmp_path / "old" / "old_walk"
    other.mkdir(parents=True)
    (other / "__init__.py").write_text("INTERFACE = 0\n")
    torn = tmp_path / "old" / "torn_walk"
    torn.mkdir()
    (torn / "__init__.py").write_text("import nothing_of_that_name\n")
    bring(tmp_path / "old", {"old_walk": "old_walk", "torn_walk": "torn_walk", "slice": "x.slice"}, "olds")
    told = run(os.pathsep.join([str(tmp_path / "old"), brought_path]), "-m", "stable_regions", "doctor").stdout
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
