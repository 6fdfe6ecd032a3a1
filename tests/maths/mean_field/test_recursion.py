"""The recursion at its edges, and against the plainest way to write it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stable_regions.maths.mean_field import correlations
from stable_regions.maths.mean_field.networks import Network, iid, project, segments
from stable_regions.maths.mean_field.recursion import (
    Parameters,
    Recursion,
    from_attention,
    from_random,
    from_row,
)


def plainly(network: Network, beta: float, gamma: float, epsilon: float, window: np.ndarray, position: int, steps: int):
    """Attention vectors, one step at a time: every token of the window made anew from the attention that made it."""
    signs, bits = network.signs.astype(float), network.positional.shape[2]
    past = [row.copy() for row in window]
    for _ in range(steps):
        seen = []
        for age, attention in enumerate(past[: network.context]):
            number = (position - age) % network.context
            spelt = np.array([1.0 if number >> (bits - 1 - place) & 1 else -1.0 for place in range(bits)])
            units = np.tanh(beta * signs[0].T @ attention)
            clock = network.positional @ spelt / bits if bits else np.zeros((4, network.features))
            seen.append((1 - epsilon) * (signs * network.share) @ units + epsilon * clock)
        query = seen[0][2]
        scores = np.array([gamma / np.sqrt(network.features) * query @ token[3] for token in seen])
        weights = np.exp(scores - scores.max())
        past.insert(0, sum(w * token[1] for w, token in zip(weights / weights.sum(), seen, strict=True)))
        position += 1
        yield past[0]


@given(
    seed=st.integers(0, 2**31),
    features=st.sampled_from([1, 2, 3, 5]),
    context=st.sampled_from([1, 2, 3, 4, 7, 32, 64]),
    beta=st.floats(0, 4),
    gamma=st.sampled_from([0.0, 3.0, 220.0, 5000.0]),
    epsilon=st.sampled_from([0.0, 0.02, 1.0]),
    filled=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_rings_give_what_the_whole_window_gives(seed, features, context, beta, gamma, epsilon, filled) -> None:
    network = iid(seed, 7, features, context)
    projection, parameters = project(network), Parameters.of(beta, gamma, epsilon)
    window = np.random.default_rng(seed).uniform(-0.5, 0.5, (context if filled else 1, features))
    orbit = Recursion(projection, parameters, from_attention(projection, parameters, window, seed % context))
    for attention in plainly(network, beta, gamma, epsilon, window, seed % context, 8 if gamma < 1000 else 2):
        orbit.step()
        assert np.allclose(orbit.attention[:, 0], attention, rtol=0, atol=1e-8)


def test_lanes_do_not_see_one_another() -> None:
    network = segments(1)
    beta, gamma, epsilon = np.array([0.5, 1.0, 1.4]), np.array([220.0, 100.0, 50.0]), np.array([0.02, 0.0, 0.1])
    parameters = Parameters.of(beta, gamma, epsilon)
    together = Recursion(project(network), parameters, from_random(project(network), parameters, 4))
    for _ in range(12):
        together.step()
    for lane in range(3):
        alone = parameters.at(slice(lane, lane + 1))
        orbit = Recursion(project(network), alone, from_random(project(network), alone, 4))
        for _ in range(12):
            orbit.step()
        assert np.allclose(orbit.attention[:, 0], together.attention[:, lane], rtol=0, atol=1e-11)


def test_without_an_inverse_temperature_only_the_clock_speaks() -> None:
    network = segments(1)
    parameters = Parameters.of(0.0, 220.0, 0.02)
    orbit = Recursion(project(network), parameters, from_row(project(network), parameters, 0))
    for _ in range(9):
        orbit.step()
        assert np.abs(orbit.output()).max() == 0
    assert np.abs(orbit.attention).max() <= 0.02


def test_without_positions_there_is_no_clock() -> None:
    network = segments(1, bits=0)
    assert network.positional.shape == (4, 3, 0)
    assert not project(network).clock.any()
    parameters = Parameters.of(1.5, 220.0, 0.0)
    orbit = Recursion(project(network), parameters, from_row(project(network), parameters, 0))
    for _ in range(5):
        orbit.step()
    assert np.isfinite(orbit.attention).all()


def test_a_context_goes_on_as_if_nothing_had_happened() -> None:
    network = segments(3)
    parameters = Parameters.of(1.3, 220.0, 0.02)
    orbit = Recursion(project(network), parameters, from_random(project(network), parameters, 0))
    for _ in range(6):
        orbit.step()
    other = Recursion(project(network), parameters, orbit.context())
    for _ in range(6):
        orbit.step()
        other.step()
    assert np.array_equal(orbit.attention, other.attention)


@pytest.mark.parametrize("features", [1, 2, 3, 4, 5])
def test_averages_do_for_any_number_of_features(features: int) -> None:
    network = iid(5, 30, features)
    parameters = Parameters.of(1.2, 60.0, 0.02)
    averages = correlations.project(correlations.measured(network), network.positional, network.context)
    start = from_random(project(network), parameters, 1)
    columns, other = Recursion(project(network), parameters, start), Recursion(averages, parameters, start)
    columns.step()
    other.step()
    assert np.abs(columns.attention - other.attention).max() < 1e-14
