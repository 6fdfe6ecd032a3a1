import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.conftest import Shell
from stable_regions.cli.doctor import Finding, Verdict
from stable_regions.settings import Settings
from store.conftest import fresh_server


def test_doctor_says_what_is_there(shell: Shell):
    said = shell("doctor").output
    for what in ("python", "torch", "device", "threads", "library", "models", "cache", "store", "page"):
        assert f" {what}" in said
    assert "tiny-gpt2 (1), tiny-neox (3)" in said


def test_a_redis_that_does_not_answer_is_a_note_and_not_the_end(shell: Shell, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("STABLE_REGIONS_STORE", "redis://user:secret@127.0.0.1:9/0")
    said = shell("doctor").output
    assert "Redis at 127.0.0.1:9/0 does not answer" in said
    assert "Start Redis" in said
    assert "secret" not in said


@pytest.mark.redis
def test_a_redis_that_answers_is_named_with_its_version(shell: Shell, monkeypatch: pytest.MonkeyPatch):
    server = fresh_server()
    try:
        monkeypatch.setenv("STABLE_REGIONS_STORE", f"redis://127.0.0.1:{server.port}/0")
        assert re.search(r"ok +store +Redis \d+\.\d+", shell("doctor").output)
    finally:
        server.stop()


def test_a_device_that_is_not_there_is_essential(shell: Shell, monkeypatch: pytest.MonkeyPatch):
    import torch

    if torch.cuda.is_available():
        pytest.skip("this machine has the device that the test needs to be missing")
    monkeypatch.setenv("STABLE_REGIONS_DEVICE", "cuda")
    done = shell("doctor")
    assert done.exit_code == 1
    assert "torch sees no CUDA device" in done.output
    assert "STABLE_REGIONS_DEVICE=cpu" in done.output


def test_a_cache_that_cannot_be_written_says_what_to_do(shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    file = tmp_path / "file"
    file.write_text("")
    monkeypatch.setenv("STABLE_REGIONS_CACHE_FOLDER", str(file / "cache"))
    assert "STABLE_REGIONS_CACHE_FOLDER" in shell("doctor").output


@pytest.mark.parametrize(("verdict", "code"), [("good", 0), ("note", 0), ("bad", 1)])
def test_only_what_is_essential_makes_the_exit_code(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, verdict: Verdict, code: int
):
    def look(_: Settings) -> Iterator[Finding]:
        yield Finding(verdict, "thing", "found [so]", "Do that.")

    monkeypatch.setattr(sys.modules[Finding.__module__], "LOOKS", (look,))
    done = shell("doctor")
    assert done.exit_code == code
    assert "found [so]" in done.output
    assert "Do that." in done.output
