import socket
from pathlib import Path

import httpx
import pytest

from cli.conftest import Shell
from client.served import served
from stable_regions.cli.serve import loopback


def test_serving_beyond_this_machine_without_a_token_is_refused(shell: Shell):
    done = shell("serve", "--host", "0.0.0.0", "--port", "0")
    assert done.exit_code == 2
    assert "Others can reach 0.0.0.0, and no token is set." in done.stderr
    assert "STABLE_REGIONS_TOKEN" in done.stderr


def test_a_taken_port_is_refused_before_anything_starts(shell: Shell):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = shell("serve", "--port", str(port))
    assert done.exit_code == 2
    assert f"Port {port} of 127.0.0.1 cannot be used" in done.stderr
    assert "--port 9000" in done.stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost"])
def test_loopback_needs_no_token(host: str):
    assert loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "example.org", ""])
def test_everything_else_can_be_reached_by_others(host: str):
    assert not loopback(host)


def test_the_server_says_its_address_answers_there_and_stops_when_told(tmp_path: Path, tiny_folder: Path):
    with served(tmp_path, tiny_folder) as url:
        assert httpx.get(url + "/healthz").status_code == 200
        assert httpx.get(url + "/").status_code in (200, 503)
    with pytest.raises(httpx.ConnectError):
        httpx.get(url + "/healthz")
