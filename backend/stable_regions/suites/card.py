"""What is written beside a bundled model: `suite.json`, which a catalogue shows, and `figures.json`, what was measured.

Readable without torch.
"""

import json
from pathlib import Path
from typing import NotRequired, TypedDict

from stable_regions.suites import stdlib
from stable_regions.suites.recipe import Recipe


class Moment(TypedDict):
    """One checkpoint: its files' name, optimiser steps taken, tokens that carried loss, loss in nats per token."""

    revision: str
    step: int
    tokens: int
    loss: float


class Suite(TypedDict):
    """The file's content."""

    name: str
    family: str
    suite: str
    parameters: int
    layers: int
    d_model: int
    vocabulary: int
    context: int
    prepend_bos: bool
    seed: int
    holds_out: NotRequired[bool]
    license: str
    text: str
    revisions: list[Moment]


class Sharpness(TypedDict):
    """Quartiles of the sharpness over pairs, written after one block."""

    write_layer: int
    pairs: int
    lower: float
    median: float
    upper: float


class Figures(TypedDict):
    """The figures of one revision."""

    revision: str
    step: int
    tokens: int
    sharpness: list[Sharpness]
    right: NotRequired[float]
    same_region: NotRequired[float]
    loss: NotRequired[float]


def write_suite(folder: Path, recipe: Recipe, vocabulary: int, moments: list[Moment]) -> None:
    """Write the file; the weights' licence is the project's, the text's is named beside it."""
    facts = recipe.suite == "facts"
    text = "facts.json, the suite's own" if facts else f"the standard library of Python {stdlib.version()} (PSF-2.0)"
    suite = Suite(
        name=recipe.name,
        family=recipe.family,
        suite=recipe.suite,
        parameters=recipe.parameters(vocabulary),
        layers=recipe.layers,
        d_model=recipe.width,
        vocabulary=vocabulary,
        context=recipe.context,
        prepend_bos=True,
        seed=recipe.seed,
        holds_out=recipe.holds_out,
        license="MIT" if facts else "PSF-2.0",
        text=text,
        revisions=moments,
    )
    (folder / "suite.json").write_text(json.dumps(suite, indent=1) + "\n", "utf-8")


def read_suite(folder: Path) -> Suite:
    """The file's content."""
    return json.loads((folder / "suite.json").read_text("utf-8"))


def read_figures(folder: Path) -> list[Figures]:
    """The figures as written."""
    return json.loads((folder / "figures.json").read_text("utf-8"))
