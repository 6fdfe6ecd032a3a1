"""A training asked like any analysis: frames on the way, a model at the end, cancelled and taken up again."""

from collections.abc import Iterator

import numpy as np
import pytest

from analyses.asked import PartReady, ready
from stable_regions.analyses import REGISTRY
from stable_regions.analyses.belief.schema import BeliefRequest
from stable_regions.analyses.belief_training import compute as training
from stable_regions.analyses.belief_training.schema import BeliefTrainingRequest
from stable_regions.analyses.report import Progress, Report
from stable_regions.errors import TooCostly
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.model_cache import ModelCache
from stable_regions.settings import Settings

ASKED = BeliefTrainingRequest.model_validate({"process": {"name": "z1r"}, "steps": 60, "length": 5})


def begun(settings: Settings, request: BeliefTrainingRequest = ASKED) -> Iterator[Report]:
    return training.compute(request, settings, {})


def ends(found: Iterator[Report]) -> list[PartReady]:
    return [report for report in found if isinstance(report, PartReady)]


def test_frames_come_while_it_trains_and_then_it_is_a_model_like_any_other(settings: Settings) -> None:
    told = list(begun(settings))
    *frames, whole = [report for report in told if isinstance(report, PartReady)]
    moments = [0, 1, 3, 10, 20, 30, 50, 60]
    assert [frame.request for frame in frames] == [ASKED.at(step) for step in moments]
    assert told.index(frames[2]) < max(n for n, one in enumerate(told) if isinstance(one, Progress))
    assert whole.result["step"].tolist() == moments
    gap = (np.asarray(whole.result["loss"], float) - np.asarray(whole.result["floor"], float)).mean(axis=1)
    assert gap[-1] < gap[0] / 2
    for frame in frames:
        assert (np.asarray(frame.result["loss"], float) > np.asarray(frame.result["floor"], float) - 1e-7).all()
    catalogue = Catalogue(settings)
    card = catalogue.card(str(whole.result.metadata["model"]))
    assert card.process is not None
    assert card.process.process == ASKED.process
    models = ModelCache(catalogue, settings)
    last = {"name": card.name, "revision": "step60"}
    read = ready(BeliefRequest.model_validate({"model": last, "length": 5}), models)[-1].result
    assert read["r2"] == pytest.approx(frames[-1].result["r2"], abs=1e-6)
    assert read["decoded"] == pytest.approx(frames[-1].result["decoded"], abs=1e-5)


def test_what_was_cancelled_is_taken_up_where_it_stopped(settings: Settings) -> None:
    first = begun(settings)
    for report in first:
        if isinstance(report, PartReady) and report.request == ASKED.at(30):
            break
    first.close()  # pyright: ignore
    assert not any(settings.trained_folder.glob("*"))
    steps = [report.done for report in begun(settings) if isinstance(report, Progress) and report.note]
    assert steps[0] > 30
    assert [one.name for one in settings.trained_folder.iterdir()] == [ASKED.recipe().name]


def test_a_training_done_before_is_read_and_not_trained_again(settings: Settings) -> None:
    before = ends(begun(settings))[-1].result
    again = list(begun(settings))
    assert not [one for one in again if isinstance(one, Progress) and one.note]  # a step says its loss
    assert np.allclose(ends(iter(again))[-1].result["loss"], before["loss"], atol=1e-9)


def test_a_part_alone_trains_no_further_and_lists_no_model(settings: Settings) -> None:
    (part,) = ends(begun(settings, ASKED.at(10)))
    assert part.result.metadata["revision"] == "step10"
    assert not settings.trained_folder.exists()


def test_many_models_are_refused_in_words(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "MOST", 1)
    list(begun(settings))
    with pytest.raises(TooCostly, match="were trained here already"):
        list(begun(settings, ASKED.model_copy(update={"seed": 1})))


def test_it_is_shown_as_a_table_and_a_chart(settings: Settings) -> None:
    whole = ends(begun(settings))[-1].result
    show = REGISTRY["belief_training"].show
    columns = show.table(whole)  # pyright: ignore
    assert np.size(columns["r2"]) == whole["r2"].size  # pyright: ignore
    assert len(show.chart(whole, ()).lines) == whole["r2"].shape[1]  # pyright: ignore
