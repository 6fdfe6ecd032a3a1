import threading
from collections.abc import Callable

import numpy as np
import pytest
import torch

from analyses.asked import PartReady, PartSkipped, Progress, ready, reports, slice_request
from near import near
from stable_regions.analyses import compute
from stable_regions.analyses.animation.schema import AnimationRequest
from stable_regions.errors import UnknownRevision
from stable_regions.models import model_cache
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.loading import LoadedModel, load
from stable_regions.models.model_cache import ModelCache
from stable_regions.models.resolve import resolve
from stable_regions.schemas.model import ModelRef
from stable_regions.settings import Settings

STEPS = ("step0", "step8", "step16-tokens2K")


def film_request(*revisions: str, **fields: object) -> AnimationRequest:
    return AnimationRequest(slice=slice_request(**{"resolution": 33, **fields}), revisions=revisions or STEPS)


def test_parts_become_ready_in_the_order_announced(models: ModelCache) -> None:
    found = ready(film_request(), models)
    announced = resolve(film_request(), models.catalogue, models.settings).request.parts()
    assert [report.request for report in found[:-1]] == list(announced)
    shown = [(r.request.checkpoints()[0].revision, getattr(r.request, "resolution", None)) for r in found[:4]]
    assert shown == [("step8", 9), ("step8", 17), ("step8", 33), ("step0", 17)]


def test_a_frame_is_the_slice_asked_for_alone(models: ModelCache) -> None:
    frame = ready(film_request(), models)[-2]
    alone = ready(frame.request, models)[-1].result
    assert frame.result.metadata["key"] == alone.metadata["key"]
    near(frame.result, alone)


def test_the_film_lists_its_frames_in_the_order_asked_for(models: ModelCache) -> None:
    *parts, whole = ready(film_request(), models)
    assert whole.result["step"].tolist() == [0, 8, 16]
    assert whole.result["tokens"].tolist() == [-1, -1, 2000]
    frames = whole.result.metadata["frames"]
    assert isinstance(frames, list)
    keys = {str(part.result.metadata["key"]): part.result for part in parts}
    for place, frame in enumerate(frames):
        assert isinstance(frame, dict)
        assert frame["revision"] == STEPS[place]
        result = keys[str(frame["key"])]
        assert whole.result["largest"][place].tolist() == result["distance"].max(axis=(1, 2)).tolist()
        assert whole.result["sharpness"][place] == pytest.approx(result.metadata["sharpness"])
    assert whole.result.metadata["key"] == resolve(film_request(), models.catalogue, models.settings).key


def test_a_missing_checkpoint_is_skipped_and_named(models: ModelCache) -> None:
    said = reports(film_request("step0", "step7", "step8"), models)
    (skipped,) = [report for report in said if isinstance(report, PartSkipped)]
    assert skipped.request.checkpoints()[0].revision == "step7"
    assert skipped.problem["status"] == 404
    last = said[-1]
    assert isinstance(last, PartReady)
    assert last.result["step"].tolist() == [0, 8]
    assert [row["revision"] for row in last.result.metadata["skipped"]] == ["step7"]  # pyright: ignore
    assert last.result.metadata["key"] == resolve(last.request, models.catalogue, models.settings).key


def test_a_film_of_nothing_is_refused(models: ModelCache) -> None:
    asked = film_request("step7", "step9")
    with pytest.raises(UnknownRevision, match="step7"):
        list(
            compute(
                asked.model_copy(update={"slice": asked.slice.resolved([models.catalogue.card("tiny-neox")])}),
                models,
                {},
            )
        )


def test_known_frames_are_not_computed_again(models: ModelCache) -> None:
    *parts, whole = ready(film_request(), models)
    known = {str(part.result.metadata["key"]): part.result.to_bytes() for part in parts}
    said = reports(film_request(), models, known)
    assert not [report for report in said if isinstance(report, Progress) and report.stage == "points"]
    (again,) = [report for report in said if isinstance(report, PartReady)]
    for name, array in whole.result.arrays.items():
        assert np.array_equal(again.result[name], array), name


def test_progress_ends_at_its_total(models: ModelCache) -> None:
    steps = [report for report in reports(film_request(), models) if isinstance(report, Progress)]
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].done == steps[-1].total == 3 * 3 * 33**2


def test_a_film_needs_room_for_two_checkpoints_at_most(
    catalogue: Catalogue, make_settings: Callable[..., Settings]
) -> None:
    settings = make_settings()
    wide = ModelCache(catalogue, settings)
    one = wide.model(slice_request().model).bytes
    wide.close()
    narrow = ModelCache(catalogue, settings.model_copy(update={"model_bytes": round(2.2 * one)}))
    most = 0
    for _ in compute(resolve(film_request(), catalogue, settings).request, narrow, {}):
        most = max(most, narrow.resident())
    narrow.close()
    assert most <= 2.2 * one


def test_where_memory_is_short_a_checkpoint_gives_way_below_its_layer_to_the_next_and_no_number_changes(
    models: ModelCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = models.model(slice_request().model).bytes
    request = film_request(write_layer=1)
    expected = {str(report.result.metadata["key"]): report.result for report in ready(request, models)}
    read: dict[str, str] = {}

    def noted(ref: ModelRef, catalogue: Catalogue, device: torch.device, beside: LoadedModel | None) -> LoadedModel:
        read[ref.revision] = threading.current_thread().name.partition("_")[0]
        return load(ref, catalogue, device, beside)

    monkeypatch.setattr(model_cache, "load", noted)
    short = ModelCache(models.catalogue, models.settings.model_copy(update={"model_bytes": round(1.7 * whole)}))
    most = 0
    for report in reports(request, short):
        most = max(most, short.resident())
        if isinstance(report, PartReady):
            found = expected[str(report.result.metadata["key"])]
            near(report.result, found)
    assert read == {"step8": "MainThread", "step0": "prefetch", "step16-tokens2K": "prefetch"}
    assert whole <= most <= 1.7 * whole
    short.close()
