"""Models of the hub from the shell: selections by name, the price first, and what is on disk."""

import json
from pathlib import Path

import pytest

from cli.conftest import Shell
from hub_models import NAME
from stand_in import Hub
from tiny import PROMPTS

TINY = ("--model", NAME, "--resolution", "9", "--size", "120", "--layer", "1")


@pytest.fixture
def online(shell: Shell, home: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell whose hub is the stand-in."""
    monkeypatch.setenv("STABLE_REGIONS_OFFLINE", "false")
    return shell


def test_a_selection_is_named_priced_fetched_and_animated_through_its_gap(online: Shell, hub: Hub) -> None:
    done = online("animate", *PROMPTS, *TINY, "--revisions", "log-8", "-o", "a.json")
    assert done.exit_code == 0, done.output
    assert json.loads(Path("a.json").read_text())["revisions"] == ["step0", "step20", "step1000-tokens4B"]
    assert f"{NAME} at step20 is left out" in done.stderr
    assert "To download: 0.00 GB in" in done.stderr
    assert "GB of disk are free" in done.stderr
    assert len(hub.fetched()) == 2
    again = online("animate", *PROMPTS, *TINY, "--revisions", "step0,step1000-tokens4B", "--offline", "-o", "b.json")
    assert again.exit_code == 0, again.output
    assert "To download" not in again.stderr
    assert len(hub.fetched()) == 2


def test_a_film_of_the_hub_is_eight_checkpoints_unless_said_otherwise(online: Shell) -> None:
    assert online("animate", *PROMPTS, *TINY, "-o", "a.json").exit_code == 0
    assert json.loads(Path("a.json").read_text())["revisions"] == ["step0", "step20", "step1000-tokens4B"]


def test_a_selection_that_the_model_has_not_is_refused(online: Shell) -> None:
    done = online("animate", *PROMPTS, *TINY, "--revisions", "paper", "-o", "a.json")
    assert done.exit_code == 2
    assert "no selection 'paper'" in done.stderr


def test_offline_a_repository_that_is_not_on_disk_is_refused_and_nothing_is_asked(online: Shell, hub: Hub) -> None:
    done = online("render", *PROMPTS, *TINY, "--offline")
    assert done.exit_code == 2
    assert "not on this disk" in done.stderr
    assert not hub.asked


def test_doctor_lists_what_lies_on_disk_and_says_whether_there_is_a_token(
    online: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert online("render", *PROMPTS, *TINY, "--revision", "step0", "-o", "a.json").exit_code == 0
    said = online("doctor").output
    assert f"of the hub, on disk: {NAME} (1)" in said
    assert "no token, so gated models are refused" in said
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    said = online("doctor").output
    assert "a token is set" in said
    assert "hf_secret" not in said
