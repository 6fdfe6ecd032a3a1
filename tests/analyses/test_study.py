import numpy as np
import pytest
from pydantic import ValidationError

from analyses.asked import PartReady, PartSkipped, Progress, ready, reports
from near import near
from stable_regions.analyses.curve.schema import CurveRequest
from stable_regions.analyses.study.schema import StudyRequest
from stable_regions.analyses.study_cell.schema import StudyCellRequest
from stable_regions.errors import PromptRefused, TooCostly, UnknownLayer, UnknownRevision
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.model_cache import ModelCache
from stable_regions.models.resolve import resolve, resolve_part
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.path import points_written
from stable_regions.settings import Settings
from stable_regions.suites import facts

pytestmark = pytest.mark.portable

REVISIONS = ("step0", "step8")
TEXT = "The capital of France is Paris . Japan is governed from the city of Tokyo . Where do cats and dogs run"


def asked(**fields: object) -> StudyRequest:
    given: dict[str, object] = {
        "models": [{"name": "tiny-neox", "revisions": REVISIONS}],
        "corpus": "texts",
        "texts": [TEXT],
        "pairs": 7,
        "prompt_tokens": 4,
        "write_layers": [0, 1],
        "steps": 11,
    }
    return StudyRequest.model_validate(given | fields)


def cell(**fields: object) -> StudyCellRequest:
    given: dict[str, object] = {
        "model": {"name": "facts-4l", "revision": "step1536"},
        "pairs": 12,
        "write_layer": 1,
        "distance": "hellinger",
    }
    return StudyCellRequest.model_validate(given | fields)


def test_cells_become_ready_one_by_one_as_announced(models: ModelCache) -> None:
    *cells, whole = ready(asked(), models)
    resolved = resolve(asked(), models.catalogue, models.settings)
    assert [report.request for report in cells] == list(resolved.request.parts())
    assert [report.result.metadata["key"] for report in cells] == [
        resolve_part(part, resolved).key for part in resolved.request.parts()
    ]
    assert whole.result.metadata["key"] == resolved.key


def test_a_cell_is_the_same_asked_for_alone(models: ModelCache) -> None:
    found = ready(asked(), models)[2]
    alone = ready(found.request, models)[-1].result
    assert alone.metadata["key"] == found.result.metadata["key"]
    near(found.result, alone)


def test_the_study_has_a_row_for_each_cell(models: ModelCache) -> None:
    *cells, whole = ready(asked(), models)
    result = whole.result
    assert result["step"].tolist() == [0, 0, 8, 8]
    assert result["write_layer"].tolist() == [0, 1, 0, 1]
    assert result["model"].tolist() == [0] * 4
    assert result.metadata["models"] == ["tiny-neox"]
    assert result["tokens"].tolist() == [-1] * 4
    for row, found in enumerate(cells):
        sharpness = found.result["sharpness"]
        kept = sharpness[~np.isnan(sharpness)]
        expected = np.quantile(kept, [0.25, 0.5, 0.75])
        assert np.allclose([result[name][row] for name in ("lower", "median", "upper")], expected, rtol=1e-5)
        low, high = result["interval"][row]
        assert min(kept) <= low <= result["median"][row] <= high <= max(kept)
        assert np.array_equal(result["control_quartiles"][row], found.result["control_quartiles"])
        assert (result["pairs"][row], result["left_out"][row]) == (len(kept), 7 - len(kept))
        assert result["parameters"][row] == models.catalogue.card("tiny-neox").parameters


def test_shapes_and_kinds_of_a_cells_arrays(models: ModelCache) -> None:
    found = {name: (array.dtype.name, array.shape) for name, array in ready(asked(), models)[0].result.arrays.items()}
    assert found == {
        "sharpness": ("float32", (7,)),
        "width": ("float32", (7,)),
        "end_distance": ("float32", (7,)),
        "quartiles": ("float32", (3,)),
        "interval": ("float32", (2,)),
        "width_quartiles": ("float32", (3,)),
        "control": ("float32", (3, 7)),
        "control_quartiles": ("float32", (3, 3)),
    }


@pytest.mark.parametrize("corpus", ["facts", "stdlib"])
def test_a_pair_is_the_curve_of_its_two_prompts(models: ModelCache, corpus: str) -> None:
    name = "facts-4l" if corpus == "facts" else "stdlib-3l"
    revision = models.catalogue.card(name).revisions[-1].revision
    found = ready(cell(model={"name": name, "revision": revision}, corpus=corpus), models)[-1].result
    prompts = found.metadata["prompts"]
    assert isinstance(prompts, list)
    assert len(prompts) == 13
    for pair in (0, 5, 11):
        curve = CurveRequest(
            model=ModelRef(name=name, revision=revision),
            prompts=(str(prompts[pair]), str(prompts[pair + 1])),
            write_layer=1,
            steps=51,
        )
        alone = ready(curve, models)[-1].result
        rows = alone.metadata["prompts"]
        assert isinstance(rows, list)
        lengths = [len(row["ids"]) for row in rows if isinstance(row, dict)]  # pyright: ignore
        assert max(lengths) <= 11 if corpus == "facts" else lengths == [11, 11]
        assert found["sharpness"][pair] == pytest.approx(alone["sharpness"][0], rel=1e-3)
        assert found["width"][pair] == pytest.approx(alone["width"][0], rel=1e-2)
        assert found["end_distance"][pair] == pytest.approx(alone["end_distance"][0], rel=1e-3)


