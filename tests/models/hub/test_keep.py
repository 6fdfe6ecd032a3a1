"""What becomes of downloaded checkpoints."""

import os
import time
from pathlib import Path

import pytest

from hub_models import NAME, SHARDED
from models.hub.conftest import Make
from stable_regions.errors import NoRoom
from stable_regions.models.hub.keep import Kept, check_room, leaving
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.model import ModelRef
from stable_regions.settings import Settings
from stand_in import Hub

pytestmark = pytest.mark.slow

MAIN, UNTRAINED, LATER = (ModelRef(name=NAME, revision=name) for name in ("main", "step0", "step1000-tokens4B"))


def here(make: Make, *refs: ModelRef) -> list[bool]:
    """Which of the checkpoints are on disk."""
    catalogue = make()
    return [catalogue.here(ref) for ref in refs]


def whole(make: Make, ref: ModelRef) -> int:
    """Bytes of a checkpoint's files."""
    return sum(file.size for file in make().missing(ref))


def test_by_default_everything_stays(make: Make) -> None:
    catalogue = make()
    for ref in (MAIN, UNTRAINED, LATER):
        catalogue.files(ref)
        catalogue.done(ref)
    assert here(make, MAIN, UNTRAINED, LATER) == [True, True, True]


def test_under_a_limit_the_least_recently_used_leaves_and_can_still_be_described(make: Make, hub: Hub) -> None:
    limit = {"hub_keep": "cache-limit", "hub_bytes": round(2.5 * whole(make, MAIN))}
    catalogue = make(**limit)
    catalogue.files(MAIN)
    catalogue.files(UNTRAINED)
    time.sleep(0.01)
    catalogue.files(MAIN)  # used again, so the other one is older
    catalogue.files(LATER)
    assert here(make, MAIN, UNTRAINED, LATER) == [True, False, True]
    hub.asked.clear()
    offline = make(offline=True)
    assert {row.revision for row in offline.card(NAME).revisions} == {"main", "step1000-tokens4B"}
    assert not hub.asked


def test_a_limit_below_one_checkpoint_is_said_with_both_numbers(make: Make) -> None:
    with pytest.raises(NoRoom, match=r"takes 0.00 GB; this server keeps 0.00 GB.*STABLE_REGIONS_HUB_BYTES"):
        make(hub_keep="cache-limit", hub_bytes=1000).files(MAIN)


def test_what_another_tool_downloaded_is_never_removed(make: Make) -> None:
    from huggingface_hub import snapshot_download

    snapshot_download(NAME, revision="step0", allow_patterns=["*.json", "model.safetensors"])
    catalogue = make(hub_keep="cache-limit", hub_bytes=round(1.5 * whole(make, MAIN)))
    catalogue.files(UNTRAINED)
    catalogue.files(MAIN)
    catalogue.files(LATER)
    assert here(make, MAIN, UNTRAINED, LATER) == [False, True, True]


def test_used_once_the_weights_leave_when_their_work_is_done_and_the_small_files_stay(make: Make, hub: Hub) -> None:
    catalogue = make(hub_keep="delete-after-use")
    models = ModelCache(catalogue, Settings(cache_folder=Path("unused"), device="cpu"))
    folder = catalogue.files(LATER).config
    models.done(LATER)
    assert here(make, LATER) == [True], "it was never loaded"
    loaded = models.model(LATER)
    models.done(LATER)
    assert here(make, LATER) == [False]
    assert sorted(file.name for file in folder.iterdir()) == ["config.json", "tokenizer.json", "tokenizer_config.json"]
    assert models.has(LATER)
    assert models.model(LATER) is loaded
    models.close()


def test_shards_leave_together(make: Make, home: Path) -> None:
    catalogue = make(hub_keep="delete-after-use")
    ref = ModelRef(name=SHARDED)
    catalogue.files(ref)
    catalogue.done(ref)
    assert not list((home / "hub").rglob("*.safetensors"))
    assert here(make, ref) == [False]


def kept(name: str, used: float, size: int = 10) -> Kept:
    return Kept(name, name[0] * 40, size, used, Path(os.devnull))


def test_who_leaves_is_the_oldest_that_nobody_holds_and_no_more_than_needed() -> None:
    there = [kept("b", 2), kept("a", 1), kept("c", 3)]
    assert [one.name for one in leaving(there, 10, 30, ())] == ["a"]
    assert [one.name for one in leaving(there, 10, 30, {("a", "a" * 40)})] == ["b"]
    assert [one.name for one in leaving(there, 0, 30, ())] == []
    assert [one.name for one in leaving(there, 30, 30, ())] == ["a", "b", "c"]


def test_room_is_what_is_free_less_a_margin() -> None:
    check_room(MAIN, 10**9, 2 * 10**9)
    with pytest.raises(NoRoom, match=r"needs 1.00 GB of disk; 1.10 GB are free"):
        check_room(MAIN, 10**9, 1_100_000_000)
