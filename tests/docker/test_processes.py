"""What the compose file starts, started as processes: its commands, its environment, a real Redis-protocol server."""

import contextlib
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from patience import PATIENCE
from store.conftest import free_port, fresh_server

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


def command_and_environment() -> tuple[list[str], dict[str, str]]:
    """CMD and ENV of the Dockerfile with the compose file's environment over them."""
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    (command,) = re.findall(r"^CMD (\[.+\])$", text, re.MULTILINE)
    (pairs,) = re.findall(r"^ENV (.+)$", text, re.MULTILINE)
    # As Docker reads it: quotes that are not quoted themselves are gone.
    environment = dict(pair.split("=", 1) for pair in shlex.split(pairs))
    composed = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["app"]["environment"]
    return json.loads(command), {**environment, **composed}


@pytest.fixture
def redis_url() -> Iterator[str]:
    server = fresh_server()
    yield f"redis://127.0.0.1:{server.port}/0"
    server.stop()


def answer(url: str) -> tuple[int, str]:
    """Status and body; 0 while nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""
    except OSError:
        return 0, ""


def once_up(url: str, process: subprocess.Popen[str], seconds: float = PATIENCE) -> tuple[int, str]:
    """The first answer that is neither silence nor 503; the last one when time is up or the process is gone."""
    end = time.monotonic() + seconds
    said = answer(url)
    while said[0] in (0, 503) and time.monotonic() < end:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
            break
        said = answer(url)
    return said


@pytest.mark.redis
@pytest.mark.slow
def test_the_compose_files_app_starts_beside_redis_and_is_well(tmp_path: Path, redis_url: str):
    command, environment = command_and_environment()
    port = free_port()
    here = {"8000": str(port), "0.0.0.0": "127.0.0.1"}
    started = [str(BIN / command[0]), *(here.get(word, word) for word in command[1:])]
    assert environment["STABLE_REGIONS_STORE"] == "redis://redis:6379/0"
    environment["STABLE_REGIONS_STORE"] = redis_url
    environment = {name: value.replace("/data", str(tmp_path)) for name, value in environment.items()}
    (tmp_path / "models").mkdir()
    log = tmp_path / "log"
    with log.open("w") as sink:
        env = {"PATH": os.environ["PATH"], "OMP_NUM_THREADS": "1", **environment}
        process = subprocess.Popen(started, cwd=tmp_path, env=env, stdout=sink, stderr=sink, text=True)
    try:
        assert once_up(f"http://127.0.0.1:{port}/healthz", process)[0] == 200, log.read_text()
        assert once_up(f"http://127.0.0.1:{port}/readyz", process)[0] == 200, log.read_text()
        status, body = answer(f"http://127.0.0.1:{port}/api/v1/catalogue")
        assert status == 200
        assert json.loads(body)["models"]
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(PATIENCE)
    assert code == 0, log.read_text()
