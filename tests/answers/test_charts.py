"""Results as charts: what is drawn, and what is written into tables, is what was computed."""

import csv as reader
from pathlib import Path

import numpy as np
import pytest

from stable_regions.analyses import OWN
from stable_regions.analyses.curve.schema import CurveRequest
from stable_regions.analyses.meaning.schema import MeaningRequest
from stable_regions.analyses.study.schema import StudyRequest
from stable_regions.analyses.study_cell.schema import StudyCellRequest
from stable_regions.analyses.sweep.schema import SweepRequest
from stable_regions.answers.answer import Answer
from stable_regions.answers.shown import chart, kinds
from stable_regions.answers.table import csv
from stable_regions.client import compute
from stable_regions.pictures.chart import Line
from stable_regions.pictures.svg import svg
from stable_regions.schemas.model_request import ModelRequest
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.settings import Settings

MODEL = {"name": "facts-4l", "revision": "step1536"}
ASKED: dict[str, AnalysisRequest] = {
    "curve": CurveRequest.model_validate(
        {
            "model": MODEL,
            "prompts": ("The capital of France is", "The capital of Japan is"),
            "write_layer": 1,
            "steps": 11,
        }
    ),
    "study": StudyRequest.model_validate(
        {
            "models": [
                {"name": "facts-4l", "revisions": ("step0", "step1536")},
                {"name": "facts-8l", "revisions": ("step1536",)},
            ],
            "pairs": 8,
            "steps": 11,
            "write_layers": (0, 1),
        }
    ),
    "study_cell": StudyCellRequest.model_validate({"model": MODEL, "pairs": 8, "steps": 11}),
    "meaning": MeaningRequest.model_validate({"model": MODEL, "pairs": 6, "steps": 11}),
    "sweep": SweepRequest.model_validate(
        {
            "request": {"analysis": "meaning", "model": MODEL, "pairs": 6, "steps": 11},
            "revisions": ("step0", "step1536"),
            "write_layers": (0, 1),
        }
    ),
}


@pytest.fixture(scope="module")
def answers() -> dict[str, Answer]:
    settings = Settings(device="cpu", threads=1, offline=True)
    return {name: compute(request, settings) for name, request in ASKED.items()}


def rows(answer: Answer) -> list[dict[str, str]]:
    return list(reader.DictReader(csv(answer).splitlines()))


def line(answer: Answer, name: str) -> Line:
    return next(line for line in chart(answer).lines if line.name == name)


@pytest.mark.parametrize("name", ASKED)
def test_every_such_result_can_be_saved_in_every_kind(answers: dict[str, Answer], tmp_path: Path, name: str) -> None:
    for kind in answers[name].kinds:
        assert answers[name].save(tmp_path / f"x.{kind}").stat().st_size > 100
    assert {"csv", "svg", "npz", "safetensors", "html", "json"} == set(answers[name].kinds)
    assert svg(chart(answers[name])) == svg(chart(answers[name]))


def test_a_study_is_a_line_for_each_model_and_layer_with_quartiles_for_bars(answers: dict[str, Answer]) -> None:
    study = answers["study"]
    lines = [line for line in chart(study).lines if not line.quiet]
    names = [line.name for line in lines]
    assert names == ["facts-4l, layer 0", "facts-4l, layer 1", "facts-8l, layer 0", "facts-8l, layer 1"]
    own = line(study, "facts-4l, layer 1")
    assert own.inner == [tuple(row) for row in study["interval"][[1, 3]].tolist()]
    assert own.y == study["median"][[1, 3]].tolist()
    assert own.low == study["lower"][[1, 3]].tolist()
    assert own.x[0] == 0
    assert own.dash != line(study, "facts-4l, layer 0").dash


def test_a_studys_table_has_a_row_a_cell(answers: dict[str, Answer]) -> None:
    study, table = answers["study"], rows(answers["study"])
    assert [(row["model"], row["revision"], row["write_layer"]) for row in table][-2:] == [
        ("facts-8l", "step1536", "0"),
        ("facts-8l", "step1536", "1"),
    ]
    assert [np.float32(row["sharpness_median"]) for row in table] == study["median"].tolist()
    assert [int(row["tokens"]) for row in table] == study["tokens"].tolist()


def test_a_cells_table_has_a_row_a_pair_and_its_bars_count_every_pair(answers: dict[str, Answer]) -> None:
    cell, table = answers["study_cell"], rows(answers["study_cell"])
    assert [row["prompt_b"] for row in table][:-1] == [row["prompt_a"] for row in table][1:]
    assert [np.float32(row["end_distance_l2"]) for row in table] == cell["end_distance"].tolist()
    assert sum(chart(cell).lines[0].y) == 8


def test_a_comparisons_table_has_both_kinds_of_pairs(answers: dict[str, Answer]) -> None:
    meaning, table = answers["meaning"], rows(answers["meaning"])
    assert [row["meaning"] for row in table] == ["same"] * 6 + ["different"] * 6
    both = [*meaning["same_end_distance"], *meaning["different_end_distance"]]
    assert [np.float32(row["end_distance_hellinger"]) for row in table] == both
    assert line(meaning, "different meaning").y == pytest.approx(meaning["curves"][1, 1])


def test_a_sweeps_table_has_the_areas_of_every_score(answers: dict[str, Answer]) -> None:
    sweep, table = answers["sweep"], rows(answers["sweep"])
    assert [np.float32(row["auc_one_token"]) for row in table] == sweep["auc"][:, 2].tolist()
    assert [(row["revision"], row["write_layer"]) for row in table] == [
        ("step0", "0"),
        ("step0", "1"),
        ("step1536", "0"),
        ("step1536", "1"),
    ]
    assert line(sweep, "layer 1").y == sweep["auc"][[1, 3], 0].tolist()


def test_without_checkpoints_to_compare_a_study_lies_over_parameters() -> None:
    request = StudyRequest.model_validate(
        {
            "models": [{"name": name, "revisions": ("step1536",)} for name in ("facts-4l", "facts-12l")],
            "pairs": 4,
            "steps": 11,
        }
    )
    study = compute(request, Settings(device="cpu", threads=1, offline=True))
    assert chart(study).x.title == "parameters"
    assert [own.x[0] for own in chart(study).lines if not own.quiet] == study["parameters"].tolist()


def test_at_several_layers_of_one_checkpoint_a_study_lies_over_the_layers() -> None:
    """One line; the controls, which are the same pair's, stand beside it at every layer."""
    models = [{"name": "facts-4l", "revisions": ("step1536",)}]
    request = StudyRequest.model_validate({"models": models, "write_layers": (0, 1, 3), "pairs": 4, "steps": 11})
    study = compute(request, Settings(device="cpu", threads=1, offline=True))
    found = chart(study)
    assert found.x.title == "write layer ℓ"
    assert [(own.name, list(own.x)) for own in found.lines if not own.quiet] == [("facts-4l", [0, 1, 3])]
    assert [own.name for own in found.lines if own.quiet] == ["last block", "line of outputs", "random ends"]
    at_last = study["control_quartiles"][2, 0, 1]
    assert at_last == pytest.approx(study["median"][2], rel=1e-3)


def test_all_that_is_drawn_as_lines_is_listed() -> None:
    about_models = {name for name, one in OWN.items() if issubclass(one.request, ModelRequest) and "svg" in kinds(name)}
    assert about_models >= {"curve", "line", "study", "study_cell", "meaning", "sweep"}
    assert about_models.isdisjoint({"slice", "point", "animation", "regions", "timeline", "veil", "projection"})
