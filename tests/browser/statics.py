"""A bare file server on this machine, as any static host is one."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the name that is overridden)
        pass


class Statics:
    """Serves a folder until it is stopped; `path` is where in it the address leads."""

    def __init__(self, folder: Path, path: str = "") -> None:
        self._host = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
        self._running = True
        threading.Thread(target=self._host.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._host.server_port}/{path}"

    def stop(self) -> None:
        """Stop it; a second time does nothing."""
        if self._running:
            self._running = False
            self._host.shutdown()
            self._host.server_close()