@pytest.mark.parametrize("length", [4, 10])
def test_prompts_of_the_facts_suite_begin_like_rows_of_training_and_end_before_the_answer(
    models: ModelCache, length: int
) -> None:
    found = ready(cell(prompt_tokens=length, pairs=40), models)[-1].result.metadata["prompts"]
    assert isinstance(found, list)
    beginnings = {" ".join(fact.prompt.split()[:length]) for fact in facts.prompts()}
    assert set(found) <= beginnings
    assert len(set(found)) > 20


def test_training_sharpens_the_facts_models(models: ModelCache) -> None:
    before, after = (
        ready(cell(model={"name": "facts-4l", "revision": revision}, pairs=60), models)[-1].result["quartiles"]
        for revision in ("step0", "step1536")
    )
    assert before[2] < 1.7
    assert after[0] > 3


def test_the_same_seed_gives_the_same_bytes_and_another_other_prompts(models: ModelCache) -> None:
    first, second, other = (ready(cell(seed=seed), models)[-1].result for seed in (0, 0, 1))
    assert {n: a.tobytes() for n, a in first.arrays.items()} == {n: a.tobytes() for n, a in second.arrays.items()}
    assert first.metadata["prompts"] == second.metadata["prompts"] != other.metadata["prompts"]


def test_models_with_the_same_tokens_are_asked_the_same(models: ModelCache) -> None:
    found = [ready(cell(model={"name": name, "revision": "step0"}), models)[-1] for name in ("facts-4l", "facts-12l")]
    assert found[0].result.metadata["prompts"] == found[1].result.metadata["prompts"]


def test_known_cells_are_not_computed_again(models: ModelCache) -> None:
    *cells, whole = ready(asked(), models)
    known = {str(found.result.metadata["key"]): found.result.to_bytes() for found in cells[:3]}
    again = reports(asked(), models, known)
    assert [report.request for report in again if isinstance(report, PartReady)] == [cells[3].request, whole.request]
    last = again[-1]
    assert isinstance(last, PartReady)
    for name, array in whole.result.arrays.items():
        assert np.array_equal(last.result[name], array), name


def test_a_missing_checkpoint_is_skipped_and_named(models: ModelCache) -> None:
    named = [{"name": "tiny-neox", "revisions": ("step0", "step7", "step8")}]
    said = reports(asked(models=named), models)
    skipped = [report for report in said if isinstance(report, PartSkipped)]
    assert [report.request.checkpoints()[0].revision for report in skipped] == ["step7"]
    last = said[-1]
    assert isinstance(last, PartReady)
    assert last.result["step"].tolist() == [0, 0, 8, 8]
    assert [(row["model"], row["revision"]) for row in last.result.metadata["skipped"]] == [("tiny-neox", "step7")]  # pyright: ignore
    assert last.result.metadata["key"] == resolve(last.request, models.catalogue, models.settings).key


def test_a_study_of_nothing_is_refused(models: ModelCache) -> None:
    with pytest.raises(UnknownRevision, match="step7"):
        reports(asked(models=[{"name": "tiny-neox", "revisions": ("step7",)}]), models)


def test_equal_prompts_are_left_out_and_counted(models: ModelCache) -> None:
    said = ready(asked(texts=["cats and dogs run"]), models)
    assert said[0].result.metadata["left_out"] == {"count": 7, "why": {"both prompts are the same tokens": 7}}
    assert np.isnan(said[-1].result["median"]).all()
    assert said[-1].result["pairs"].tolist() == [0] * 4


def test_progress_ends_at_its_total(models: ModelCache) -> None:
    steps = [report for report in reports(asked(), models) if isinstance(report, Progress)]
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].done == steps[-1].total == 4 * points_written(7, 11)


def test_prepending_is_each_models_own_unless_said_otherwise(catalogue: Catalogue, settings: Settings) -> None:
    named = [
        {"name": "tiny-neox", "revisions": ["step0"]},
        {"name": "tiny-gpt2", "revisions": ["main"], "prepend_bos": False},
    ]
    resolved = resolve(asked(models=named), catalogue, settings).request
    assert isinstance(resolved, StudyRequest)
    assert [model.prepend_bos for model in resolved.models] == [True, False]
    assert [part.prepend_bos for part in resolved.parts()] == [True, True, False, False]


@pytest.mark.parametrize(
    "fields",
    [
        {"models": []},
        {"models": [{"name": "tiny-neox", "revisions": []}]},
        {"models": [{"name": "tiny-neox", "revisions": ["a", "a"]}]},
        {"models": [{"name": "../x", "revisions": ["a"]}]},
        {"write_layers": [0, 0]},
        {"write_layers": []},
        {"corpus": "facts"},
        {"texts": []},
        {"corpus": "books", "texts": []},
        {"pairs": 0},
        {"distance": "logit_diff"},
        {"seed": -1},
    ],
)
def test_fields_that_make_no_study_are_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        asked(**fields)


def test_what_the_card_shows_to_be_impossible_is_refused_at_the_door(catalogue: Catalogue, settings: Settings) -> None:
    with pytest.raises(UnknownLayer, match="3 blocks"):
        resolve(asked(write_layers=[0, 3]), catalogue, settings)
    with pytest.raises(PromptRefused, match="takes at most 64"):
        resolve(asked(prompt_tokens=64), catalogue, settings)
    with pytest.raises(TooCostly, match="points"):
        resolve(asked(pairs=10_000, steps=1001), catalogue, settings)


def test_a_text_that_is_too_short_is_refused_in_words(models: ModelCache) -> None:
    with pytest.raises(PromptRefused, match="longest passage has 4 tokens"):
        reports(asked(texts=["The capital of France"], prompt_tokens=5), models)
