"""Dockerfile and docker-compose.yml, checked without an engine."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


def ran(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def compose() -> tuple[str, ...] | None:
    """A compose client of version 2 or later, if there is one. It parses without an engine."""
    for command in (("docker", "compose"), ("docker-compose",)):
        if shutil.which(command[0]):
            said = ran(*command, "version", "--short")
            if said.returncode == 0 and int(said.stdout.strip().lstrip("v").split(".")[0]) >= 2:
                return command
    return None


def test_the_dockerfile_has_no_fault_that_hadolint_knows():
    said = ran(str(BIN / "hadolint"), "Dockerfile")
    assert (said.returncode, said.stdout) == (0, "")


def test_hadolint_would_find_one(tmp_path: Path):
    bad = tmp_path / "Dockerfile"
    bad.write_text("FROM python:latest\nRUN cd /tmp && pip install torch\n")
    assert ran(str(BIN / "hadolint"), str(bad)).returncode != 0


def test_the_compose_file_fits_the_compose_schema():
    said = ran(str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", "docker-compose.yml")
    assert said.returncode == 0, said.stdout + said.stderr


def test_the_schema_refuses_a_misspelt_key(tmp_path: Path):
    bad = tmp_path / "docker-compose.yml"
    bad.write_text("services:\n  app:\n    image: a\n    enviroment: {}\n")
    said = ran(str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", str(bad))
    assert said.returncode != 0


def test_composes_own_parser_takes_the_file():
    client = compose()
    if client is None:
        pytest.skip("no compose client (v2 or later) here; hadolint and the schema were checked")
    said = ran(*client, "--profile", "gpu", "config", "--format", "json")
    assert said.returncode == 0, said.stderr
    services = json.loads(said.stdout)["services"]
    assert set(services) == {"redis", "app", "app-gpu"}


def test_everything_a_service_refers_to_is_defined():
    file = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    named = set(file["volumes"])
    for service in file["services"].values():
        assert set(service.get("depends_on", {})) <= set(file["services"])
        volumes = {volume.partition(":")[0] for volume in service.get("volumes", [])}
        assert {volume for volume in volumes if not volume.startswith(".")} <= named


def test_the_app_waits_for_a_healthy_redis_and_only_loopback_reaches_it():
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    assert services["app"]["depends_on"]["redis"]["condition"] == "service_healthy"
    assert services["redis"]["healthcheck"]["test"]
    assert "ports" not in services["redis"]
    assert all(port.startswith("127.0.0.1:") for name in ("app", "app-gpu") for port in services[name]["ports"])


def test_the_gpu_is_reserved_by_its_profile_alone():
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    (device,) = services["app-gpu"]["deploy"]["resources"]["reservations"]["devices"]
    assert services["app-gpu"]["profiles"] == ["gpu"]
    assert (device["driver"], device["capabilities"]) == ("nvidia", ["gpu"])
    assert "deploy" not in services["app"]


def test_everything_the_dockerfile_copies_is_there_and_let_through():
    text = (ROOT / "Dockerfile").read_text()
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    sources = [source for line in re.findall(r"^COPY (.+)$", text, re.MULTILINE) for source in line.split()[:-1]]
    assert sources
    assert [source for source in sources if not (ROOT / source).exists()] == []
    assert [source for source in sources if f"!{source}" not in ignored] == []


def test_the_image_runs_as_nobody_special_and_says_whether_it_is_well():
    text = (ROOT / "Dockerfile").read_text()
    assert re.search(r"^USER 10001$", text, re.MULTILINE)
    assert "/healthz" in text.partition("HEALTHCHECK")[2]
