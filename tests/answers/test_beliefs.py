"""Beliefs in a person's hands: computed from Python, saved in every kind, drawn, and filmed from the shell."""

import csv as reader
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from stable_regions import BeliefFilmRequest, BeliefRequest, PresentationRequest, Settings, compute
from stable_regions.answers.answer import Answer
from stable_regions.answers.table import csv
from stable_regions.cli import app
from stable_regions.schemas.request import AnalysisRequest

POST = "blocks.1.hook_resid_post"
BELIEF = {"model": {"name": "mess3-2l", "revision": "step3000"}, "length": 5, "places": ["embed", POST]}
FILM = {
    "analysis": "belief_film",
    "belief": {"analysis": "belief", **BELIEF},
    "revisions": ["step0", "step100", "step3000"],
}
ASKED: dict[str, AnalysisRequest] = {
    "presentation": PresentationRequest.model_validate({"process": {"name": "z1r"}, "length": 6}),
    "belief": BeliefRequest.model_validate(BELIEF),
    "belief_film": BeliefFilmRequest.model_validate(FILM),
}


@pytest.fixture(scope="module")
def answers() -> dict[str, Answer]:
    settings = Settings(device="cpu", threads=1, offline=True)
    return {name: compute(request, settings) for name, request in ASKED.items()}


@pytest.mark.parametrize("name", ASKED)
def test_every_result_is_saved_in_every_kind_and_drawn(answers: dict[str, Answer], tmp_path: Path, name: str) -> None:
    answer = answers[name]
    assert {"csv", "npz", "png", "svg", "safetensors", "json"} <= {str(kind) for kind in answer.kinds}
    for kind in answer.kinds:
        assert answer.save(tmp_path / f"x.{kind}").stat().st_size > 80
    assert len(answer.figure().data) > 0
    arrays = np.load(tmp_path / "x.npz")
    for array in answer.arrays:
        assert np.array_equal(arrays[array], answer[array], equal_nan=True)


def test_the_table_of_beliefs_has_a_row_a_place(answers: dict[str, Answer]) -> None:
    rows = list(reader.DictReader(csv(answers["belief"]).splitlines()))
    assert [row["place"] for row in rows] == ["embed", POST]
    assert float(rows[1]["r2"]) == pytest.approx(answers["belief"]["r2"][1])
    assert float(rows[1]["r2"]) > 0.998 > float(rows[0]["r2"])


@pytest.mark.parametrize("kind", ["gif", "mp4"])
def test_the_fractal_is_filmed_from_the_shell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str) -> None:
    monkeypatch.setenv("STABLE_REGIONS_CACHE_FOLDER", str(tmp_path / "cache"))
    monkeypatch.setenv("STABLE_REGIONS_OFFLINE", "true")
    monkeypatch.setenv("STABLE_REGIONS_DEVICE", "cpu")
    monkeypatch.chdir(tmp_path)
    Path("ask.json").write_text(json.dumps(FILM))
    done = CliRunner().invoke(app, ["ask", "ask.json", "-o", f"fractal.{kind}"], prog_name="stable-regions")
    assert done.exit_code == 0, done.output
    if kind == "gif":
        assert getattr(Image.open("fractal.gif"), "n_frames", 1) == 3
    else:
        assert b"ftyp" in Path("fractal.mp4").read_bytes()[:16]
