"""The recursion, its tangent and the sampler against runs of the authors' own programs."""

import numpy as np
import pytest

from maths.mean_field.golden import CASES, FOLDER, opened
from stable_regions.maths.mean_field import correlations
from stable_regions.maths.mean_field.networks import project, segments
from stable_regions.maths.mean_field.recursion import Parameters, Recursion, from_token
from stable_regions.maths.mean_field.regimes import period
from stable_regions.maths.mean_field.tangent import Tangent

EXPANDING = {"chaotic_b1.266"}
"""Runs whose rounding errors grow: compared over the first 25 steps, the others over all."""


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("form", ["columns", "correlations"])
def test_every_step_of_a_run_is_the_authors(name: str, form: str) -> None:
    case = CASES[name]
    network, parameters, start = opened(name)
    by_columns = project(network)
    by_averages = correlations.project(correlations.measured(network), network.positional, network.context)
    orbit = Recursion(by_columns if form == "columns" else by_averages, parameters, start)
    first = 0 if "window" in case else 1  # a run from a token has the token itself as its first row
    for row in range(first, 25 if name in EXPANDING else len(case["output"])):
        orbit.step()
        assert np.abs(case["factor"] * orbit.output()[:, 0] - case["output"][row]).max() < 1e-9
        assert np.abs(orbit.attention[:, 0] - case["attention"][row]).max() < 1e-9


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "growth" in case])
def test_every_direction_grows_as_the_authors(name: str) -> None:
    _, parameters, start = opened(name)
    orbit = Recursion(project(opened(name)[0]), parameters, start)
    tangent = Tangent(orbit, 3)
    for row in CASES[name]["growth"]:
        orbit.step()
        tangent.step()
        assert np.abs(tangent.orthonormalise()[:, 0] - row).max() < 1e-9


def test_the_two_forms_agree_to_the_last_bits_at_every_step() -> None:
    network, parameters, start = opened("chaotic_b1.266")
    columns = Recursion(project(network), parameters, start)
    averages = correlations.project(correlations.measured(network), network.positional, network.context)
    for _ in range(200):
        other = Recursion(averages, parameters, columns.context())
        columns.step()
        other.step()
        assert np.abs(columns.attention - other.attention).max() < 1e-14


def test_a_run_of_the_finite_network_draws_every_unit_as_the_authors() -> None:
    saved = np.load(FOLDER / "mean-field-finite.npz")
    network = segments(1)
    parameters = Parameters.of(1.0, 220.0, 0.02)
    uniforms = iter(saved["uniforms"].astype(np.float64).reshape(-1, 3, 330))

    def drawn(means: np.ndarray) -> None:
        """A unit is +1 where its probability is above its uniform number."""
        means[:, 0] = 2 * ((1 + means) / 2 > next(uniforms)).mean(axis=1) - 1

    start = from_token(project(network), parameters, saved["x0"][:990].reshape(3, 330).mean(axis=1))
    orbit = Recursion(project(network), parameters, start, drawn)
    assert np.abs(start.attention[:, 0] - saved["attention"][0]).max() < 1e-12
    for row in range(1, len(saved["attention"])):
        orbit.step()
        assert np.abs(orbit.output()[:, 0] - saved["output"][row]).max() < 1e-12
        assert np.abs(orbit.value[:, 0] - saved["value"][row]).max() < 1e-12
        assert np.abs(orbit.attention[:, 0] - saved["attention"][row]).max() < 1e-12


def test_the_authors_period_eight_is_found() -> None:
    _, parameters, start = opened("token_M2_seed8_b3.0")
    orbit = Recursion(project(segments(8, 2)), parameters, start)
    tail = []
    for _ in range(1000):
        orbit.step()
        tail.append(orbit.attention.copy())
    assert period(np.array(tail), 4, clocked=True).tolist() == [8]
