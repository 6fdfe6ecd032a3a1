"""Downloads with progress, cancelling, resuming and checksums."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import torch

from hub_models import NAME, SHARDED
from models.hub.conftest import Make
from patience import PATIENCE
from stable_regions.errors import DownloadBroken, ModelUnavailable, NoRoom
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.hub import disk
from stable_regions.models.hub.download import Download
from stable_regions.models.loading import load
from stable_regions.schemas.model import ModelRef
from stand_in import Fault, Hub, commit, named

STEP = ModelRef(name=NAME, revision="step1000-tokens4B")
WEIGHTS = "step1000-tokens4B/model.safetensors"


def until(true: object, seconds: float = PATIENCE) -> None:
    """Wait until a condition holds."""
    assert callable(true)
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@contextmanager
def begun(catalogue: Catalogue, ref: ModelRef = STEP) -> Iterator[Download]:
    download = catalogue.download(ref)
    assert download is not None
    try:
        yield download
    finally:
        catalogue.leave(download)


def size(repositories: Path) -> int:
    return (repositories / NAME / WEIGHTS).stat().st_size


def partial(home: Path) -> list[int]:
    return [file.stat().st_size for file in home.rglob("*.incomplete")]


@pytest.mark.parametrize("ref", [STEP, ModelRef(name=SHARDED)])
def test_a_checkpoint_is_downloaded_checked_and_loaded(ref: ModelRef, make: Make, hub: Hub, repositories: Path) -> None:
    catalogue = make()
    files = catalogue.files(ref)
    for file in files.weights:
        assert file.read_bytes() == (repositories / ref.name / ref.revision / file.name).read_bytes()
    assert load(ref, catalogue, torch.device("cpu")).bytes > 0
    assert catalogue.download(ref) is None
    assert not hub.fetched(".bin")


def test_progress_counts_bytes_and_files_to_the_end(make: Make, hub: Hub, repositories: Path) -> None:
    hub.faults[WEIGHTS] = Fault(pause=0.03)
    seen: list[int] = []
    with begun(make()) as download:
        while not download.ended():
            seen.append(download.done)
            time.sleep(0.01)
    assert len(set(seen)) > 2
    assert seen == sorted(seen)
    folder = repositories / NAME / STEP.revision
    whole = sum(f.stat().st_size for f in folder.iterdir() if f.name != "generation_config.json")
    assert download.done == download.total == whole
    assert download.files_done == download.files == 4


def test_two_who_ask_share_one_download_and_the_last_to_leave_ends_it(make: Make, hub: Hub) -> None:
    gate = hub.hold(WEIGHTS)
    catalogue = make()
    with begun(catalogue) as first:
        with begun(catalogue) as second:
            assert first is second
            until(lambda: first.done > 2**17)
        assert not first.over
        gate.set()
        first.wait()
    assert len(hub.fetched()) == 1


def test_a_cancelled_download_leaves_nothing_half_done_and_goes_on_where_it_was(
    make: Make, hub: Hub, home: Path, repositories: Path
) -> None:
    hub.hold(WEIGHTS)
    catalogue = make()
    with begun(catalogue) as download:
        until(lambda: partial(home) and max(partial(home)) >= 2**18)
    assert download.over
    with pytest.raises(DownloadBroken, match="was ended"):
        download.ended()
    assert not disk.complete(disk.snapshot(NAME, commit(NAME, STEP.revision)))
    there = max(partial(home))
    hub.mend()
    hub.asked.clear()
    assert make().files(STEP).weights[0].stat().st_size == size(repositories)
    (line,) = hub.fetched()
    assert line.endswith(f"bytes={there}-")
    assert not partial(home)


def test_a_line_that_breaks_is_taken_up_where_it_broke(make: Make, hub: Hub, repositories: Path) -> None:
    hub.faults[WEIGHTS] = Fault(breaks=2**17)
    weights = make().files(STEP).weights[0]
    assert weights.read_bytes() == (repositories / NAME / WEIGHTS).read_bytes()
    first, second = hub.fetched()
    assert "bytes=" not in first
    assert second.endswith(f"bytes={2**17}-")


def test_a_line_that_stays_broken_is_refused_with_how_far_it_came(make: Make, hub: Hub, repositories: Path) -> None:
    hub.faults[WEIGHTS] = Fault(breaks=2**17, gone=True)
    with pytest.raises(DownloadBroken, match=rf"broke off after 131,072 of {size(repositories):,} bytes.*goes on"):
        make().files(STEP)
    hub.faults.clear()
    hub.asked.clear()
    assert make().files(STEP).weights
    assert hub.fetched()[0].endswith("bytes=131072-")


def test_a_file_that_is_not_what_the_hub_promised_is_removed_and_refused(make: Make, hub: Hub, home: Path) -> None:
    hub.faults[WEIGHTS] = Fault(other=True)
    with pytest.raises(DownloadBroken, match=r"model.safetensors .* is not what the hub promised: sha256 .*removed"):
        make().files(STEP)
    assert not disk.complete(disk.snapshot(NAME, commit(NAME, STEP.revision)))
    checksum = named(hub.folder / NAME / WEIGHTS)[1]
    assert not list(home.rglob(f"blobs/{checksum}*"))
    hub.faults.clear()
    assert make().files(STEP).weights


def test_small_files_are_checked_too(make: Make, hub: Hub) -> None:
    hub.faults["tokenizer_config.json"] = Fault(other=True)
    with pytest.raises(DownloadBroken, match=r"tokenizer_config.json .* git "):
        make().card(NAME)


def test_a_disk_that_is_too_small_is_said_with_both_numbers_before_anything_is_fetched(make: Make, hub: Hub) -> None:
    hub.faults[WEIGHTS] = Fault(size=10**16)
    with pytest.raises(NoRoom, match=r"needs 10000000.00 GB of disk; [\d.]+ GB are free"):
        make().files(STEP)
    assert not hub.fetched()


def test_whoever_waits_for_a_checkpoint_that_is_no_safetensors_is_told(make: Make) -> None:
    with pytest.raises(ModelUnavailable, match="a pickle"):
        make().files(ModelRef(name=NAME, revision="step20"))


def test_the_process_ends_with_whoever_waited(make: Make, hub: Hub) -> None:
    hub.hold("model.safetensors")
    (weights,) = [file for file in make().missing(STEP) if file.path == "model.safetensors"]
    process = subprocess.Popen(
        [sys.executable, "-m", "stable_regions.models.hub.fetching"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd="backend",
    )
    assert process.stdin
    assert process.stdout
    files = [[weights.path, weights.size, weights.checksum]]
    order = {"name": NAME, "revision": STEP.revision, "commit": commit(NAME, STEP.revision), "files": files}
    process.stdin.write(json.dumps(order) + "\n")
    process.stdin.flush()
    while not json.loads(process.stdout.readline())["done"]:
        pass
    process.stdin.close()
    assert process.wait(timeout=PATIENCE) == 1
    process.stdout.close()


def test_waiting_holds_up_no_other_thread(make: Make, hub: Hub) -> None:
    gate = hub.hold(WEIGHTS)
    catalogue = make()
    found: list[int] = []
    waiting = threading.Thread(target=lambda: found.append(len(catalogue.files(STEP).weights)))
    waiting.start()
    assert catalogue.card(NAME).layers == 3
    assert not found
    gate.set()
    waiting.join(timeout=PATIENCE)
    assert found == [1]
