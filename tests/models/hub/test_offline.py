"""Without the hub: only what is on disk, and that is listed."""

import pytest
from huggingface_hub import constants

from hub_models import NAME, SHARDED
from models.hub.conftest import Make
from stable_regions.errors import ModelUnavailable
from stable_regions.schemas.model import ModelRef
from stand_in import Hub, commit

STEP = ModelRef(name=NAME, revision="step1000-tokens4B")


def test_what_was_downloaded_is_found_offline_and_nothing_is_asked(make: Make, hub: Hub) -> None:
    online = make().files(STEP)
    hub.asked.clear()
    catalogue = make(offline=True)
    assert catalogue.files(STEP) == online
    assert catalogue.weights(STEP) == f"commit:{commit(NAME, STEP.revision)}"
    assert catalogue.download(STEP) is None
    assert not hub.asked


def test_offline_a_card_has_the_checkpoints_that_are_complete_on_disk(make: Make, hub: Hub) -> None:
    make().files(STEP)
    make().files(ModelRef(name=NAME, revision="step0")).weights[0].unlink()
    catalogue = make(offline=True)
    card = catalogue.card(NAME)
    assert [row.revision for row in card.revisions] == [STEP.revision]
    assert catalogue.document(NAME).on_disk == (STEP.revision,)


def test_the_catalogue_lists_what_is_on_disk_online_and_offline(make: Make, hub: Hub) -> None:
    make().files(STEP)
    make().files(ModelRef(name=SHARDED))
    for offline in (True, False):
        listed = {card.name: [row.revision for row in card.revisions] for card in make(offline=offline).cards()}
        assert listed[NAME] == [STEP.revision]
        assert listed[SHARDED] == ["main"]


def test_what_may_not_be_loaded_is_not_listed(make: Make) -> None:
    make().files(STEP)
    assert NAME not in [card.name for card in make(hub_models=("allenai/*",)).cards()]


def test_parameters_are_counted_from_the_files_when_the_hub_is_not_asked(make: Make) -> None:
    from stable_regions.models.header import parameters

    files = make().files(STEP)
    assert make(offline=True).card(NAME).parameters == parameters(files.weights) != 12345


def test_offline_what_is_not_on_disk_is_refused(make: Make, hub: Hub) -> None:
    catalogue = make(offline=True)
    for ask in (lambda: catalogue.card(NAME), lambda: catalogue.files(STEP), lambda: catalogue.weights(STEP)):
        with pytest.raises(ModelUnavailable, match="STABLE_REGIONS_OFFLINE"):
            ask()
    assert not hub.asked


def test_offline_a_branch_whose_commit_is_known_but_not_its_files_is_refused(make: Make, hub: Hub) -> None:
    make().card(NAME)
    hub.asked.clear()
    with pytest.raises(ModelUnavailable, match="not on this disk"):
        make(offline=True).files(STEP)
    assert not hub.asked


def test_a_machine_that_lost_its_network_goes_on_with_what_it_has(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    online = make().files(STEP)
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    assert make().files(STEP) == online


def test_another_tool_s_download_is_used(make: Make, hub: Hub) -> None:
    from huggingface_hub import snapshot_download

    folder = snapshot_download(NAME, revision="step0", allow_patterns=["*.json", "model.safetensors"])
    catalogue = make(offline=True)
    assert str(catalogue.files(ModelRef(name=NAME, revision="step0")).config) == folder
    assert [row.revision for row in catalogue.card(NAME).revisions] == ["step0"]
