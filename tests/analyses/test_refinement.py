"""Refinement is judged as a picture: how far the refined one may be from the exact one (docs/refinement.md).

The test set is every bundled model untrained, half-way and trained, written into near the bottom and near the top, the
distances and prompts by turns; and a random network sharper than any trained one. `make bench ARGS="--only refinement"`
measures more of them, on finer grids.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analyses.asked import ready
from refining import Quality, quality
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.plane import DISTANCES
from stable_regions.schemas.result import Result
from stable_regions.settings import Settings
from tiny import PROMPTS, sharpen, write_model

FACTS = (
    ("The capital of France is", "Japan is governed from the city of", "People in Brazil mostly speak"),
    ("The money of Japan is the", "People in Kenya mostly speak", "Chile lies on the continent of"),
)
CODE = (("import", "for i in range(", "def __init__(self"), ("return", "class Foo", "if x is not"))
WORDS = {
    "facts": FACTS,
    "mess3": (("ABCA", "CAB", "BBCA"), ("AAB", "CCB", "BAC")),
    "rrxor": (("0110", "10011", "11010"), ("011", "1001", "00000")),
}
"""Prompts of the families that do not read code."""


@dataclass(frozen=True)
class Case:
    """A picture that is made both ways."""

    model: str
    revision: str
    layer: int
    prompts: tuple[str, str, str]
    distance: str

    def asked(self, resolution: int, exact: bool) -> SliceRequest:
        return SliceRequest.model_validate(
            {
                "model": {"name": self.model, "revision": self.revision},
                "prompts": self.prompts,
                "write_layer": self.layer,
                "distance": self.distance,
                "resolution": resolution,
                "exact": exact,
            }
        )

    def __str__(self) -> str:
        return f"{self.model}-{self.revision}-layer{self.layer}-{self.distance}"


def cases() -> Iterator[Any]:
    """The test set of the bundled models; the largest is slow."""
    distances = cycle(DISTANCES)
    for card in Catalogue(Settings(offline=True)).cards():
        if card.source == "bundled":
            names = [row.revision for row in card.revisions]
            for revision in (names[0], names[len(names) // 2], names[-1]):
                for place, layer in enumerate(dict.fromkeys((0, card.layers - 2))):
                    prompts = WORDS.get(card.family, CODE)[place]
                    case = Case(card.name, revision, layer, prompts, next(distances))
                    yield pytest.param(case, id=str(case), marks=[pytest.mark.slow] if card.name == "stdlib-6l" else [])


def both(models: ModelCache, case: Case, resolution: int) -> tuple[Result, Result]:
    """The picture, exact and refined."""
    exact, refined = (ready(case.asked(resolution, exact), models)[-1].result for exact in (True, False))
    return exact, refined


def held(found: Quality) -> bool:
    """A picture within the bound; pytest shows the figures where it is not."""
    return found.holds


@pytest.mark.parametrize("case", [*cases()])
def test_a_refined_picture_is_the_exact_one_to_the_eye(models: ModelCache, case: Case) -> None:
    assert held(quality(*both(models, case, 129)))


@pytest.mark.slow
@pytest.mark.parametrize(
    "case",
    [
        Case("facts-12l", "step1536", 2, FACTS[0], "hellinger"),
        Case("facts-4l", "step0", 1, FACTS[1], "tv"),
        Case("facts-8l", "step256", 1, FACTS[0], "l2"),
    ],
    ids=str,
)
def test_at_257_a_fifth_of_the_points_is_enough(models: ModelCache, case: Case) -> None:
    found = quality(*both(models, case, 257))
    assert held(found)
    assert found.points <= 0.2


@pytest.mark.slow
@pytest.mark.parametrize(("sharper", "distance", "layer"), [(4, "hellinger", 0), (8, "l2", 0), (8, "tv", 3)])
def test_a_network_sharper_than_any_trained_one_is_within_the_bound(
    tmp_path: Path, make_settings: Callable[..., Settings], sharper: int, distance: str, layer: int
) -> None:
    sharpen(write_model(tmp_path / "models" / "sharp", "gpt2", n_embd=64, n_layer=8), sharper)
    settings = make_settings(model_folders=(tmp_path / "models",))
    models = ModelCache(Catalogue(settings), settings)
    found = quality(*both(models, Case("sharp", "main", layer, PROMPTS, distance), 129))
    models.close()
    assert held(found)
    assert found.points > 0.4, "a picture that is hardly flat anywhere"


def test_what_is_said_to_be_computed_is_exact(models: ModelCache) -> None:
    exact, refined = both(models, Case("facts-4l", "step1536", 1, FACTS[1], "hellinger"), 129)
    computed = refined["computed"].astype(bool)
    assert computed.mean() < 0.5
    assert np.allclose(refined["distance"][:, computed], exact["distance"][:, computed], atol=1e-6)
    assert exact["computed"].all()
