"""The bound of refinement, on the bundled models: untrained, half trained and sharp ones."""

import numpy as np
import pytest
import torch

from analyses.asked import ready
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.maths.refine import names
from stable_regions.models.shelf import Shelf
from stable_regions.schemas.result import Result

CAPITALS = ("The capital of France is", "Japan is governed from the city of", "People in Brazil mostly speak")
MONEY = ("The money of Japan is the", "People in Kenya mostly speak", "Chile lies on the continent of")

CASES = [
    ("facts-4l", "step0", 1, CAPITALS, "hellinger"),
    ("facts-4l", "step1536", 1, MONEY, "hellinger"),
    ("facts-4l", "step256", 0, CAPITALS, "tv"),
    ("facts-4l", "step1536", 1, CAPITALS, "l2"),
]


def both(shelf: Shelf, case: tuple[object, ...], resolution: int) -> tuple[Result, Result]:
    name, revision, write_layer, prompts, distance = case
    asked = SliceRequest.model_validate(
        {
            "model": {"name": name, "revision": revision},
            "prompts": prompts,
            "write_layer": write_layer,
            "distance": distance,
            "resolution": resolution,
        }
    )
    refined = ready(asked.model_copy(update={"exact": False}), shelf)[-1].result
    return ready(asked, shelf)[-1].result, refined


def named(result: Result) -> np.ndarray:
    return names(torch.from_numpy(result["distance"]), torch.from_numpy(result["top_token"]).long()).numpy()


def regions(labels: np.ndarray) -> list[list[tuple[int, int]]]:
    """Connected pixels of one label, four neighbours each."""
    left = {(y, x) for y in range(labels.shape[0]) for x in range(labels.shape[1])}
    found: list[list[tuple[int, int]]] = []
    while left:
        region, edge = [], [left.pop()]
        while edge:
            y, x = edge.pop()
            region.append((y, x))
            for near in ((y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)):
                if near in left and labels[near] == labels[y, x]:
                    left.remove(near)
                    edge.append(near)
        found.append(region)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[1]}-{case[4]}")
def test_a_refined_picture_is_the_exact_one_to_the_eye(shelf: Shelf, case: tuple[object, ...]) -> None:
    exact, refined = both(shelf, case, 129)
    largest = exact["distance"].max(axis=(1, 2), keepdims=True)
    off = (np.abs(refined["distance"] - exact["distance"]) / largest).max(axis=0)
    assert (off > 2 / 255).mean() <= 0.005
    assert off.max() <= 10 / 255
    expected, found = named(exact), named(refined)
    missed = [
        region for region in regions(expected) if len(region) >= 9 and all(found[p] != expected[p] for p in region)
    ]
    assert not missed


def test_what_is_said_to_be_computed_is_exact(shelf: Shelf) -> None:
    exact, refined = both(shelf, CASES[1], 129)
    computed = refined["computed"].astype(bool)
    assert computed.mean() < 0.5
    assert np.allclose(refined["distance"][:, computed], exact["distance"][:, computed], atol=1e-6)
    assert exact["computed"].all()


@pytest.mark.slow
@pytest.mark.parametrize("step", ["step0", "step1536"])
def test_at_257_a_fifth_of_the_points_is_enough(shelf: Shelf, step: str) -> None:
    exact, refined = both(shelf, ("facts-12l", step, 2, CAPITALS, "hellinger"), 257)
    largest = exact["distance"].max(axis=(1, 2), keepdims=True)
    off = (np.abs(refined["distance"] - exact["distance"]) / largest).max(axis=0)
    assert (off > 2 / 255).mean() <= 0.005
    assert off.max() <= 10 / 255
    assert refined["computed"].mean() <= 0.2
