import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from stable_regions.errors import InvalidFields, PromptRefused, UnknownModel
from stable_regions.maths.hidden_markov import hidden_markov
from stable_regions.models.initialise import load_checkpoint
from stable_regions.models.tokens import Tokens
from stable_regions.schemas.process import RRXOR, Z1R, Mess3, Product
from stable_regions.suites.process_train import process_tokenizer, train_model
from stable_regions.suites.processes import BUDGET, BUNDLED, ProcessRecipe, bundled, process_in, spaced
from stable_regions.suites.recipe import home

TINY = ProcessRecipe("tiny", Z1R(), width=16, mlp=16, layers=1, length=5, steps=12, batch=8, warm_up=4)


def weights(folder: Path, revision: str) -> dict[str, torch.Tensor]:
    return dict(load_checkpoint(folder, revision).named_parameters())


def test_a_training_that_is_resumed_gives_the_weights_of_one_that_was_not(tmp_path: Path) -> None:
    for _ in train_model(TINY, tmp_path / "whole", tmp_path / "work"):
        pass
    for step in train_model(TINY, tmp_path / "broken", tmp_path / "other"):
        if step.kept == "step10":
            break
    steps = [step.step for step in train_model(TINY, tmp_path / "broken", tmp_path / "other")]
    assert steps == [11, 12]
    one, other = (weights(tmp_path / name / "tiny", "step12") for name in ("whole", "broken"))
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_a_working_folder_of_another_recipe_is_refused(tmp_path: Path) -> None:
    for _ in train_model(TINY, tmp_path / "out", tmp_path / "work"):
        pass
    with pytest.raises(InvalidFields, match="another recipe"):
        next(train_model(replace(TINY, learning_rate=1e-3), tmp_path / "out", tmp_path / "work"))


@pytest.mark.parametrize("targets", ["exact", "sampled"])
def test_training_lowers_the_loss_towards_the_bound(tmp_path: Path, targets: str) -> None:
    recipe = replace(TINY, steps=200, batch=32, targets=targets, width=32)  # type: ignore[arg-type]
    losses = [step.loss for step in train_model(recipe, tmp_path / "out", tmp_path / "work")]
    assert sum(losses[-20:]) / 20 < losses[0] - 0.1


def test_a_model_holds_its_process_and_its_losses(tmp_path: Path) -> None:
    for _ in train_model(TINY, tmp_path / "out", tmp_path / "work"):
        pass
    folder = tmp_path / "out" / "tiny"
    made, suite = (json.loads((folder / name).read_text()) for name in ("process.json", "suite.json"))
    assert (made["process"], made["targets"], made["length"]) == ({"name": "z1r", "p": 0.5}, "exact", 5)
    assert [row["revision"] for row in suite["revisions"]] == ["step0", "step1", "step3", "step10", "step12"]
    assert len(json.loads((folder / "loss.json").read_text())) == 12
    assert suite["parameters"] == sum(weight.numel() for weight in weights(folder, "step0").values())


def test_words_are_tokens_without_spaces_and_other_letters_are_refused(tmp_path: Path) -> None:
    made = hidden_markov(Product(of=(Mess3(), RRXOR())))
    process_tokenizer(made).save(str(tmp_path / "tokenizer.json"))
    tokens = Tokens(tmp_path)
    assert tokens.encode("A0C1B0", prepend_bos=False) == made.numbers("A0C1B0") == [0, 5, 2]
    assert tokens.strings([0, 5]) == ["A0", "C1"]
    assert tokens.bos is None
    with pytest.raises(PromptRefused, match="tokens alone: A0, A1, B0"):
        tokens.encode("A0x", prepend_bos=False)


def test_moments_are_spaced_as_logarithms_are_and_end_at_the_end() -> None:
    assert spaced(1000) == (0, 1, 3, 10, 20, 30, 50, 70, 100, 150, 200, 300, 400, 500, 700, 1000)
    assert all(len(row.moments) == 20 and row.moments[-1] == row.steps for row in BUNDLED)


def test_a_process_without_a_bundled_model_is_named_with_those_that_have_one() -> None:
    with pytest.raises(UnknownModel, match="mess3, rrxor"):
        bundled("even")


def test_a_file_that_describes_no_process_is_refused_with_the_reason(tmp_path: Path) -> None:
    file = tmp_path / "process.json"
    file.write_text('{"name": "mess3", "x": 0.7}')
    with pytest.raises(InvalidFields, match=r"less than or equal to 0\.5"):
        process_in(file)
    file.write_text('{"name": "z1r", "p": 0.25}')
    assert process_in(file) == Z1R(p=0.25)


def test_bundled_models_of_processes_stay_within_their_budget() -> None:
    size = sum(file.stat().st_size for row in BUNDLED for file in (home() / row.name).rglob("*") if file.is_file())
    assert 0 < size <= BUDGET
