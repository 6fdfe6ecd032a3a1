"""The finite network as a result: its three tests of convergence."""

import pytest
from pydantic import ValidationError

from analyses.dynamics_asked import ready, result
from stable_regions.answers.answer import Answer


@pytest.mark.parametrize("units", [9_900, 999_999_999])
def test_single_steps_and_short_windows_keep_the_law(units: int) -> None:
    found = result(analysis="finite_network", beta=1.27, units=units, steps=60)
    mean, deviation = found["z"].tolist()
    assert abs(mean) < 0.15
    assert 0.9 < deviation < 1.1
    assert 0.85 < found["short"][0] < 1.15
    assert found["output"].shape == (4, 60, 3)


def test_where_the_orbit_does_not_expand_the_distance_stays() -> None:
    found = result(analysis="finite_network", beta=0.8, units=99_000, steps=60)
    assert found["distance"].max() < 3 / 99_000**0.5
    answer = Answer(found.arrays, found.metadata)
    assert answer.file("csv").startswith(b"token,mean_field_1")
    assert b"<svg" in answer.file("svg")


@pytest.mark.parametrize(
    ("fields", "words"), [({"units": 100}, "multiple of 3"), ({"kept": 9, "replicas": 3}, "9 replicas are kept of 3")]
)
def test_what_makes_no_sense_is_refused_in_words(fields: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        ready(analysis="finite_network", beta=1.0, **fields)
