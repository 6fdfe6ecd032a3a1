"""What an analysis is not shown as is refused with the reason, and never drawn as something else."""

import numpy as np
import pytest

from stable_regions.analyses import OWN
from stable_regions.answers.answer import Answer
from stable_regions.answers.figure import figure
from stable_regions.errors import Unprocessable
from stable_regions.pictures.show import KINDS
from stable_regions.schemas.result import Result


def answer(analysis: str) -> Answer:
    return Answer({"value": np.zeros(1)}, {"recipe": {"analysis": analysis}})


def test_an_unknown_analysis_is_no_slice() -> None:
    with pytest.raises(Unprocessable, match="'tomorrow', which is not known here"):
        figure(Result({}, {"recipe": {"analysis": "tomorrow"}}))
    assert answer("tomorrow").kinds == ("npz", "safetensors", "json")
    assert answer("tomorrow").file("npz").startswith(b"PK")


@pytest.mark.parametrize("name", OWN)
def test_each_absent_kind_is_refused_with_its_own_reason(name: str) -> None:
    show = OWN[name].show
    for kind in set(KINDS) - set(show.kinds):
        with pytest.raises(Unprocessable) as refused:
            answer(name).file(kind)
        assert refused.value.next == show.absent(kind)


def test_a_kind_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing is saved as 'docx'"):
        OWN["slice"].show.absent("docx")
