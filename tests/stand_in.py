"""A stand-in of the model hub: the few paths of its HTTP interface that the real client asks, on loopback.

A repository is a folder of branches, a branch a folder of files; its commit is the hash of the branch's name. Weights
are large files to it (`lfs`, named by SHA-256), all others small ones (named by git's blob id), as on the hub. It serves
parts of files (`Range`), and can be as slow and as faulty as it is told.
"""

import hashlib
import json
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TOKEN = "hf_a_secret_that_nobody_may_see"
"""Opens what is gated."""

BLOCK = 2**15


def commit(repository: str, branch: str) -> str:
    """The commit a branch points to: 40 hexadecimal digits."""
    return hashlib.sha1(f"{repository} {branch}".encode()).hexdigest()


@dataclass
class Fault:
    """What goes wrong with a file.

    Attributes:
        pause: seconds before each block of 32 KiB.
        gate: after `held` bytes nothing comes until it is set.
        breaks: bytes after which the connection is cut, once; afterwards the file is refused if `gone`.
        gone: whether nothing more is given after the break.
        other: whether other content comes than the tree promised.
        size: bytes that the tree promises instead of the true ones.
        cut: whether it broke already.
    """

    pause: float = 0.0
    gate: threading.Event | None = None
    held: int = 2**18
    breaks: int | None = None
    gone: bool = False
    other: bool = False
    size: int | None = None
    cut: bool = False


@dataclass
class Hub:
    """What is served, and what has been asked.

    Attributes:
        url: where.
        folder: `<owner>/<name>/<branch>/<file>`.
        gated: repositories that want the token.
        faults: by file name; by `<branch>/<file>` where only one branch has it.
        asked: method, path and range of every request.
        moved: branches that point to another branch's commit now.
        silent: whether every question is answered that it cannot be.
    """

    folder: Path
    gated: frozenset[str] = frozenset()
    url: str = ""
    faults: dict[str, Fault] = field(default_factory=dict[str, Fault])
    asked: list[str] = field(default_factory=list[str])
    moved: dict[str, str] = field(default_factory=dict[str, str])
    silent: bool = False

    def hold(self, file: str) -> threading.Event:
        """Give a part of a file only, until the event is set."""
        gate = threading.Event()
        self.faults[file] = Fault(gate=gate)
        return gate

    def mend(self) -> None:
        """From now on everything is as it should be."""
        for fault in self.faults.values():
            if fault.gate is not None:
                fault.gate.set()
        self.faults.clear()

    def fetched(self, ending: str = ".safetensors") -> list[str]:
        """The requests for bodies of files with that ending."""
        return [line for line in self.asked if line.startswith("GET") and ending in line]


