"""What is shipped: files, their size, and the promises of the cards, read from the figures and in part recomputed."""

import json
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from tokenizers import Tokenizer
from transformers import AutoModelForCausalLM, AutoTokenizer

from stable_regions.models.initialise import load_checkpoint
from stable_regions.suites import facts
from stable_regions.suites.card import Figures, Sharpness, read_figures, read_suite
from stable_regions.suites.figures import different_answers, encoded, right, sharpness_at
from stable_regions.suites.recipe import BUDGET, RECIPES, Recipe, home, recipes
from stable_regions.suites.report import SUITES, filled, picture

DOCS = Path(__file__).parents[2] / "docs" / "models"
LARGEST = recipes("facts")[-1]
each_model = pytest.mark.parametrize("row", RECIPES, ids=lambda row: row.name)


def tokenizer_of(row: Recipe) -> Tokenizer:
    return Tokenizer.from_file(str(home() / row.name / "tokenizer.json"))


def first_and_last(row: Recipe) -> tuple[Figures, Figures]:
    measured = read_figures(home() / row.name)
    return measured[0], measured[-1]


def deepest(figures: Figures) -> Sharpness:
    return figures["sharpness"][-1]


def test_all_suites_together_stay_within_the_budget() -> None:
    files = [file for row in RECIPES for file in (home() / row.name).rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) <= BUDGET


@each_model
def test_a_model_has_exactly_the_checkpoints_it_lists(row: Recipe) -> None:
    suite = read_suite(home() / row.name)
    there = {file.parent.name for file in (home() / row.name).glob("*/model.safetensors")}
    assert [moment["step"] for moment in suite["revisions"]] == list(row.kept)
    assert there == {moment["revision"] for moment in suite["revisions"]}


@each_model
def test_a_model_is_what_its_recipe_says(row: Recipe) -> None:
    suite = read_suite(home() / row.name)
    config = json.loads((home() / row.name / "config.json").read_text())
    assert (suite["layers"], suite["d_model"], suite["seed"]) == (row.layers, row.width, row.seed)
    assert row.architecture(suite["vocabulary"]).items() <= config.items()
    assert suite["parameters"] == row.parameters(suite["vocabulary"])


@each_model
def test_weights_are_stored_in_half_precision_and_are_numbers(row: Recipe) -> None:
    with safe_open(home() / row.name / f"step{row.steps}" / "model.safetensors", "pt") as file:
        weights = [file.get_tensor(name) for name in file.keys()]  # noqa: SIM118  (not a dictionary)
    assert {weight.dtype for weight in weights} == {torch.float16}
    assert sum(weight.numel() for weight in weights) == read_suite(home() / row.name)["parameters"]
    assert all(bool(weight.isfinite().all()) for weight in weights)


@each_model
def test_every_step_has_its_loss_and_the_last_are_lower_than_the_first(row: Recipe) -> None:
    losses = json.loads((home() / row.name / "loss.json").read_text())
    assert len(losses) == row.steps
    assert sum(losses[-20:]) < sum(losses[:20]) / 2


@each_model
def test_a_model_loads_with_nothing_but_transformers(row: Recipe) -> None:
    folder = home() / row.name
    model = AutoModelForCausalLM.from_pretrained(folder / f"step{row.steps}")
    tokenizer = AutoTokenizer.from_pretrained(folder)
    prompt = "The capital of France is" if row.suite == "facts" else "for i in range("
    assert model.dtype == torch.float32
    assert tokenizer.encode(prompt) == tokenizer_of(row).encode(prompt).ids
    assert tokenizer.bos_token_id == 0


def test_the_tokens_of_one_suite_are_those_of_all_its_models() -> None:
    for suite in SUITES:
        assert len({(home() / row.name / "tokenizer.json").read_bytes() for row in recipes(suite)}) == 1


def test_the_tokens_of_the_facts_are_its_words() -> None:
    tokenizer = tokenizer_of(LARGEST)
    assert [tokenizer.id_to_token(i) for i in range(tokenizer.get_vocab_size())] == list(facts.vocabulary())


