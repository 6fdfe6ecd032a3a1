"""Phase diagrams: a point is the orbit of its parameters, levels are nested."""

import numpy as np
import pytest
from pydantic import ValidationError

from analyses.dynamics_asked import ready, result
from stable_regions.answers.answer import Answer
from stable_regions.schemas.key import key_of

SHORT = {"analysis": "phase_diagram", "x_range": [0.5, 1.5], "y_range": [100.0, 300.0], "discard": 500, "steps": 400}


def test_a_point_is_the_orbit_of_its_parameters() -> None:
    found = result(**SHORT, resolution=9)
    orbit = result(analysis="orbit", beta=0.5, gamma=300.0, discard=500, steps=400, exponents=1)
    assert found["exponents"][0, -1, 0] == pytest.approx(orbit["exponents"][0], abs=1e-6)
    assert found["period"][-1, 0] == orbit.metadata["period"] == 4


def test_levels_are_nested_and_not_computed_again() -> None:
    parts = ready(**SHORT, resolution=17)
    coarse, fine = (part.result for part in parts)
    assert (coarse["exponents"] == fine["exponents"][..., ::2, ::2]).all()
    known = {key_of(parts[0].request, ()): parts[0].result.to_bytes()}
    (again,) = ready(known, **SHORT, resolution=17)
    assert np.array_equal(again.result["exponents"][..., ::2, ::2], coarse["exponents"])


def test_it_is_a_picture_and_a_table_with_a_row_a_point() -> None:
    found = result(**SHORT, resolution=9)
    answer = Answer(found.arrays, found.metadata)
    assert len(answer.file("csv").splitlines()) == 82
    assert answer.image().width % 9 == 0
    assert answer.figure().data


def test_one_parameter_on_both_axes_is_refused() -> None:
    with pytest.raises(ValidationError, match="both axes are beta"):
        ready(analysis="phase_diagram", y="beta")
