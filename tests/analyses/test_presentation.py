import numpy as np
import pytest
from pydantic import ValidationError

from analyses.asked import ready
from stable_regions.analyses import REGISTRY, REQUEST
from stable_regions.analyses.presentation.schema import PresentationRequest
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.result import Result


def asked(models: ModelCache, **fields: object) -> Result:
    return ready(PresentationRequest.model_validate(fields), models)[-1].result


def test_a_presentation_needs_no_model_and_holds_every_history(models: ModelCache) -> None:
    found = asked(models, process={"name": "mess3", "x": 0.05, "alpha": 0.85}, length=8)
    assert found["word"].shape == (9840, 8)
    assert (found["word"].dtype, found["size"].dtype) == (np.int8, np.int16)
    assert found["entropy"][1:].mean() == pytest.approx(0.804775097, abs=1e-9)
    assert float(found["rate"][0]) == pytest.approx(0.7934575457, abs=3e-8)
    low, high = found.metadata["rate_bracket"]  # pyright: ignore
    assert low < 0.7934575457 < high  # pyright: ignore
    assert set(found.metadata["units"]) == set(found.arrays)  # pyright: ignore
    assert "distinct" not in found.arrays
    assert found.metadata["weights"] == []


def test_finitely_many_beliefs_come_with_their_graph_in_fractions(models: ModelCache) -> None:
    found = asked(models, process={"name": "rrxor"}, length=4)
    assert found["distinct"].shape == (36, 5)
    assert found["recurrent"].sum() == 5
    exact = found.metadata["exact_beliefs"]
    assert exact[0] == ["1/3", "1/6", "1/6", "1/6", "1/6"]  # pyright: ignore
    assert found["edge_probability"][found["edge"][:, 0] == 0].sum() == pytest.approx(1)


def test_more_histories_than_are_enumerated_are_drawn_and_it_is_said(models: ModelCache) -> None:
    product = {"name": "product", "of": [{"name": "mess3"}, {"name": "rrxor"}]}
    found = asked(models, process=product, length=8)
    assert found.metadata["sampled"] is True
    assert (found["entropy_error"][2:] > 0).all()
    assert found["probability"][found["size"] == 8].sum() == pytest.approx(1)


def test_what_is_no_process_is_refused_with_the_reason() -> None:
    half = [[0.5, 0.0], [0.0, 0.5]]
    with pytest.raises(ValidationError, match=r"never reached"):
        REQUEST.validate_python(
            {"analysis": "presentation", "process": {"name": "matrices", "matrices": [half, half], "tokens": "ab"}}
        )
    with pytest.raises(ValidationError, match=r"less than or equal to 16"):
        REQUEST.validate_python({"analysis": "presentation", "process": {"name": "z1r"}, "length": 17})


def test_a_presentation_is_shown_as_table_chart_and_picture(models: ModelCache) -> None:
    from stable_regions.pictures.look import Look

    found, show = asked(models, process={"name": "z1r"}, length=5), REGISTRY["presentation"].show
    columns = show.table(found)  # pyright: ignore
    assert list(columns["history"])[:4] == ["0", "1", "00", "01"]
    assert len(list(columns["belief_R"])) == len(found["word"])
    chart = show.chart(found, ())  # pyright: ignore
    assert chart.lines[0].y[-1] == pytest.approx(np.log(2) / 3)
    assert show.picture(found, (), Look(size=200)).size[0] == 200  # pyright: ignore
