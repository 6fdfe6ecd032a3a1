"""The contract of an analysis about a model, held by a small one that another package brings."""

import csv
import io
import json
import os
import signal
from pathlib import Path

import numpy as np
import pytest

from app.conftest import Started
from bringing import retries, run, said
from stable_regions.schemas.result import Json, Result
from tiny import PROMPTS

SHAKEN: dict[str, Json] = {
    "analysis": "shaken",
    "model": {"name": "tiny-neox", "revision": "step8"},
    "write_layer": 1,
    "prompt": PROMPTS[0],
    "points": 300,
}
LONG: dict[str, Json] = {**SHAKEN, "points": 400_000}


def test_it_is_priced_asked_heard_and_fetched(brought_server: Started) -> None:
    http = brought_server.http
    offer = http.post("/api/v1/offers", json=SHAKEN).json()
    assert (offer["there"], offer["estimate"]["points"], offer["estimate"]["passes"]) == (False, 300, 1)
    assert offer["estimate"]["memory_bytes"] > 0, "of the checkpoint"
    ticket = http.post("/api/v1/requests", json=SHAKEN).json()
    assert ticket["key"] == offer["key"]
    events = said(http, ticket["key"])
    assert [event["event"] for event in events if event["event"] != "progress"] == ["ready", "done"]
    assert "load" in {event["stage"] for event in events if event["event"] == "progress"}
    assert http.get(f"/api/v1/requests/{ticket['key']}").json()["status"] == "done"
    url = f"/api/v1/results/{ticket['key']}"
    result = Result.from_bytes(http.get(url).content)
    assert result["moved"].shape == (300,)
    assert (result["moved"] > 0).all()
    assert len(result.metadata["weights"]) == 1  # type: ignore[arg-type]  (a list)
    for name in ("key", "version", "recipe", "device", "dtype", "versions", "threads", "seconds", "units", "path"):
        assert name in result.metadata
    assert result.recipe["prepend_bos"] is True, "written out"
    (first,) = [event["key"] for event in events if event["event"] == "ready"]
    part = Result.from_bytes(http.get(f"/api/v1/results/{first}").content)
    np.testing.assert_allclose(part["moved"], result["moved"][:30], rtol=1e-3)
    archive = np.load(io.BytesIO(http.get(f"{url}.npz").content))
    assert archive["moved"].tolist() == result["moved"].tolist()
    table = list(csv.DictReader(http.get(f"{url}.csv").text.splitlines()))
    assert [float(row["moved"]) for row in table] == pytest.approx(result["moved"].tolist())
    assert http.get(f"{url}.svg").text.startswith("<svg")
    assert http.post("/api/v1/offers", json=SHAKEN).json()["there"] is True


def test_what_its_model_forbids_is_refused_in_words(brought_server: Started) -> None:
    def detail(**other: Json) -> str:
        answer = brought_server.http.post("/api/v1/requests", json={**SHAKEN, **other})
        assert 400 <= answer.status_code < 500
        return str(answer.json()["detail"])

    assert "9" in detail(write_layer=9)
    assert "tiny-none" in detail(model={"name": "tiny-none"})
    assert detail(points=1).startswith("points: found 1")


def test_it_can_be_cancelled(brought_server: Started) -> None:
    http = brought_server.http
    long = {**LONG, "seed": 1}
    key = http.post("/api/v1/requests", json=long).json()["key"]
    said(http, key, lambda event: event["event"] == "progress" and event["stage"] == "points")
    assert http.delete(f"/api/v1/requests/{key}").json()["status"] == "cancelled"
    assert said(http, key)[-1]["event"] == "refused"
    assert http.post("/api/v1/offers", json=long).json()["there"] is False


def test_a_killed_worker_costs_a_retry_and_no_answer(brought_server: Started) -> None:
    http, long = brought_server.http, {**LONG, "points": 20_000, "seed": 2}
    before = retries(http)
    key = http.post("/api/v1/requests", json=long).json()["key"]
    said(http, key, lambda event: event["event"] == "progress" and event["stage"] == "points")
    os.kill(brought_server.worker(), signal.SIGKILL)
    assert said(http, key)[-1]["event"] == "done"
    assert retries(http) == before + 1


CODE = """
import json, sys
from pathlib import Path
from stable_regions import Client, ShakenRequest, compute
request = ShakenRequest.model_validate_json(sys.argv[2])
with Client(sys.argv[1]) as client:
    asked = client.compute(request)
here = compute(request)
assert asked["moved"].shape == here["moved"].shape == (300,)
assert abs(asked["moved"] - here["moved"]).max() < 1e-3 * abs(here["moved"]).max()
folder = Path(sys.argv[3])
assert set(here.kinds) == {"csv", "svg", "npz", "safetensors", "html", "json"}
for kind in here.kinds:
    assert here.save(folder / f"x.{kind}").stat().st_size > 50, kind
assert here.figure().data
"""


def test_python_and_the_shell_answer_it(
    brought_server: Started, brought_path: str, tmp_path: Path, tiny_folder: Path
) -> None:
    models = {"STABLE_REGIONS_MODEL_FOLDERS": json.dumps([str(tiny_folder)])}
    told = run(brought_path, "-c", CODE, str(brought_server.http.base_url), json.dumps(SHAKEN), str(tmp_path), **models)
    assert told.returncode == 0, told.stderr
    (tmp_path / "shaken.json").write_text(json.dumps(SHAKEN))
    words = ("ask", str(tmp_path / "shaken.json"), "-o", str(tmp_path / "shaken.csv"))
    told = run(brought_path, "-m", "stable_regions", *words, **models)
    assert told.returncode == 0, told.stderr
    assert len((tmp_path / "shaken.csv").read_text().splitlines()) == 301
