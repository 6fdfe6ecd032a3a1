"""The finite network: its law at one step, and how it nears the mean field over a few."""

import numpy as np
import pytest

from stable_regions.maths.mean_field.networks import iid, project, segments
from stable_regions.maths.mean_field.recursion import Parameters, Recursion, from_row
from stable_regions.maths.mean_field.sampler import Draw, counts, spread

NETWORK = segments(1)


@pytest.mark.parametrize("units", [99, 9_900, 10**9 - 1])
@pytest.mark.parametrize("beta", [1.0, 1.27, 1.4])
def test_one_step_departs_from_its_expectation_by_the_binomial_law(units: int, beta: float) -> None:
    parameters = Parameters.of(np.full(20, beta), 220.0, 0.02)
    draw = Draw(NETWORK, units, seed=7)
    orbit = Recursion(project(NETWORK), parameters, from_row(project(NETWORK), parameters, 0), draw)
    scores = []
    for _ in range(200):
        orbit.step()
        expected = orbit.projection.semantic[0] @ draw.expected
        scores.append((orbit.output() - expected) / spread(NETWORK, units, draw.expected))
    assert abs(np.mean(scores)) < 0.15
    assert 0.9 < np.std(scores) < 1.1


@pytest.mark.parametrize("beta", [0.8, 1.27])
def test_over_a_few_steps_the_distance_falls_as_one_over_the_root_of_the_units(beta: float) -> None:
    sizes = np.array([990, 9_900, 99_000, 990_000])
    apart = []
    for units in sizes:
        parameters = Parameters.of(np.full(400, beta), 220.0, 0.02)
        start = from_row(project(NETWORK), parameters, 0)
        field = Recursion(project(NETWORK), parameters, start)
        finite = Recursion(project(NETWORK), parameters, start, Draw(NETWORK, int(units), seed=3))
        squares = []
        for _ in range(5):
            field.step()
            finite.step()
            squares.append((field.output() - finite.output()) ** 2)
        apart.append(np.sqrt(np.mean(squares)))
    slope = np.polyfit(np.log(sizes), np.log(apart), 1)[0]
    assert slope == pytest.approx(-0.5, abs=0.06)
    assert 0.85 < apart[-1] * np.sqrt(sizes[-1]) < 1.15


def test_units_that_cannot_be_divided_are_refused_with_what_would_do() -> None:
    assert counts(NETWORK, 99).tolist() == [33, 33, 33]
    with pytest.raises(ValueError, match="multiple of 3"):
        counts(NETWORK, 100)
    assert counts(iid(0, 7), 14).tolist() == [2] * 7
