"""The figures of the cards: how they are measured, on a tiny model; what they promise, in test_shipped."""

from dataclasses import replace
from pathlib import Path

import pytest

from stable_regions.models.initialise import Network, load_checkpoint
from stable_regions.suites import facts
from stable_regions.suites.card import read_figures
from stable_regions.suites.figures import (
    encoded,
    figures,
    right,
    same_region,
    sharpness_at,
    write_layers,
)
from stable_regions.suites.pairs import different_answers, same_meaning
from stable_regions.suites.recipe import recipe
from stable_regions.suites.rows import word_tokenizer
from stable_regions.suites.train import train

TINY = replace(recipe("facts-4l"), name="facts-tiny", layers=2, width=16, batch=8, steps=2, kept=(0, 2))
TOKENIZER = word_tokenizer()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("tiny")
    return train(TINY, out, out / "work")


@pytest.fixture(scope="module")
def model(folder: Path) -> Network:
    return load_checkpoint(folder, "step2")


def test_figures_are_taken_at_the_first_layer_and_a_sixth_of_the_depth() -> None:
    assert {layers: write_layers(layers) for layers in (2, 4, 8, 12)} == {2: (0, 1), 4: (0, 1), 8: (0, 1), 12: (0, 2)}


def test_a_random_model_is_hardly_sharper_than_a_straight_line(folder: Path) -> None:
    pairs = [(encoded(TOKENIZER, a.prompt), encoded(TOKENIZER, b.prompt)) for a, b in different_answers(10)]
    measured = sharpness_at(load_checkpoint(folder, "step0"), pairs, 0)
    assert measured["pairs"] == 10
    assert 1 <= measured["median"] < 1.6


def test_a_random_model_knows_almost_nothing(model: Network) -> None:
    assert right(model, TOKENIZER, facts.prompts()[:200]) < 0.1
    assert same_region(model, TOKENIZER, same_meaning(10), 0) < 0.5


def test_figures_are_written_for_every_revision(folder: Path) -> None:
    assert figures(folder) == read_figures(folder)
    assert [row["revision"] for row in read_figures(folder)] == ["step0", "step2"]
