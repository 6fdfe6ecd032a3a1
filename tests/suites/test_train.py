"""Training, on a model of two narrow blocks and a few steps."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from stable_regions.errors import InvalidFields
from stable_regions.models.initialise import initialised, load_checkpoint
from stable_regions.suites.card import read_suite
from stable_regions.suites.optimisers import optimisers
from stable_regions.suites.recipe import Recipe, recipe
from stable_regions.suites.train import rate, train

TINY = replace(
    recipe("facts-4l"), name="facts-tiny", layers=2, width=16, batch=8, steps=6, kept=(0, 2, 4, 6), warm_up=2
)

MUON = replace(TINY, name="facts-muon", family="llama", dropout=0.0, matrix_rate=6e-3, decay=0.5, bfloat16=True)
each_kind = pytest.mark.parametrize("row", [TINY, MUON], ids=lambda row: row.name)


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


@each_kind
def test_an_interrupted_training_ends_as_if_it_had_not_been(tmp_path: Path, row: Recipe) -> None:
    whole = train(row, tmp_path / "a", tmp_path / "a" / "work")
    interrupted(row, tmp_path / "b", after=5)
    resumed = train(row, tmp_path / "b", tmp_path / "b" / "work")
    assert same(weights(whole), weights(resumed))
    assert (whole / "loss.json").read_bytes() == (resumed / "loss.json").read_bytes()


def test_a_training_whose_rate_falls_at_the_end_goes_on_to_a_later_end(tmp_path: Path) -> None:
    longer = replace(MUON, steps=10, kept=(0, 2, 10))
    whole = train(longer, tmp_path / "a", tmp_path / "a" / "work")
    interrupted(MUON, tmp_path / "b", after=3)
    assert same(weights(whole, 10), weights(train(longer, tmp_path / "b", tmp_path / "b" / "work"), 10))


def test_what_has_begun_to_fall_does_not_go_on_to_a_later_end(tmp_path: Path) -> None:
    interrupted(MUON, tmp_path, after=5)
    with pytest.raises(InvalidFields, match="another recipe"):
        train(replace(MUON, steps=10, kept=(0, 2, 10)), tmp_path, tmp_path / "work")


def test_muon_moves_the_matrices_of_the_blocks_alone() -> None:
    model = initialised(MUON.architecture(50))
    adam, muon = (
        {id(p) for group in one.param_groups for p in group["params"]} for one in optimisers(model, MUON).every
    )
    moved = {name for name, p in model.named_parameters() if id(p) in muon}
    assert {name.split(".")[3] for name in moved} == {"self_attn", "mlp"}
    assert len(moved) == 7 * MUON.layers
    assert len(adam) + len(muon) == len(list(model.parameters()))


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


@each_kind
def test_the_number_of_parameters_is_that_of_the_weights(tmp_path: Path, row: Recipe) -> None:
    folder = train(row, tmp_path, tmp_path / "work")
    assert read_suite(folder)["parameters"] == sum(weight.numel() for weight in weights(folder).values())
    assert load_checkpoint(folder, "step6").num_parameters() == read_suite(folder)["parameters"]


def test_the_rate_rises_then_falls_to_a_tenth() -> None:
    row = recipe("facts-12l")
    assert rate(row, 0) < rate(row, row.warm_up - 1) == row.learning_rate
    assert rate(row, row.steps) == pytest.approx(row.learning_rate * row.final_rate)