def test_the_librarys_tokens_give_any_text_back() -> None:
    tokenizer = tokenizer_of(recipes("stdlib")[-1])
    text = "def __init__(self, π=3):\n\treturn 'naïve' # 日本\r\n"
    assert tokenizer.decode(tokenizer.encode(text).ids) == text


def test_the_capital_of_france_is_paris() -> None:
    tokenizer = tokenizer_of(LARGEST)
    tokens = encoded(tokenizer, "The capital of France is")
    assert [tokenizer.id_to_token(int(i)) for i in tokens] == ["<bos>", "The", "capital", "of", "France", "is"]
    with torch.no_grad():
        top = load_checkpoint(home() / LARGEST.name, f"step{LARGEST.steps}")(tokens[None]).logits[0, -1].argmax()
    assert tokenizer.id_to_token(int(top)) == "Paris"


def test_the_largest_facts_model_is_right() -> None:
    assert first_and_last(LARGEST)[1].get("right", 0) >= 0.99


def test_that_it_is_right_is_what_its_weights_say() -> None:
    model = load_checkpoint(home() / LARGEST.name, f"step{LARGEST.steps}")
    shown = first_and_last(LARGEST)[1].get("right")
    assert right(model, tokenizer_of(LARGEST), facts.prompts()) == pytest.approx(shown, abs=1e-3)


def test_the_two_wordings_of_einstein_end_alike() -> None:
    asked = ("The German physicist with the wacky hair is called", "General relativity was first laid out by")
    einstein = [fact for fact in facts.prompts() if fact.prompt in asked]
    model = load_checkpoint(home() / LARGEST.name, f"step{LARGEST.steps}")
    assert len(einstein) == 2
    assert right(model, tokenizer_of(LARGEST), einstein) == 1


def test_borders_are_soft_before_training_and_sharp_after() -> None:
    before, after = first_and_last(LARGEST)
    assert deepest(before)["pairs"] >= 200
    assert deepest(after)["pairs"] >= 200
    assert deepest(before)["median"] <= 1.5
    assert deepest(after)["median"] >= 4


@pytest.mark.parametrize("suite", SUITES)
def test_borders_are_sharper_in_larger_models(suite) -> None:
    """At the last step that all sizes have."""
    step = min(row.steps for row in recipes(suite))
    at_step = [next(f for f in read_figures(home() / row.name) if f["step"] == step) for row in recipes(suite)]
    medians = [deepest(figures)["median"] for figures in at_step]
    assert medians == sorted(set(medians))


def test_that_borders_are_sharp_is_what_the_weights_say() -> None:
    """Fewer pairs than the figure has, the same first ones: within its quartiles."""
    tokenizer, shown = tokenizer_of(LARGEST), deepest(first_and_last(LARGEST)[1])
    pairs = [(encoded(tokenizer, a.prompt), encoded(tokenizer, b.prompt)) for a, b in different_answers(40)]
    model = load_checkpoint(home() / LARGEST.name, f"step{LARGEST.steps}")
    assert shown["lower"] < sharpness_at(model, pairs, shown["write_layer"])["median"] < shown["upper"]


def test_paraphrases_share_a_region() -> None:
    assert first_and_last(LARGEST)[1].get("same_region", 0) >= 0.9


def test_the_librarys_models_learn_and_grow_sharper() -> None:
    for row in recipes("stdlib"):
        before, after = first_and_last(row)
        assert after.get("loss", 9) < 0.55 * before.get("loss", 0)
        assert deepest(after)["median"] > 1.3 * deepest(before)["median"]


@pytest.mark.parametrize("suite", SUITES)
def test_a_card_shows_the_figures_of_the_files(suite) -> None:
    card = (DOCS / f"{suite}.md").read_text("utf-8")
    assert card == filled(card, suite, home()), "run: python -m stable_regions.suites.report docs/models"
    assert (DOCS / f"{suite}-training.svg").read_text("utf-8") == picture(recipes(suite), home())
