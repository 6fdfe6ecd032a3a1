"""Analyses over checkpoints of the hub: downloads go on beside the work, gaps are named, nothing stays behind."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hub_models import NAME
from models.hub.conftest import Make
from models.hub.test_download import until
from near import near
from stable_regions.analyses import compute
from stable_regions.analyses.animation.schema import AnimationRequest
from stable_regions.analyses.report import PartReady, PartSkipped, Progress, Report
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.analyses.study.schema import StudyModel, StudyRequest
from stable_regions.errors import DownloadBroken, ModelUnavailable, TooCostly
from stable_regions.models.model_cache import ModelCache
from stable_regions.models.resolve import resolve
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.request import AnalysisRequest
from stand_in import Fault, Hub
from tiny import PROMPTS

pytestmark = pytest.mark.slow

BRANCHES = ("main", "step0", "step20", "step1000-tokens4B")
"""`step20` holds no safetensors."""

Open = Callable[..., ModelCache]


@pytest.fixture
def shelf_of(make: Make) -> Iterator[Open]:
    made: list[ModelCache] = []

    def one(**fields: object) -> ModelCache:
        catalogue = make(**fields)
        made.append(ModelCache(catalogue, catalogue.settings))
        return made[-1]

    yield one
    for models in made:
        models.close()


def a_slice(revision: str = "main", **fields: object) -> SliceRequest:
    given: dict[str, object] = {
        "model": ModelRef(name=NAME, revision=revision), "prompts": PROMPTS, "write_layer": 1, "resolution": 17,
    }  # fmt: skip
    return SliceRequest.model_validate(given | fields)


def film(*revisions: str, resolution: int = 17) -> AnimationRequest:
    return AnimationRequest(slice=a_slice(revisions[0], resolution=resolution), revisions=revisions)


def reports(request: AnalysisRequest, models: ModelCache) -> Iterator[Report]:
    resolved = resolve(request, models.catalogue, models.settings)
    return compute(resolved.request, models, {})


def weights(home: Path) -> int:
    return len(list((home / "hub").glob("models--*/snapshots/*/model.safetensors")))


def test_a_slice_says_how_far_its_download_is_and_that_others_may_go_on(shelf_of: Open, hub: Hub) -> None:
    gate = hub.hold("main/model.safetensors")
    going = reports(a_slice(), shelf_of())
    said = next(report for report in going if isinstance(report, Progress) and report.stage == "download")
    while said.done < 2**18:
        said = next(going)
        assert isinstance(said, Progress)
    assert (said.unit, said.rest > 0, said.total > said.done) == ("bytes", True, True)
    assert said.note == "main: 0 of 1 files, model.safetensors"
    gate.set()
    stages = [report.stage for report in going if isinstance(report, Progress)]
    assert stages.index("load") < stages.index("clean") < stages.index("points")


def test_the_numbers_are_those_of_the_same_files_in_a_folder(shelf_of: Open, repositories: Path) -> None:
    from_hub = [report for report in reports(a_slice("step0"), shelf_of()) if isinstance(report, PartReady)][-1].result
    folder = shelf_of(model_folders=((repositories / NAME).parent,))
    same = a_slice(model=ModelRef(name="tiny", revision="step0"))
    from_folder = [report for report in reports(same, folder) if isinstance(report, PartReady)][-1].result
    near(from_hub, from_folder)


def test_closing_a_computation_ends_its_download(shelf_of: Open, hub: Hub, home: Path) -> None:
    hub.hold("main/model.safetensors")
    models = shelf_of()
    going = reports(a_slice(), models)
    until(lambda: getattr(next(going), "done", 0) >= 2**18)
    going.close()  # type: ignore[attr-defined]
    assert weights(home) == 0
    hub.mend()
    hub.asked.clear()
    assert isinstance(list(reports(a_slice(), models))[-1], PartReady)
    assert hub.fetched()[0].endswith("bytes=262144-")


def test_a_film_goes_on_through_a_gap_and_names_it(shelf_of: Open) -> None:
    said = list(reports(film(*BRANCHES), shelf_of()))
    (gap,) = [report for report in said if isinstance(report, PartSkipped)]
    assert gap.request.checkpoints()[0].revision == "step20"
    assert "a pickle" in str(gap.problem["detail"])
    last = said[-1]
    assert isinstance(last, PartReady)
    frames = last.result.metadata["frames"]
    assert isinstance(frames, list)
    assert [frame["revision"] for frame in frames if isinstance(frame, dict)] == [b for b in BRANCHES if b != "step20"]


def test_what_breaks_off_or_is_another_file_is_a_gap_too(shelf_of: Open, hub: Hub) -> None:
    hub.faults["step0/model.safetensors"] = Fault(other=True)
    hub.faults["step1000-tokens4B/model.safetensors"] = Fault(breaks=0, gone=True)
    said = list(reports(film("main", "step0", "step1000-tokens4B"), shelf_of()))
    gaps = {r.request.checkpoints()[0].revision: r.problem["type"] for r in said if isinstance(r, PartSkipped)}
    assert set(gaps) == {"step0", "step1000-tokens4B"}
    assert set(gaps.values()) == {"urn:stable-regions:download-broken"}
    assert isinstance(said[-1], PartReady)


def test_only_when_nothing_can_be_had_a_film_is_refused(shelf_of: Open, hub: Hub) -> None:
    with pytest.raises(ModelUnavailable, match="a pickle"):
        list(reports(film("step20"), shelf_of()))
    hub.faults["model.safetensors"] = Fault(other=True)
    with pytest.raises(DownloadBroken):
        list(reports(film("main", "step0"), shelf_of()))


def test_the_next_download_begins_while_the_first_checkpoint_is_computed(shelf_of: Open, hub: Hub) -> None:
    going = reports(film("main", "step0"), shelf_of())
    for report in going:
        if isinstance(report, Progress) and report.stage == "points":
            break
    until(lambda: len(hub.fetched()) == 2)
    going.close()  # type: ignore[attr-defined]


def test_a_film_that_is_downloaded_visits_each_checkpoint_once(shelf_of: Open) -> None:
    def order(models: ModelCache) -> list[str]:
        said = reports(film("main", "step0", "step1000-tokens4B", resolution=33), models)
        return [r.request.checkpoints()[0].revision for r in said if isinstance(r, PartReady)][:-1]

    later = ["step0", "step1000-tokens4B"]
    assert order(shelf_of()) == ["main"] * 3 + [later[0]] * 2 + [later[1]] * 2
    assert order(shelf_of()) == ["main"] * 3 + later + later, "all are on disk now"


def test_used_once_no_more_than_two_checkpoints_lie_on_disk_and_each_is_fetched_once(
    shelf_of: Open, hub: Hub, home: Path
) -> None:
    most = 0
    for _ in reports(film("main", "step0", "step1000-tokens4B"), shelf_of(hub_keep="delete-after-use")):
        most = max(most, weights(home))
    assert most <= 2
    assert weights(home) == 0
    assert len(hub.fetched()) == 3


def test_a_study_goes_on_through_a_gap_and_counts_bytes_apart_from_points(shelf_of: Open) -> None:
    request = StudyRequest(
        models=(StudyModel(name=NAME, revisions=("step0", "step20", "main")),),
        corpus="texts", texts=(" ".join(PROMPTS),), pairs=2, prompt_tokens=3, steps=5,
    )  # fmt: skip
    said = list(reports(request, shelf_of()))
    assert [type(report) for report in said if not isinstance(report, Progress)] == [
        PartReady,
        PartSkipped,
        PartReady,
        PartReady,
    ]
    downloads = [report for report in said if isinstance(report, Progress) and report.unit == "bytes"]
    assert downloads
    assert all(report.total > 10**5 for report in downloads if report.done)


def test_a_model_beyond_the_memory_is_refused_before_anything_is_downloaded(shelf_of: Open, hub: Hub) -> None:
    models = shelf_of()
    small = models.settings.model_copy(update={"model_bytes": 1000})
    with pytest.raises(TooCostly, match="this server keeps"):
        resolve(a_slice(), models.catalogue, small)
    assert not hub.fetched()
