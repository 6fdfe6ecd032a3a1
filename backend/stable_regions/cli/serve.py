"""`stable-regions serve`: the page and its API on this machine."""

import ipaddress
import signal
import socket
import webbrowser
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from fastapi import FastAPI

    from stable_regions.settings import Settings

GRACE = 3
"""Seconds that open answers get when the server is told to stop."""


def serve(
    pack: Annotated[
        Path | None, typer.Argument(metavar="[PACK]", help="Show a pack, talk.srpack, instead of computing.")
    ] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on; 127.0.0.1 if not set.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port; 0 lets the system choose.")] = None,
    store: Annotated[str | None, typer.Option(help="sqlite, or a Redis URL.")] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Ask no hub; use only what is on disk.")] = False,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
) -> None:
    """Serve the page. What is not given here comes from the environment (docs/settings.md)."""
    from stable_regions.settings import Settings

    given = {"host": host, "port": port, "store": store, "offline": offline or None}
    settings = Settings.model_validate({**Settings().model_dump(), **{k: v for k, v in given.items() if v is not None}})
    guarded(settings)
    if pack is None:
        from stable_regions.app import create_app

        _run(settings, open_page, create_app(settings))
        return
    from stable_regions.app import create_pack_app
    from stable_regions.packs.archive import read_archive
    from stable_regions.packs.folder import write_folder

    with TemporaryDirectory(prefix="stable-regions-") as folder:
        write_folder(read_archive(pack), Path(folder))
        _run(settings, open_page, create_pack_app(settings, Path(folder)))


def guarded(settings: "Settings") -> None:
    """Refuse to listen beyond this machine without a token.

    Raises:
        ValueError: the address can be reached by others, no token is set, and `open` is not either.
    """
    if settings.token is None and not settings.open and not loopback(settings.host):
        raise ValueError(
            f"Others can reach {settings.host}, and no token is set. Set STABLE_REGIONS_TOKEN to a long random text, "
            "or STABLE_REGIONS_OPEN=true where something in front checks who asks, or listen on 127.0.0.1."
        )


def loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def bound(host: str, port: int) -> socket.socket:
    """The socket to listen on, taken before anything else is started.

    Raises:
        OSError: the port is taken or not allowed, or the address is none of this machine's.
    """
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise OSError(f"Port {port} of {host} cannot be used: {error.strerror}. Choose another: --port 9000") from error
    # Connections inherit it. asyncio sets it only on sockets that it made; without it each answer waits 40 ms for an ACK.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _run(settings: "Settings", open_page: bool, app: "FastAPI") -> None:
    listening = bound(settings.host, settings.port)
    import uvicorn

    from stable_regions.routes.connections import BACKLOG, PatientProtocol, connections_allowed, quieten

    shown = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104  (compared, not bound)
    url = f"http://{f'[{shown}]' if ':' in shown else shown}:{listening.getsockname()[1]}"

    class Server(uvicorn.Server):
        """Says where it listens once it answers; when told to stop, ends the event streams first."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            typer.echo(f"Stable Regions Explorer: {url}  (Ctrl-C stops it)")
            if open_page:
                webbrowser.open(url)

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            # uvicorn would raise the signal again after an orderly stop, and the exit code would tell of a death.
            app.state.stopping.set()
            self.force_exit = self.should_exit and sig == signal.SIGINT
            self.should_exit = True

    PatientProtocol.limit = connections_allowed()
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        backlog=BACKLOG,
        log_level="warning" if settings.log == "info" else settings.log,
        access_log=settings.log == "debug",
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    quieten()
    Server(config).run(sockets=[listening])
