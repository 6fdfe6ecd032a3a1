"""The documents show what the shipped studies say, and the requests beside them are those studies."""

from pathlib import Path

import numpy as np
import pytest

from stable_regions.analyses import REQUEST
from stable_regions.models.catalogue import Catalogue
from stable_regions.schemas.result import Result
from stable_regions.settings import Settings
from stable_regions.suites.findings import asked, documents, filled, named, shipped

ROOT = Path(__file__).parents[2]
WHAT = "run: python -m stable_regions.suites.findings docs"


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return Catalogue(Settings(offline=True))


def results(known: Catalogue, kind: str) -> dict[str, Result]:
    settings = Settings(offline=True)
    return {name: shipped(request, known, settings) for name, request in named(known) if name.startswith(kind)}


def test_the_documents_are_what_would_be_written() -> None:
    for path, text in documents(ROOT / "docs").items():
        assert path.read_text("utf-8") == text, f"{path.name} is out of date; {WHAT}"


def test_a_request_file_asks_for_the_study_that_is_shipped(known: Catalogue) -> None:
    for name, request in named(known):
        assert REQUEST.validate_json((ROOT / "docs" / "requests" / f"{name}.json").read_text()) == request
        assert len(asked(request)) < 4000


def test_a_part_between_marks_is_replaced() -> None:
    page = "a\n<!-- x -->\nold\n<!-- /x -->\nb"
    assert filled(page, {"x": "new"}) == "a\n<!-- x -->\n\nnew\n\n<!-- /x -->\nb"


def ends(study: Result) -> list[tuple[float, float, float]]:
    """Parameters, and median sharpness at the first and the last checkpoint, of each model, smallest first."""
    found: list[tuple[float, float, float]] = []
    for place in np.unique(study["model"]):
        rows = np.flatnonzero(study["model"] == place)
        found.append((float(study["parameters"][rows[0]]), *(float(study["median"][row]) for row in rows[[0, -1]])))
    return sorted(found)


def test_training_sharpens_every_model_under_hellinger_and_those_of_real_text_under_l2(known: Catalogue) -> None:
    """The facts models do not sharpen under l2: what their curves show under hellinger is the softmax's."""
    for name, study in results(known, "study").items():
        for _, before, after in ends(study):
            assert after > (0.9 if name == "study-facts-l2" else 1.2) * before, name


def test_the_largest_model_of_real_text_is_sharper_than_the_smallest(known: Catalogue) -> None:
    for name, study in results(known, "study-stdlib").items():
        rows = ends(study)
        assert rows[-1][2] > rows[0][2], name


def test_at_last_outputs_tell_meanings_apart_where_at_first_they_tell_words(known: Catalogue) -> None:
    for name, sweep in results(known, "meaning").items():
        scores = sweep.metadata["scores"]
        assert isinstance(scores, list)
        area = sweep["auc"][:, scores.index("end_distance")]
        assert area[sweep["step"] == 0].max() < 0.1, name
        assert area[(sweep["step"] == sweep["step"].max()) & (sweep["write_layer"] > 0)].min() > 0.95, name
