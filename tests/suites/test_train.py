"""Training, on a model of two narrow blocks and a few steps."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from stable_regions.errors import InvalidFields
from stable_regions.models.initialise import load_checkpoint
from stable_regions.suites.card import read_suite
from stable_regions.suites.recipe import Recipe, recipe
from stable_regions.suites.train import rate, train

TINY = replace(
    recipe("facts-4l"), name="facts-tiny", layers=2, width=16, batch=8, steps=6, kept=(0, 2, 4, 6), warm_up=2
)


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def weights(folder: Path, step: int = 6) -> dict[str, torch.Tensor]:
    return load_file(folder / f"step{step}" / "model.safetensors")


def same(a: dict[str, torch.Tensor], b: dict[str, torch.Tensor]) -> bool:
    return a.keys() == b.keys() and all(torch.equal(a[name], b[name]) for name in a)


def interrupted(row: Recipe, out: Path, after: int) -> None:
    def stop(step: int, loss: float) -> None:
        if step == after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(row, out, out / "work", stop)


def test_the_same_seed_gives_the_same_weights(tmp_path: Path) -> None:
    first = train(TINY, tmp_path / "a", tmp_path / "a" / "work")
    second = train(TINY, tmp_path / "b", tmp_path / "b" / "work")
    assert same(weights(first), weights(second))


def test_another_seed_gives_other_weights(tmp_path: Path) -> None:
    first = train(TINY, tmp_path / "a", tmp_path / "a" / "work")
    second = train(replace(TINY, seed=1), tmp_path / "b", tmp_path / "b" / "work")
    assert not same(weights(first, 0), weights(second, 0))


def test_an_interrupted_training_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    whole = train(TINY, tmp_path / "a", tmp_path / "a" / "work")
    interrupted(TINY, tmp_path / "b", after=5)
    resumed = train(TINY, tmp_path / "b", tmp_path / "b" / "work")
    assert same(weights(whole), weights(resumed))
    assert (whole / "loss.json").read_bytes() == (resumed / "loss.json").read_bytes()


def test_a_training_goes_on_from_its_last_kept_moment(tmp_path: Path) -> None:
    interrupted(TINY, tmp_path, after=5)
    steps: list[int] = []
    train(TINY, tmp_path, tmp_path / "work", lambda step, loss: steps.append(step))
    assert steps == [5, 6]


def test_every_step_leaves_one_line_in_the_log(tmp_path: Path) -> None:
    interrupted(TINY, tmp_path, after=5)
    train(TINY, tmp_path, tmp_path / "work")
    lines = (tmp_path / "work" / TINY.name / "losses.jsonl").read_text().splitlines()
    assert [json.loads(line)["step"] for line in lines] == [1, 2, 3, 4, 5, 6]


def test_a_training_by_another_recipe_is_not_continued(tmp_path: Path) -> None:
    interrupted(TINY, tmp_path, after=3)
    with pytest.raises(InvalidFields, match="another recipe"):
        train(replace(TINY, learning_rate=1.0), tmp_path, tmp_path / "work")


def test_a_finished_model_has_every_moment_and_its_loss(tmp_path: Path) -> None:
    folder = train(TINY, tmp_path, tmp_path / "work")
    suite = read_suite(folder)
    assert [moment["revision"] for moment in suite["revisions"]] == ["step0", "step2", "step4", "step6"]
    assert len(json.loads((folder / "loss.json").read_text())) == TINY.steps
    tokens = [moment["tokens"] for moment in suite["revisions"]]
    assert tokens[0] == 0
    assert tokens == sorted(set(tokens))


def test_the_number_of_parameters_is_that_of_the_weights(tmp_path: Path) -> None:
    folder = train(TINY, tmp_path, tmp_path / "work")
    assert read_suite(folder)["parameters"] == sum(weight.numel() for weight in weights(folder).values())
    assert load_checkpoint(folder, "step6").num_parameters() == read_suite(folder)["parameters"]


def test_the_rate_rises_then_falls_to_a_tenth() -> None:
    row = recipe("facts-12l")
    assert rate(row, 0) < rate(row, row.warm_up - 1) == row.learning_rate
    assert rate(row, row.steps) == pytest.approx(row.learning_rate * row.final_rate)
