"""The table of recipes keeps its promises before anything is trained."""

from dataclasses import replace

import pytest

from stable_regions.errors import UnknownModel
from stable_regions.suites import facts, stdlib
from stable_regions.suites.recipe import BUDGET, LIBRARY, RECIPES, recipe, recipes
from stable_regions.suites.train import rate


def vocabulary(suite: str) -> int:
    return len(facts.vocabulary()) if suite == "facts" else stdlib.TOKENS


def test_all_weights_fit_the_budget_before_they_are_made() -> None:
    assert sum(2 * row.parameters(vocabulary(row.suite)) * len(row.kept) for row in RECIPES) <= BUDGET


@pytest.mark.parametrize(("suite", "sizes"), [("facts", 3), ("stdlib", 2), ("library", 3)])
def test_a_suite_has_several_sizes_ascending(suite: str, sizes: int) -> None:
    parameters = [row.parameters(vocabulary(suite)) for row in recipes(suite)]
    assert len(parameters) >= sizes
    assert parameters == sorted(parameters)


@pytest.mark.parametrize("row", [*RECIPES, *LIBRARY], ids=lambda row: row.name)
def test_checkpoints_begin_at_zero_and_end_with_the_training(row) -> None:
    assert row.kept[0] == 0
    assert row.kept[-1] == row.steps
    assert list(row.kept) == sorted(set(row.kept))
    assert 13 <= len(row.kept) <= 18


@pytest.mark.parametrize("row", [*RECIPES, *LIBRARY], ids=lambda row: row.name)
def test_the_turning_part_of_a_head_is_even(row) -> None:
    assert row.width % row.heads == 0
    assert (row.width // row.heads) % 8 == 0


def test_a_shorter_training_keeps_its_last_moment() -> None:
    assert recipe("facts-4l").shortened(100).kept == (0, 1, 2, 4, 8, 16, 32, 64, 100)


def test_a_shorter_training_is_the_beginning_of_the_longer_one() -> None:
    whole = recipe("facts-4l")
    assert [rate(whole.shortened(100), step) for step in range(100)] == [rate(whole, step) for step in range(100)]


def test_a_rate_that_falls_at_the_end_falls_at_an_earlier_end() -> None:
    whole = recipe("library-3l")
    short = whole.shortened(200)
    assert short.falls == 140
    assert [rate(short, step) for step in range(140)] == [rate(whole, step) for step in range(140)]
    falling = [rate(short, step) for step in range(139, 200)]
    assert falling == sorted(falling, reverse=True)
    assert 0 < falling[-1] < 0.02 * whole.learning_rate


def test_a_training_goes_on_to_another_end_until_its_rate_falls() -> None:
    whole = recipe("library-3l")
    short = whole.shortened(200)
    assert whole.begins_as(short, 140)
    assert not whole.begins_as(short, 141)
    assert short.begins_as(short, 200)
    assert not whole.begins_as(replace(short, seed=5), 10)
    assert not recipe("facts-4l").begins_as(recipe("facts-4l").shortened(10), 5)


def test_an_unknown_model_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(UnknownModel, match="facts-12l"):
        recipe("facts-99l")


def test_an_unknown_suite_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(UnknownModel, match="stdlib"):
        recipes("novels")