class Handler(BaseHTTPRequestHandler):
    """Answers for the repositories of `hub`."""

    hub: Hub
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def log_message(self, *_: object) -> None:
        """Say nothing; `asked` keeps what was asked."""

    def _answer(self, with_body: bool) -> None:
        path, span = unquote(urlsplit(self.path).path), self.headers.get("Range", "")
        self.hub.asked.append(f"{self.command} {path} {span}".strip())
        words = path.lstrip("/").split("/")
        try:
            if self.hub.silent:
                raise LookupError("Broken")
            if words[:2] == ["api", "models"]:
                repository = self._repository(words[2:4])
                kind, rest = (words[4], words[5:]) if len(words) > 4 else ("revision", ["main"])
                self._send(200, json.dumps(self._described(repository, kind, "/".join(rest))).encode(), {}, with_body)
            else:
                self._file(words, span, with_body)
        except LookupError as missing:
            code = str(missing.args[0])
            status = {"GatedRepo": 403, "Broken": 503}.get(code, 404)
            self._send(status, b"", {"X-Error-Code": code, "X-Error-Message": code}, with_body)

    def _file(self, words: list[str], span: str, with_body: bool) -> None:
        repository = self._repository(words[0:2])
        assert words[2] == "resolve"
        for cut in range(4, len(words)):
            branch, name = self._branch(repository, "/".join(words[3:cut])), "/".join(words[cut:])
            file = self.hub.folder / repository / branch / name if branch else None
            if file is None or not file.is_file():
                continue
            fault = self._fault(file)
            content = file.read_bytes()
            large, checksum = named(file)
            headers = {"ETag": f'"{checksum}"', "X-Repo-Commit": commit(repository, branch or "")}
            if large:
                headers |= {"X-Linked-Etag": f'"{checksum}"', "X-Linked-Size": str(len(content))}
            if fault.other:
                content = bytes(len(content))
            if fault.cut and fault.gone and with_body:
                raise LookupError("Broken")
            status, start = 200, 0
            if span and with_body:
                status, start = 206, int(span.removeprefix("bytes=").partition("-")[0])
                headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
            self._send(status, content[start:], headers, with_body, fault)
            return
        raise LookupError("EntryNotFound")

    def _described(self, repository: str, kind: str, rest: str) -> object:
        home = self.hub.folder / repository
        if kind == "refs":
            branches = [
                {
                    "name": b.name,
                    "ref": f"refs/heads/{b.name}",
                    "targetCommit": commit(repository, self.hub.moved.get(b.name, b.name)),
                }
                for b in home.iterdir()
            ]
            return {"branches": branches, "converts": [], "tags": []}
        branch = self._branch(repository, rest)
        if branch is None:
            raise LookupError("RevisionNotFound")
        files = sorted(file for file in (home / branch).iterdir() if file.is_file())
        if kind == "tree":
            return [self._entry(file) for file in files]
        counted = {"parameters": {"F32": 12345}, "total": 12345}
        return {
            "id": repository,
            "sha": commit(repository, branch),
            "siblings": [{"rfilename": file.name} for file in files],
            "safetensors": counted,
            "gated": "manual" if repository in self.hub.gated else False,
            "cardData": {"license": "apache-2.0"},
        }

    def _entry(self, file: Path) -> Mapping[str, object]:
        size = self._fault(file).size or file.stat().st_size
        large, checksum = named(file)
        entry: dict[str, object] = {"type": "file", "path": file.name, "size": size, "oid": checksum[:40]}
        return entry | ({"lfs": {"oid": checksum, "size": size, "pointerSize": 134}} if large else {})

    def _fault(self, file: Path) -> Fault:
        return self.hub.faults.get(f"{file.parent.name}/{file.name}") or self.hub.faults.get(file.name) or Fault()

    def _repository(self, words: list[str]) -> str:
        repository = "/".join(words)
        if repository in self.hub.gated and self.headers.get("Authorization") != f"Bearer {TOKEN}":
            raise LookupError("GatedRepo")
        if not (self.hub.folder / repository).is_dir():
            raise LookupError("RepoNotFound")
        return repository

    def _branch(self, repository: str, revision: str) -> str | None:
        """The branch of that name or commit."""
        names = [branch.name for branch in (self.hub.folder / repository).iterdir()]
        return next((name for name in names if revision in (name, commit(repository, name))), None)

    def _send(
        self, status: int, body: bytes, headers: Mapping[str, str], with_body: bool, fault: Fault | None = None
    ) -> None:
        fault = fault or Fault()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not with_body:
            return
        try:
            for start in range(0, len(body), BLOCK):
                time.sleep(fault.pause)
                if fault.gate is not None and start >= fault.held:
                    self.wfile.flush()
                    fault.gate.wait()
                if fault.breaks is not None and not fault.cut and start >= fault.breaks:
                    fault.cut = True
                    self.wfile.flush()
                    self.close_connection = True
                    return
                self.wfile.write(body[start : start + BLOCK])
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client went away


def named(file: Path) -> tuple[bool, str]:
    """Whether a file counts as large, and its checksum."""
    content = file.read_bytes()
    if file.suffix in (".safetensors", ".bin"):
        return True, hashlib.sha256(content).hexdigest()
    return False, hashlib.sha1(f"blob {len(content)}\0".encode() + content).hexdigest()


class Server(ThreadingHTTPServer):
    """Says nothing of clients that are ended in the middle."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(*_)  # type: ignore[arg-type]


@contextmanager
def stand_in(folder: Path, gated: frozenset[str] = frozenset()) -> Iterator[Hub]:
    """Serve the folder."""
    hub = Hub(folder, gated)
    handler = type("Served", (Handler,), {"hub": hub})
    server = Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    hub.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        hub.mend()
        server.shutdown()
        server.server_close()
        thread.join()
