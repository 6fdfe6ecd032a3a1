"""Orbits as results: against the recursion itself, gone on with, and refused in words."""

import math

import numpy as np
import pytest
from pydantic import ValidationError

from analyses.dynamics_asked import NETWORK, ready, result
from stable_regions.answers.answer import Answer
from stable_regions.maths.mean_field.networks import project, segments
from stable_regions.maths.mean_field.recursion import Context, Parameters, Recursion, from_row


def test_an_orbit_is_the_recursions() -> None:
    found = result(analysis="orbit", beta=1.27, discard=50, steps=40)
    network = project(segments(1))
    parameters = Parameters.of(1.27, 220.0, 0.02)
    orbit = Recursion(network, parameters, from_row(network, parameters, 0))
    for step in range(90):
        orbit.step()
        if step >= 50:
            assert np.abs(found["output"][step - 50] - orbit.output()[:, 0]).max() < 1e-12
            assert np.abs(found["key"][step - 50] - orbit.key[:, 0]).max() < 1e-12


def test_its_end_is_where_it_goes_on() -> None:
    whole = result(analysis="orbit", beta=1.4, discard=0, steps=60)
    half = result(analysis="orbit", beta=1.4, discard=0, steps=40)
    position = half.metadata["position"]
    assert isinstance(position, int)
    ends = (half[name][..., None] for name in ("end_attention", "end_values", "end_keys"))
    orbit = Recursion(project(segments(1)), Parameters.of(1.4, 220.0, 0.02), Context(*ends, position, 4))
    for step in range(40, 60):
        orbit.step()
        assert np.abs(whole["attention"][step] - orbit.attention[:, 0]).max() < 1e-9


@pytest.mark.parametrize(("beta", "regime"), [(1.0, "periodic"), (1.28, "chaos")])
def test_its_regime_is_named(beta: float, regime: str) -> None:
    found = result(analysis="orbit", beta=beta, discard=4000, steps=4000)
    assert found.metadata["regime"] == regime
    assert (found.metadata["period"] == 4) == (regime == "periodic")
    assert found["exponents"].shape == (2,)


def test_a_table_and_its_averages_are_one_network() -> None:
    paper = segments(1)
    signs = {name: rows.tolist() for name, rows in zip(("output", "value", "query", "key"), paper.signs, strict=True)}
    bits = {name: rows.tolist() for name, rows in zip(signs, paper.positional, strict=True)}
    table = {"construction": "table", **signs, "share": [1 / 3] * 3, "positional": bits}
    seeded = result(analysis="orbit", beta=1.3, discard=0, steps=20)
    written = result(analysis="orbit", network=table, beta=1.3, discard=0, steps=20)
    assert np.abs(seeded["attention"] - written["attention"]).max() < 1e-12


def test_averages_of_no_weights_are_said_to_be() -> None:
    flat = [[0.9, 0.9], [0.9, 0.9]]
    averages = {"output": [[1.0, 0.0], [0.0, 1.0]], "value": flat, "query": flat, "key": flat}
    found = result(
        analysis="orbit", network={"construction": "correlations", "averages": averages}, beta=1.0, discard=0, steps=20
    )
    assert found.metadata["unrealisable"]


def test_it_is_saved_as_a_table_a_chart_and_arrays() -> None:
    found = result(analysis="orbit", beta=1.4, discard=0, steps=20)
    answer = Answer(found.arrays, found.metadata)
    assert set(answer.kinds) == {"csv", "svg", "npz", "safetensors", "html", "json"}
    assert answer.file("csv").splitlines()[0].startswith(b"token,output_1")
    assert b"<svg" in answer.file("svg")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"beta": -1.0}, "greater than or equal to 0"),
        ({"beta": math.nan}, "finite"),
        ({"network": {"construction": "segments", "context": 8, "bits": 2}}, "give 3 bits"),
        ({"start": {"token": 4}}, "this network has 3 features"),
        ({"start": {"attention": [[0.1, 0.2]], "position": 0}}, "rows of 3 numbers"),
        ({"network": {"construction": "segments", "features": 1, "context": 1}, "exponents": 2}, "has 1 numbers"),
        ({"network": {**NETWORK, "output": 1}}, "Extra inputs"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(fields: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        ready(**{"analysis": "orbit", "beta": 1.0, **fields})


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"value": [[1, 1], [1]]}, "value has 2 rows of 2, 1 signs"),
        ({"key": [[1, 0], [1, 1]]}, "Input should be -1 or 1"),
        ({"share": [0.5, 0.6]}, "the shares sum to 1.1"),
    ],
)
def test_tables_that_are_no_weights_are_refused(changed: dict[str, object], words: str) -> None:
    square = [[1, -1], [-1, -1]]
    table = {
        "construction": "table",
        "output": square,
        "value": square,
        "query": square,
        "key": square,
        "share": [0.5, 0.5],
    }
    with pytest.raises(ValidationError, match=words):
        ready(analysis="orbit", beta=1.0, network={**table, **changed})
