"""A sweep without a model: each cell is what it is when it is asked for by itself."""

from collections.abc import Mapping

import numpy as np
import pytest
from pydantic import ValidationError

from stable_regions.analyses import REQUEST, compute
from stable_regions.analyses.field_sweep.schema import FieldSweepRequest
from stable_regions.analyses.orbit.schema import OrbitRequest
from stable_regions.analyses.report import PartReady, Progress, Report
from stable_regions.analyses.validation_messages import in_sentences
from stable_regions.answers.answer import Answer
from stable_regions.errors import TooCostly
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.resolve import resolve
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.schemas.result import Json, Result
from stable_regions.service.offer import whole_parts
from stable_regions.service.speed import Speeds, Took
from stable_regions.settings import Settings

ORBIT: dict[str, Json] = {
    "analysis": "orbit",
    "network": {"construction": "iid", "features": 2, "units": 200, "seed": 1},
    "beta": 1.2,
    "discard": 50,
    "steps": 40,
    "exponents": 1,
}
SWEEP: dict[str, Json] = {"analysis": "field_sweep", "request": ORBIT, "field": "beta", "values": [0.5, 1.2, 1.4]}


def asked(fields: Mapping[str, Json]) -> AnalysisRequest:
    import json

    return REQUEST.validate_json(json.dumps(fields))


def sweep(**other: Json) -> FieldSweepRequest:
    request = asked({**SWEEP, **other})
    assert isinstance(request, FieldSweepRequest)
    return request


def reports(request: AnalysisRequest, known: Mapping[Key, bytes] | None = None) -> list[Report]:
    return list(compute(request, Settings(), known or {}))


def last(said: list[Report]) -> Result:
    assert isinstance(said[-1], PartReady)
    return said[-1].result


def test_each_cell_is_what_it_is_alone() -> None:
    said = reports(sweep())
    result = last(said)
    assert result["swept"].tolist() == [0.5, 1.2, 1.4]
    assert result["output"].shape[:2] == (3, 40)
    for row, beta in enumerate((0.5, 1.2, 1.4)):
        alone = last(reports(OrbitRequest.model_validate({**ORBIT, "beta": beta})))
        np.testing.assert_allclose(result["output"][row], alone["output"], rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(result["exponents"][row], alone["exponents"], rtol=1e-9, atol=1e-12)
    assert set(result.metadata["units"]) == set(result.arrays)  # type: ignore[arg-type]  (a mapping by name)
    assert result.metadata["versions"] == last(reports(asked(ORBIT))).metadata["versions"]


def test_progress_rises_to_the_work_of_all_cells() -> None:
    request = sweep()
    done = [(one.done, one.total) for one in reports(request) if isinstance(one, Progress)]
    assert done == sorted(done)
    assert {total for _, total in done} == {request.work().points} == {3 * 90}


def test_cells_that_are_known_are_not_computed_again() -> None:
    request = sweep()
    first = {key_of(one.request, ()): one.result.to_bytes() for one in reports(request) if isinstance(one, PartReady)}
    del first[key_of(request, ())]
    again = reports(request, first)
    assert [type(one) for one in again] == [PartReady]
    np.testing.assert_array_equal(last(again)["output"], last(reports(request, first))["output"])


def test_the_cells_are_the_whole_and_priced_by_what_was_measured_of_them() -> None:
    request, speeds = sweep(), Speeds()
    assert whole_parts(request) == list(request.cells())
    before = speeds.estimate(request, ()).seconds
    assert before == pytest.approx(270 / 20_000)
    speeds.learn(asked(ORBIT), (), Took(points=90, seconds=9.0))
    assert speeds.estimate(request, ()).seconds == pytest.approx(27.0)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"field": "gama"}, "'orbit' has no field 'gama'; it has network, beta, gamma"),
        ({"values": [0.5, "hot"]}, "The field beta cannot be 'hot': Input should be a valid number"),
        ({"values": [1, 1.0]}, "The values 1 and 1.0 are the same"),
        ({"values": []}, "values: found 0 values; expected at least 1."),
        ({"field": "exponents", "values": [0, 9]}, "The field exponents cannot be 9"),
        ({"request": {**ORBIT, "analysis": "slice"}}, "request.analysis: found 'slice'; expected one of presentation,"),
        ({"request": {**ORBIT, "beta": None}}, "request.beta: found None"),
        (
            {"request": {**ORBIT, "network": {"construction": "x"}}},
            "network.construction: found 'x'; expected one of segm",
        ),
        ({"request": {**ORBIT, "network": {}}}, "network.construction is missing."),
    ],
)
def test_what_cannot_be_swept_is_refused_in_words(other: dict[str, Json], words: str) -> None:
    with pytest.raises(ValidationError) as found:
        sweep(**other)
    assert words in in_sentences(found.value)


def test_each_cell_keeps_to_its_own_bounds() -> None:
    diagram: dict[str, Json] = {"analysis": "bifurcation", "network": ORBIT["network"], "steps": 10}
    within, beyond = (sweep(request=diagram, field="discard", values=[0, most]) for most in (900, 1_000_000))
    resolve(within, Catalogue(Settings()), Settings())
    with pytest.raises(TooCostly, match="a request for 'bifurcation' takes at most 1,000,000,000"):
        resolve(beyond, Catalogue(Settings()), Settings())


def test_it_is_drawn_over_one_another_and_written_as_one_table() -> None:
    said = reports(sweep())
    cells = tuple(Answer(one.result.arrays, one.result.metadata) for one in said[:-1] if isinstance(one, PartReady))
    answer = Answer(last(said).arrays, last(said).metadata, cells)
    svg = answer.file("svg").decode()
    assert [f"beta = {value}" in svg for value in (0.5, 1.2, 1.4)] == [True] * 3
    rows = answer.file("csv").decode().splitlines()
    assert rows[0].split(",")[0] == "beta"
    assert len(rows) > 3
