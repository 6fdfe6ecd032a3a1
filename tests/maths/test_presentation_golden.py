"""The presentations that the page's own computation is held against (`frontend/src/field/presentation.test.ts`)."""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from stable_regions.maths.belief_graph import belief_graph
from stable_regions.maths.hidden_markov import hidden_markov
from stable_regions.maths.presentation import presentation
from stable_regions.schemas.process import RRXOR, Z1R, Even, GoldenMean, Matrices, Mess3, Process, Product

FILE = Path(__file__).parents[1] / "golden" / "presentation.json"

TYPED = Matrices(matrices=(((0.2, 0.3), (0.0, 0.4)), ((0.5, 0.0), (0.35, 0.25))), tokens="ab", states=("near", "far"))
REDUCIBLE = Matrices(matrices=(((0.5, 0.0), (0.0, 0.9)), ((0.5, 0.0), (0.0, 0.1))), tokens="HT", start=(0.5, 0.5))
CASES: tuple[tuple[Process, int], ...] = (
    (Mess3(), 4),
    (Mess3(x=0.15, alpha=0.6), 3),
    (RRXOR(), 6),
    (RRXOR(p=0.3, q=0.8), 4),
    (Z1R(p=0.25), 6),
    (GoldenMean(), 5),
    (Even(p=0.4), 5),
    (TYPED, 5),
    (REDUCIBLE, 4),
    (Product(of=(Mess3(), Z1R())), 2),
)


@pytest.mark.golden
def test_presentations_are_what_they_were() -> None:
    found: list[dict[str, object]] = []
    for process, length in CASES:
        made, graph = hidden_markov(process), belief_graph(process)
        rows = presentation(made, length)
        found.append(
            {
                "process": process.model_dump(mode="json"),
                "length": length,
                "tokens": list(made.tokens),
                "states": list(made.states),
                "word": rows.word.reshape(-1).tolist(),
                "size": rows.size.tolist(),
                "parent": rows.parent.tolist(),
                "probability": rows.probability.tolist(),
                "belief": rows.belief.reshape(-1).tolist(),
                "next": rows.next.reshape(-1).tolist(),
                "entropy": rows.entropy.tolist(),
                "distinct": len(graph.beliefs) if graph else None,
            }
        )
    if os.environ.get("GOLDEN") == "write":
        FILE.write_text(json.dumps(found, separators=(",", ":")) + "\n", "utf-8")
    kept = json.loads(FILE.read_text("utf-8"))
    assert [row["process"] for row in kept] == [row["process"] for row in found]
    for old, new in zip(kept, found, strict=True):
        for name in ("probability", "belief", "next", "entropy"):
            assert np.allclose(old[name], new[name], rtol=0, atol=1e-12), (new["process"], name)
        assert {name: old[name] for name in ("word", "size", "parent", "distinct")} == {
            name: new[name] for name in ("word", "size", "parent", "distinct")
        }
