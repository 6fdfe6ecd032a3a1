import numpy as np
import pytest
from pydantic import ValidationError

from analyses.asked import PartReady, PartSkipped, Progress, ready, reports, slice_request
from near import near
from stable_regions.analyses import compute
from stable_regions.analyses.curve.schema import CurveRequest
from stable_regions.analyses.line.schema import LineRequest
from stable_regions.analyses.sweep.schema import SweepRequest
from stable_regions.errors import UnknownLayer, UnknownRevision
from stable_regions.models.model_cache import ModelCache
from stable_regions.models.resolve import resolve
from tiny import PROMPTS

pytestmark = pytest.mark.portable

STEPS = ("step0", "step8", "step16-tokens2K")


def sheet(**fields: object) -> SweepRequest:
    given: dict[str, object] = {"request": slice_request(), "revisions": STEPS, "write_layers": (0, 1)}
    return SweepRequest.model_validate(given | fields)


def curves(**fields: object) -> SweepRequest:
    model = {"name": "tiny-neox", "revision": "step8"}
    asked = CurveRequest.model_validate({"model": model, "prompts": PROMPTS[:2], "write_layer": 1, "steps": 11})
    return SweepRequest.model_validate({"request": asked, "revisions": STEPS} | fields)


def test_slices_come_coarse_first_and_the_own_place_before_the_others(models: ModelCache) -> None:
    *parts, _ = ready(sheet(), models)
    seen = [(p.request.model.revision, p.request.write_layer, p.request.resolution) for p in parts]  # pyright: ignore
    assert seen[0] == ("step8", 1, 9)
    assert [resolution for *_, resolution in seen] == [9] * 6 + [17] * 6
    assert sorted(seen[:6]) == sorted((step, layer, 9) for step in STEPS for layer in (0, 1))


def test_a_cell_is_the_request_asked_for_alone(models: ModelCache) -> None:
    for asked in (sheet(), curves()):
        cell = ready(asked, models)[-2]
        alone = ready(cell.request, models)[-1].result
        assert cell.result.metadata["key"] == alone.metadata["key"]
        near(cell.result, alone)


def test_the_result_has_a_row_for_each_cell(models: ModelCache) -> None:
    *parts, whole = ready(sheet(), models)
    assert whole.result["step"].tolist() == [0, 0, 8, 8, 16, 16]
    assert whole.result["write_layer"].tolist() == [0, 1] * 3
    by_key = {str(part.result.metadata["key"]): part.result for part in parts}
    for row, cell in enumerate(whole.result.metadata["cells"]):  # pyright: ignore
        result = by_key[cell["key"]]  # pyright: ignore
        assert whole.result["sharpness"][row] == pytest.approx(result.metadata["sharpness"])
    assert whole.result.metadata["key"] == resolve(sheet(), models.catalogue, models.settings).key


def test_a_curves_sharpness_is_in_its_row(models: ModelCache) -> None:
    *parts, whole = ready(curves(), models)
    own = {part.request.checkpoints()[0].revision: float(part.result["sharpness"][0]) for part in parts}
    assert whole.result["sharpness"].tolist() == [own[step] for step in STEPS]


def test_without_checkpoints_and_layers_it_is_the_request_itself(models: ModelCache) -> None:
    asked = SweepRequest(request=slice_request())
    assert [cell.model_dump() for cell in asked.cells()] == [slice_request().model_dump()]
    assert (asked.work().points, asked.work().passes) == (3 * 17**2, 1)


def test_a_missing_checkpoint_is_skipped_once_and_the_others_go_on(models: ModelCache) -> None:
    said = reports(sheet(revisions=("step0", "step7", "step8")), models)
    (skipped,) = [report for report in said if isinstance(report, PartSkipped)]
    assert skipped.request.checkpoints()[0].revision == "step7"
    last = said[-1]
    assert isinstance(last, PartReady)
    assert last.result["step"].tolist() == [0, 0, 8, 8]
    assert last.result.metadata["key"] == resolve(last.request, models.catalogue, models.settings).key
    assert [r for r in said if isinstance(r, Progress)][-1].total == 4 * 3 * 17**2


def test_a_sweep_of_nothing_is_refused(models: ModelCache) -> None:
    asked = sheet(revisions=("step7", "step9"))
    resolved = asked.resolved([models.catalogue.card("tiny-neox")] * 2)
    with pytest.raises(UnknownRevision, match="step7"):
        list(compute(resolved, models, {}))


def test_known_cells_are_not_computed_again(models: ModelCache) -> None:
    *parts, whole = ready(sheet(), models)
    known = {str(part.result.metadata["key"]): part.result.to_bytes() for part in parts}
    said = reports(sheet(), models, known)
    (again,) = said
    assert isinstance(again, PartReady)
    assert np.array_equal(again.result["sharpness"], whole.result["sharpness"])


def test_progress_grows_to_its_total(models: ModelCache) -> None:
    steps = [report for report in reports(sheet(), models) if isinstance(report, Progress)]
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].done == steps[-1].total == 6 * 3 * 17**2


def test_a_layer_that_is_not_there_and_one_named_twice_are_refused(models: ModelCache) -> None:
    with pytest.raises(UnknownLayer, match="layer 9"):
        resolve(sheet(write_layers=(0, 9)), models.catalogue, models.settings)
    with pytest.raises(ValidationError, match="'step0' is named twice"):
        sheet(revisions=("step0", "step0"))


def test_a_line_is_swept_and_each_cell_is_the_line_asked_for_alone(models: ModelCache) -> None:
    model = {"name": "tiny-neox", "revision": "step8"}
    fields = {"model": model, "prompts": PROMPTS, "write_layer": 1, "ends": [(0.2, 0.1), "C"], "steps": 9}
    line = LineRequest.model_validate(fields)
    asked = SweepRequest.model_validate({"request": line, "revisions": ["step0", "step8"], "write_layers": [0, 1]})
    found = ready(asked, models)
    alone = ready(line, models)[-1].result
    own = next(one.result for one in found if one.request == line.resolved([models.catalogue.card("tiny-neox")]))
    near(own, alone)
    cells = [one for one in found if isinstance(one.request, LineRequest)]
    assert sorted(float(one.result["sharpness"][0]) for one in cells) == sorted(
        map(float, found[-1].result["sharpness"])
    )
