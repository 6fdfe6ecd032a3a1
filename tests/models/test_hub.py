"""The real hub client against a stand-in on loopback. Its address is read at import, so each test asks in a process."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stand_in import commit, stand_in
from tiny import write_model

NAME = "EleutherAI/tiny"
GATED = "meta-llama/Llama-tiny"

PROGRAM = """
import json, sys
from stable_regions.errors import Refusal
from stable_regions.models.catalogue import Catalogue
from stable_regions.schemas.model import ModelRef
from stable_regions.settings import Settings

catalogue = Catalogue(Settings(offline="--offline" in sys.argv))
name, revision = sys.argv[1:3]
ref = ModelRef(name=name, revision=revision)
try:
    card = catalogue.card(name)
    said = {"card": card.model_dump(), "weights": catalogue.weights(ref), "torch": "torch" in sys.modules}
    if "--files" in sys.argv:
        said["files"] = [str(file) for file in catalogue.files(ref).weights]
    if "--load" in sys.argv:
        import torch
        from stable_regions.models.loading import load
        said["loaded"] = load(ref, catalogue, torch.device("cpu")).bytes
except Refusal as refusal:
    said = {"refused": type(refusal).__name__, "found": refusal.found, "next": refusal.next}
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def repositories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two branches and one that holds a pickle only, and a gated one."""
    folder = tmp_path_factory.mktemp("hub")
    for branch in ("main", "step1000-tokens4B", "step20"):
        write_model(folder / NAME / branch)
    pickled = folder / NAME / "step20"
    (pickled / "model.safetensors").rename(pickled / "pytorch_model.bin")
    (folder / NAME / "main" / "pytorch_model.bin").write_bytes(b"never asked for")
    (folder / GATED / "main").mkdir(parents=True)
    return folder


@pytest.fixture
def hub(repositories: Path) -> Iterator[tuple[str, list[str]]]:
    with stand_in(repositories, frozenset({GATED})) as served:
        yield served


def ask(address: str, home: Path, name: str, revision: str, *flags: str) -> dict[str, object]:
    """What a fresh process finds."""
    environment = os.environ | {
        "HF_ENDPOINT": address,
        "HF_HOME": str(home),
        "HF_HUB_DISABLE_XET": "1",
        "OMP_NUM_THREADS": "1",
    }
    command = [sys.executable, "-c", PROGRAM, name, revision, *flags]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd="backend", env=environment, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_card_comes_from_the_config_and_lists_every_branch(hub: tuple[str, list[str]], tmp_path: Path) -> None:
    address, asked = hub
    said = ask(address, tmp_path, NAME, "step1000-tokens4B")
    card = said["card"]
    assert isinstance(card, dict)
    assert (card["source"], card["architecture"], card["layers"], card["parameters"]) == ("hub", "gpt_neox", 3, 12345)
    rows = [(row["revision"], row["step"], row["tokens"]) for row in card["revisions"]]
    assert rows == [("step20", 20, None), ("step1000-tokens4B", 1000, 4 * 10**9), ("main", None, None)]
    assert said["weights"] == f"commit:{commit(NAME, 'step1000-tokens4B')}"
    assert said["torch"] is False
    assert not [path for path in asked if path.endswith(".safetensors")]


def test_a_checkpoint_is_downloaded_loaded_and_never_as_a_pickle(hub: tuple[str, list[str]], tmp_path: Path) -> None:
    address, asked = hub
    said = ask(address, tmp_path, NAME, "main", "--files", "--load")
    assert isinstance(said["loaded"], int)
    assert not [path for path in asked if path.endswith(".bin")]


def test_what_was_downloaded_is_found_offline(hub: tuple[str, list[str]], tmp_path: Path) -> None:
    address, asked = hub
    online = ask(address, tmp_path, NAME, "step1000-tokens4B", "--files")
    asked.clear()
    offline = ask(address, tmp_path, NAME, "step1000-tokens4B", "--files", "--offline")
    assert offline["files"] == online["files"]
    assert offline["weights"] == online["weights"]
    assert not asked
    gone = ask("http://127.0.0.1:9", tmp_path, NAME, "step1000-tokens4B", "--files")
    assert gone["files"] == online["files"]


def test_offline_what_is_not_on_disk_is_refused(hub: tuple[str, list[str]], tmp_path: Path) -> None:
    said = ask(hub[0], tmp_path, NAME, "main", "--offline")
    assert said["refused"] == "ModelUnavailable"
    assert "STABLE_REGIONS_OFFLINE" in str(said["next"])


def test_a_branch_without_safetensors_is_refused(hub: tuple[str, list[str]], tmp_path: Path) -> None:
    said = ask(hub[0], tmp_path, NAME, "step20", "--files")
    assert said["refused"] == "ModelUnavailable"
    assert "expected model.safetensors" in str(said["found"])


def test_a_missing_branch_a_missing_repository_and_a_gated_one_are_told_apart(
    hub: tuple[str, list[str]], tmp_path: Path
) -> None:
    branch = ask(hub[0], tmp_path, NAME, "step7")
    repository = ask(hub[0], tmp_path, "EleutherAI/nothing", "main")
    gated = ask(hub[0], tmp_path, GATED, "main")
    assert [said["refused"] for said in (branch, repository, gated)] == [
        "UnknownRevision", "UnknownModel", "ModelUnavailable",
    ]  # fmt: skip
    assert "HF_TOKEN" in str(gated["next"])


def test_without_a_network_the_answer_comes_at_once(tmp_path: Path) -> None:
    said = ask("http://127.0.0.1:9", tmp_path, NAME, "main")
    assert said["refused"] == "ModelUnavailable"
    assert "bundled model" in str(said["next"])
