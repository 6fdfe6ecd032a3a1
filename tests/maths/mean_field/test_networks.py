"""Networks: the authors' weights by seed, and averages that no weights have."""

import numpy as np
import pytest

from stable_regions.maths.mean_field import correlations
from stable_regions.maths.mean_field.networks import bits_for, iid, position_bits, segments


def test_seed_one_is_the_papers_network() -> None:
    network = segments(1)
    assert network.signs[0].tolist() == [[-1, 1, 1], [-1, 1, -1], [1, 1, 1]]
    assert network.signs[2].tolist() == [[1, -1, -1], [-1, -1, -1], [1, -1, 1]]
    assert network.positional[1].tolist() == [[-1, -1], [1, -1], [-1, 1]]
    assert segments(1, bits=5, context=32).positional[0].tolist()[0] == [-1, 1, -1, -1, -1]


def test_the_papers_averages() -> None:
    averages = 3 * correlations.measured(segments(1))
    assert np.rint(averages[0]).tolist() == [[3, 1, 1], [1, 3, -1], [1, -1, 3], [-1, 1, 1]]
    assert np.rint(averages[3]).tolist() == [[-1, 1, 1], [1, -1, 3], [-3, -1, -1], [-1, -3, 1]]


def test_positions_count_with_the_most_significant_bit_first() -> None:
    assert position_bits(4, 2).tolist() == [[-1, -1], [-1, 1], [1, -1], [1, 1]]
    assert [bits_for(context) for context in (1, 2, 3, 4, 5, 64)] == [0, 1, 2, 2, 3, 6]


@pytest.mark.parametrize("features", [1, 2, 3, 4, 5])
def test_averages_of_a_network_are_realisable(features: int) -> None:
    assert correlations.unrealisable(correlations.measured(iid(3, 40, features))) == []


def test_averages_of_no_network_are_said_to_be() -> None:
    averages = correlations.measured(segments(1))
    averages[2, 0, 1] = 0.9
    assert any(line.startswith("query, feature 2") for line in correlations.unrealisable(averages))
    averages[0, 0, 0] = 0.5
    assert correlations.unrealisable(averages)[0].startswith("output")
