"""Timelines: frames are the regions asked for alone, and what is told of them follows from their labels."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from pydantic import ValidationError

from analyses.asked import PartReady, PartSkipped, Progress, ready, reports
from analyses.asked import regions_request as asked
from near import near
from stable_regions.analyses import compute
from stable_regions.analyses.timeline.frames import Frame, history
from stable_regions.analyses.timeline.schema import TimelineRequest
from stable_regions.errors import UnknownRevision
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.model_cache import ModelCache
from stable_regions.models.resolve import resolve
from stable_regions.schemas.result import Result
from stable_regions.settings import Settings

STEPS = ("step0", "step8", "step16-tokens2K")


def timeline(*revisions: str, **fields: object) -> TimelineRequest:
    return TimelineRequest(regions=asked(**fields), revisions=revisions or STEPS)


def test_the_frame_on_screen_comes_first_and_frames_are_the_regions_asked_for_alone(models: ModelCache) -> None:
    *frames, whole = ready(timeline(), models)
    assert [frame.request.checkpoints()[0].revision for frame in frames] == ["step8", "step0", "step16-tokens2K"]
    assert [frame.request for frame in frames] == list(
        resolve(timeline(), models.catalogue, models.settings).request.parts()
    )
    alone = ready(frames[1].request, models)[-1].result
    assert alone.metadata["key"] == frames[1].result.metadata["key"]
    near(frames[1].result, alone)
    assert whole.result.metadata["key"] == resolve(timeline(), models.catalogue, models.settings).key


def test_the_timeline_lists_its_frames_in_the_order_asked_for(models: ModelCache) -> None:
    *frames, whole = ready(timeline(), models)
    found = whole.result
    assert found["step"].tolist() == [0, 8, 16]
    assert found["tokens"].tolist() == [-1, -1, 2000]
    by_key = {str(frame.result.metadata["key"]): frame.result for frame in frames}
    rows = found.metadata["frames"]
    assert isinstance(rows, list)
    for place, row in enumerate(rows):
        assert isinstance(row, dict)
        frame = by_key[str(row["key"])]
        for name in ("count", "within", "between", "overall"):
            assert found[name][place] == pytest.approx(frame[name][0], nan_ok=True)
        assert found["sharpness"][place] == pytest.approx(frame.metadata["sharpness"])
        assert found["largest"][place].tolist() == frame["distance"].max(axis=(1, 2)).tolist()
        mine, count = found["frame"] == place, int(frame["count"][0])
        assert found["region"][mine].tolist() == list(range(count))
        for name in ("area", "token", "spread", "centre"):
            assert np.array_equal(found[name][mine], frame[name][:count]), name
        assert found["areas"][found["track"][mine], place].tolist() == frame["area"][:count].tolist()


def test_tracks_are_never_in_one_frame_twice(models: ModelCache) -> None:
    found = ready(timeline(), models)[-1].result
    for place in range(3):
        mine = found["track"][found["frame"] == place]
        assert len(set(mine.tolist())) == len(mine)
    assert set(found["track"].tolist()) == set(range(len(found["areas"])))
    assert ((found["areas"] > 0).sum(axis=1) >= 1).all()


def test_change_is_the_share_of_points_whose_name_changed(models: ModelCache) -> None:
    *frames, whole = ready(timeline(), models)
    names = {frame.request.checkpoints()[0].revision: frame.result["name"] for frame in frames}
    assert np.isnan(whole.result["change"][0])
    for place, (before, after) in enumerate(pairwise(STEPS), 1):
        assert whole.result["change"][place] == pytest.approx((names[before] != names[after]).mean())


def frame(text: str, within: float, between: float) -> Frame:
    """A frame of one row of regions."""
    label = np.array([[int(letter) for letter in text]], dtype=np.int32)
    count = int(label.max()) + 1
    arrays = {
        "label": label,
        "name": label,
        "token": np.arange(count, dtype=np.int32),
        "area": np.bincount(label[0]).astype(np.float32) / label.size,
        "spread": np.zeros(count, np.float32),
        "centre": np.zeros((count, 2), np.float32),
        "count": np.array([count], np.int32),
        "within": np.array([within], np.float32),
        "between": np.array([between], np.float32),
        "overall": np.ones(1, np.float32),
        "largest": np.ones(3, np.float32),
    }
    return Frame("k", asked(), arrays, {}, 0, 0, 1.0, 0.0)


def test_a_history_by_pencil() -> None:
    rows = ("0000000000", 0.9, np.nan), ("0000011111", 0.8, 1.0), ("0000011222", 0.2, 3.0), ("0000000000", 0.3, np.nan)
    arrays, told = history([frame(*row) for row in rows])
    assert arrays["track"].tolist() == [0, 0, 1, 0, 2, 1, 0]
    assert arrays["areas"].round(1).tolist() == pytest.approx(
        np.array([[1, 0.5, 0.5, 1], [0, 0.5, 0.3, 0], [0, 0, 0.2, 0]])
    )
    assert told["marks"] == {
        "within": {"frame": 2, "change": pytest.approx(-0.6)},
        "between": {"frame": 2, "change": 2.0},
        "count": {"frame": 3, "change": -2.0},
    }
    assert told["events"] == [
        {"frame": 1, "kind": "split", "before": [0], "after": [0, 1]},
        {"frame": 2, "kind": "split", "before": [1], "after": [1, 2]},
        {"frame": 2, "kind": "continue", "before": [0], "after": [0]},
        {"frame": 3, "kind": "merge", "before": [0, 1, 2], "after": [0]},
    ]


def test_a_single_frame_has_no_history() -> None:
    arrays, told = history([frame("0011", 0.5, 1.0)])
    assert told == {"events": [], "marks": {"within": None, "between": None, "count": None}}
    assert arrays["track"].tolist() == [0, 1]


def test_a_missing_checkpoint_is_skipped_and_named(models: ModelCache) -> None:
    said = reports(timeline("step0", "step7", "step8"), models)
    (skipped,) = [report for report in said if isinstance(report, PartSkipped)]
    assert skipped.request.checkpoints()[0].revision == "step7"
    last = said[-1]
    assert isinstance(last, PartReady)
    assert last.result["step"].tolist() == [0, 8]
    assert [row["revision"] for row in last.result.metadata["skipped"]] == ["step7"]  # pyright: ignore
    assert last.result.metadata["key"] == resolve(last.request, models.catalogue, models.settings).key


def test_a_timeline_of_nothing_is_refused(models: ModelCache) -> None:
    lost = timeline("step7", "step9").resolved([models.catalogue.card("tiny-neox")])
    with pytest.raises(UnknownRevision, match="step7"):
        list(compute(lost, models, {}))


def test_known_frames_are_not_computed_again(models: ModelCache) -> None:
    *frames, whole = ready(timeline(), models)
    known = {str(part.result.metadata["key"]): part.result.to_bytes() for part in frames}
    said = reports(timeline(), models, known)
    assert not [report for report in said if isinstance(report, Progress)]
    (again,) = [report for report in said if isinstance(report, PartReady)]
    for name, array in whole.result.arrays.items():
        assert np.array_equal(again.result[name], array, equal_nan=True), name
    assert again.result.metadata["events"] == whole.result.metadata["events"]


def test_progress_ends_at_its_total(models: ModelCache) -> None:
    steps = [report for report in reports(timeline(polytopes=True), models) if isinstance(report, Progress)]
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].done == steps[-1].total == 3 * 4 * 17**2


def test_the_next_checkpoint_is_read_ahead(models: ModelCache, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(models, "prefetch", lambda ref: seen.append(ref.revision))
    ready(timeline(), models)
    assert seen == ["step0", "step16-tokens2K"]


def test_a_timeline_needs_room_for_two_checkpoints_at_most(
    catalogue: Catalogue, make_settings: Callable[..., Settings]
) -> None:
    settings = make_settings()
    wide = ModelCache(catalogue, settings)
    one = wide.model(asked().model).bytes
    wide.close()
    narrow = ModelCache(catalogue, settings.model_copy(update={"model_bytes": round(2.2 * one)}))
    most = 0
    for _ in compute(resolve(timeline(), catalogue, settings).request, narrow, {}):
        most = max(most, narrow.resident())
    narrow.close()
    assert most <= 2.2 * one


def test_a_checkpoint_named_twice_is_refused() -> None:
    with pytest.raises(ValidationError, match="'step8' is named twice"):
        timeline("step8", "step8")


def test_an_untrained_model_is_one_region_of_outputs_and_a_trained_one_is_several(models: ModelCache) -> None:
    request = TimelineRequest(
        regions=asked(
            model={"name": "facts-12l", "revision": "step1536"},
            write_layer=2,
            by="output",
            threshold=0.1,
            resolution=65,
        ),
        revisions=("step0", "step1536"),
    )
    found = ready(request, models)[-1].result
    assert found["count"].tolist() == [1, 3]
    assert (found["within"] / found["overall"]).tolist() == pytest.approx([1, 0.2], abs=0.1)
    events = found.metadata["events"]
    assert isinstance(events, list)
    assert [row["kind"] for row in events if isinstance(row, dict)] == ["split"]
    assert isinstance(found, Result)
