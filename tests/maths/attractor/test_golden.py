"""The page iterates the same networks: one file holds both to the same numbers."""

import json
import os
from pathlib import Path

import pytest
import torch

from stable_regions.analyses.memory.schema import OWN
from stable_regions.maths.attractor import tasks
from stable_regions.maths.attractor.memory import Rule, stored
from stable_regions.maths.attractor.tokens import tokens_of
from stable_regions.suites.images import images

GOLDEN = Path(__file__).parents[2] / "golden" / "memory.json"
MOMENTS = (0, 1, 2, 10, 30)


def run(rule: Rule, patterns: int) -> dict[str, object]:
    """Two test digits, a masked one and a noisy one, given to a memory of a few others."""
    digits, tokens = images("digits"), tokens_of(8, "patches", 1)
    sharpness_train, sharpness, row_norm = OWN["digits", rule]
    shown = digits.train[digits.chosen(patterns, 1)]
    held = stored(tokens, shown, digits.train, rule, sharpness_train, sharpness, row_norm, 0.5)
    visible = torch.cat([tasks.masked(1, 16, 0.3, 1), torch.ones(1, 16, dtype=torch.bool)])
    begun = torch.cat([digits.test[:1], tasks.noisy(digits.test[1:2], 0.7, 1)])
    orbit = list(held.orbit(held.begin(begun, visible), max(MOMENTS), visible))
    return {
        "rule": rule,
        "patterns": patterns,
        "visible": visible.tolist(),
        "seen": [[[round(v, 9) for v in row] for row in held.images(orbit[t]).tolist()] for t in MOMENTS],
    }


@pytest.mark.golden
def test_networks_of_a_few_digits_give_the_golden_images():
    found = {"moments": MOMENTS, "runs": [run("paper", 20), run("centred", 20), run("normalised", 5)]}
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.write_text(json.dumps(found) + "\n")
    golden = json.loads(GOLDEN.read_text())
    for row, held in zip(found["runs"], golden["runs"], strict=True):
        assert row["rule"] == held["rule"]
        assert torch.allclose(torch.tensor(row["seen"]), torch.tensor(held["seen"]), atol=1e-5)
