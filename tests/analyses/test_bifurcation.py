"""Bifurcation diagrams: every step counted once, levels nested, a broken request gone on with."""

import numpy as np
import pytest
from PIL import Image
from pydantic import ValidationError

from analyses.dynamics_asked import ready, result
from stable_regions.answers.answer import Answer
from stable_regions.maths.mean_field.regimes import REGIMES
from stable_regions.schemas.key import key_of

SHORT = {"analysis": "bifurcation", "range": [1.2, 1.4], "discard": 500, "steps": 200, "bins": 64}


def test_every_step_is_counted_once_and_where_the_orbit_is() -> None:
    found = result(**SHORT, resolution=17)
    assert (found["density"].sum(axis=0) + found["clipped"] == 200).all()
    alone = result(**{**SHORT, "start": "independent", "discard": 700}, resolution=17)
    low = result(analysis="orbit", beta=1.2, discard=700, steps=200, exponents=0)
    assert np.histogram(low["output"][:, 0], bins=64, range=(-1, 1))[0].tolist() == alone["density"][:, 0].tolist()


def test_levels_are_nested_and_not_computed_again() -> None:
    parts = ready(**SHORT, resolution=33)
    coarse, fine = (part.result for part in parts)
    assert coarse["axis"].tolist() == fine["axis"][::2].tolist()
    assert (coarse["density"] == fine["density"][:, ::2]).all()
    known = {key_of(parts[0].request, ()): parts[0].result.to_bytes()}
    (again,) = ready(known, **SHORT, resolution=33)
    assert (again.result["density"][:, ::2] == coarse["density"]).all()


def test_its_table_names_regimes_and_its_picture_holds_every_value() -> None:
    found = result(**{**SHORT, "discard": 3000, "steps": 3000}, resolution=17)
    answer = Answer(found.arrays, found.metadata)
    rows = answer.file("csv").decode().splitlines()
    assert rows[0].startswith("beta,regime,period_tokens,lambda1_per_token")
    assert rows[1].split(",")[1:3] == ["periodic", "4"]
    assert REGIMES[int(found["regime"][-1])] == "chaos"
    assert answer.image().width % 17 == 0
    assert isinstance(answer.image(), Image.Image)
    assert b"<svg" in answer.file("svg")


@pytest.mark.parametrize("axis", ["gamma", "epsilon"])
def test_other_parameters_are_axes_too(axis: str) -> None:
    """The authors' program keeps both constant whatever is set; here the two ends of the axis differ."""
    found = result(**{**SHORT, "axis": axis, "range": [0.1, 1.0]}, beta=2.0, resolution=17)
    assert (found["density"][:, 0] != found["density"][:, -1]).any()


def test_up_and_down_part_where_two_attractors_stand() -> None:
    fields = {**SHORT, "range": [1.268, 1.2735], "discard": 1500, "steps": 300, "exponents": 0, "resolution": 17}
    up, down = (result(**{**fields, "start": start}) for start in ("up", "down"))
    assert (up["density"] != down["density"]).any()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"range": [2.0, 1.0]}, "rising range"),
        ({"axis": "epsilon"}, "epsilon from 0 to 3"),
        ({"resolution": 100}, "Input should be"),
        ({"feature": 4}, "this network has 3"),
        ({"start": "up", "resolution": 1025}, "at most 257"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(fields: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        ready(**{"analysis": "bifurcation", **fields})
