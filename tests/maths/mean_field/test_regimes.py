"""What an orbit is called: the paper's values, the slow approach before the onset, and chaos that ends."""

import json

import numpy as np
import pytest

from maths.mean_field.golden import FOLDER
from stable_regions.maths.mean_field.networks import project, segments
from stable_regions.maths.mean_field.recursion import Context, Parameters, Recursion, from_row
from stable_regions.maths.mean_field.regimes import REGIMES, paper_rule, settle
from stable_regions.maths.mean_field.run import Run

NETWORK = segments(1)
PROJECTION = project(NETWORK)
OUTLIVED = json.loads((FOLDER / "mean-field-transients.json").read_text())
"""Values of β whose chaos ends, and where their orbits stood once it had, after so many steps from the star."""


@pytest.fixture(scope="module")
def star() -> Context:
    """Where the paper starts every value: the end of the orbit at β = 3."""
    parameters = Parameters.of(3.0, 220.0, 0.02)
    orbit = Recursion(PROJECTION, parameters, from_row(PROJECTION, parameters, 0))
    for _ in range(4000):
        orbit.step()
    return orbit.context()


def settled(betas: list[float], start: Context, discard: int, steps: int) -> list[tuple[str, int]]:
    run = Run(PROJECTION, Parameters.of(betas, 220.0, 0.02), start.spread(len(betas)), discard, steps, directions=2)
    run.advance(run.total)
    regime, period = run.settled()
    return [(REGIMES[code], int(length)) for code, length in zip(regime, period, strict=True)]


FIGURE_FOUR = [1.255, 1.26405, 1.266, 1.27, 1.28, 1.4]
ONSET = [1.2430, 1.2440]


@pytest.fixture(scope="module")
def found(star: Context) -> dict[float, tuple[str, int]]:
    """Regimes by β, at the length of a diagram."""
    betas = [*FIGURE_FOUR, *ONSET]
    return dict(zip(betas, settled(betas, star, 20_000, 10_000), strict=True))


def test_the_six_values_of_figure_four(found: dict[float, tuple[str, int]]) -> None:
    names = [found[beta][0] for beta in FIGURE_FOUR]
    assert names == ["quasi-periodic", "quasi-periodic", "chaos", "periodic", "chaos", "chaos"]
    assert found[1.27][1] in (28, 56)  # two cycles exist side by side; the start decides which


def test_the_onset_lies_where_the_multipliers_leave_the_circle(found: dict[float, tuple[str, int]]) -> None:
    before, after = (found[beta] for beta in ONSET)
    assert before[0] == "periodic"
    assert before[1] % 4 == 0
    assert after[0] == "quasi-periodic"


@pytest.mark.parametrize("beta", OUTLIVED)
def test_chaos_that_has_ended_is_not_called_chaos(beta: str) -> None:
    end = OUTLIVED[beta]
    held = (np.array(end[each])[..., None] for each in ("attention", "values", "keys"))
    found = settled([float(beta)], Context(*held, end["position"], 4), 100, 3072)
    assert found == [("periodic", end["period"])]


def test_stretching_that_turned_into_a_cycle_is_transient_chaos() -> None:
    cycle = np.tile(np.eye(4)[:, :1, None], (100, 1, 1))
    growth = np.array([0.1] * 5 + [-0.05] * 5).reshape(10, 1, 1)
    regime, period = settle(cycle, 4, True, growth)
    assert (REGIMES[regime[0]], int(period[0])) == ("transient chaos", 4)
    regime, _ = settle(cycle, 4, True, np.full((10, 1, 1), -0.05))
    assert REGIMES[regime[0]] == "periodic"


def test_without_a_clock_a_fixed_point_has_period_one() -> None:
    network = segments(1, bits=0)
    parameters = Parameters.of(0.5, 220.0, 0.0)
    start = from_row(project(network), parameters, 0)
    run = Run(project(network), parameters, start, 500, 100, directions=1)
    run.advance(run.total)
    assert run.settled().period.tolist() == [1]


def test_the_papers_rule_depends_on_the_picture() -> None:
    series = np.random.default_rng(0).uniform(-0.3, 0.3, 20_000)
    assert paper_rule(series, 0.3)[0] == "chaos"
    assert paper_rule(series, 0.944)[0] == "quasi-periodic"
    assert paper_rule(np.array([0.1, -0.1] * 50), 0.1) == ("periodic", 2)
