"""The results that come with the package are those that would be computed."""

import json

import numpy as np
import pytest

from near import near
from stable_regions.analyses import REQUEST, compute
from stable_regions.analyses.animation.schema import AnimationRequest
from stable_regions.analyses.report import PartReady
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.model_cache import ModelCache
from stable_regions.models.resolve import resolve, resolve_part
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.schemas.result import Result
from stable_regions.settings import Settings
from stable_regions.store import checksums
from stable_regions.suites.presets import RESULTS, default_request, rows, thumbnail
from stable_regions.suites.shipped import bundled_requests, comparisons, shipped_parts, studies


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return Catalogue(Settings())


def shipped(key: str) -> Result:
    return Result.from_bytes((RESULTS / f"{key}.safetensors").read_bytes())


def test_the_first_view_and_all_its_frames_are_shipped(known: Catalogue) -> None:
    whole = resolve(default_request(known), known, Settings())
    assert isinstance(whole.request, AnimationRequest)
    keys = [whole.key, *(resolve_part(part, whole).key for part in whole.request.parts())]
    assert [key for key in keys if not (RESULTS / f"{key}.safetensors").is_file()] == []


def test_every_shipped_result_has_its_checksum() -> None:
    assert set(checksums.written(RESULTS) or {}) == {file.stem for file in RESULTS.iterdir()}
    assert checksums.damaged(RESULTS) == []


def test_every_preset_has_its_picture(known: Catalogue) -> None:
    missing = [
        row.name for row in rows() if not (RESULTS / f"{key_of_thumbnail(known, row.name)}.safetensors").is_file()
    ]
    assert missing == []


def test_nothing_is_shipped_that_nobody_asks_for(known: Catalogue) -> None:
    asked: set[str] = set()
    for request in bundled_requests(known):
        whole = resolve(request, known, Settings())
        asked |= {whole.key, *(resolve_part(part, whole).key for part in shipped_parts(whole.request))}
    assert {file.stem for file in RESULTS.iterdir()} <= asked


@pytest.mark.parametrize("name", [row.name for row in rows()])
def test_a_shipped_picture_computed_again_is_the_same(known: Catalogue, name: str) -> None:
    compare(known, thumbnail(next(row for row in rows() if row.name == name), known))


@pytest.mark.portable
def test_the_first_frame_on_screen_computed_again_is_the_same(known: Catalogue) -> None:
    compare(known, default_request(known).slice)


def test_every_study_and_comparison_is_shipped_with_the_parts_that_can_be_looked_into(known: Catalogue) -> None:
    for request in (*studies(known), *comparisons(known)):
        whole = resolve(request, known, Settings())
        keys = {whole.key, *(resolve_part(part, whole).key for part in shipped_parts(whole.request))}
        assert {key for key in keys if not (RESULTS / f"{key}.safetensors").is_file()} == set()


def test_a_studys_rows_are_its_cells(known: Catalogue) -> None:
    for request in studies(known):
        whole = resolve(request, known, Settings())
        study = shipped(whole.key)
        cells = study.metadata["cells"]
        assert isinstance(cells, list)
        rows = {str(cell["key"]): row for row, cell in enumerate(cells) if isinstance(cell, dict)}
        for part in shipped_parts(whole.request):
            key = resolve_part(part, whole).key
            here = [study[name][rows[key]] for name in ("lower", "median", "upper")]
            assert shipped(key)["quartiles"].tolist() == here


@pytest.mark.slow
@pytest.mark.parametrize(
    ("suite", "model", "place"), [("facts", 0, 0), ("facts", 2, -1), ("facts", 1, 9), ("stdlib", 0, -1)]
)
def test_a_cell_computed_again_is_the_same(known: Catalogue, suite: str, model: int, place: int) -> None:
    """A sample of the cells: of those shipped whole every number, of the others the row of their study."""
    request = next(study for study in studies(known) if study.corpus == suite)
    whole = resolve(request, known, Settings())
    study, asked = shipped(whole.key), request.models[model]
    ref = asked.checkpoints()[place]
    part = resolve_part(next(part for part in whole.request.parts() if part.model == ref), whole)  # pyright: ignore
    cells = study.metadata["cells"]
    assert isinstance(cells, list)
    row = next(row for row, cell in enumerate(cells) if isinstance(cell, dict) and cell["key"] == part.key)
    here = computed(known, part.request)
    if (RESULTS / f"{part.key}.safetensors").is_file():
        there = shipped(part.key)
        if there.metadata["source"] != here.metadata["source"]:
            pytest.skip(f"made with {there.metadata['source']}; here it is {here.metadata['source']}")
        assert there.metadata["prompts"] == here.metadata["prompts"]
        same(there, here, sharpness=2e-2, width=2e-2, end_distance=1e-4)
    expected = [study[name][row] for name in ("lower", "median", "upper")]
    np.testing.assert_allclose(here["quartiles"], expected, rtol=1e-3)


@pytest.mark.slow
def test_a_comparison_computed_again_is_the_same(known: Catalogue) -> None:
    whole = resolve(comparisons(known)[-1], known, Settings())
    (part,) = (resolve_part(part, whole) for part in shipped_parts(whole.request))
    here, there = computed(known, part.request), shipped(part.key)
    assert there.metadata["pairs"] == here.metadata["pairs"]
    same(there, here, auc=1e-3, different_end_distance=1e-4)


def computed(known: Catalogue, request: AnalysisRequest) -> Result:
    """The request's result."""
    models = ModelCache(known, Settings())
    *_, last = (report for report in compute(request, models, {}) if isinstance(report, PartReady))
    models.close()
    return last.result


def key_of_thumbnail(known: Catalogue, name: str) -> str:
    row = next(row for row in rows() if row.name == name)
    return resolve(thumbnail(row, known), known, Settings()).key


def compare(known: Catalogue, request: SliceRequest) -> None:
    """Compute it again."""
    whole = resolve(request, known, Settings())
    same(shipped(whole.key), computed(known, whole.request))


def same(there: Result, here: Result, **bounds: float) -> None:
    """One question, one key, and arrays alike to rounding: those named as near as said, the others as `near` has it."""
    # As requests: a field that came later has its default in both.
    assert len({REQUEST.validate_json(json.dumps(result.recipe)).model_dump_json() for result in (there, here)}) == 1
    assert there.metadata["key"] == here.metadata["key"]
    near(here, there, **bounds)
