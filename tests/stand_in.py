"""A stand-in of the model hub: the few paths of its HTTP interface that the real client asks, on loopback.

A repository is a folder of branches, a branch a folder of files; its commit is the hash of the branch's name. `gated`
repositories answer 403 with the hub's own error code, a repository that is not there 404.
"""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit


def commit(repository: str, branch: str) -> str:
    """The commit a branch points to: 40 hexadecimal digits."""
    return hashlib.sha1(f"{repository} {branch}".encode()).hexdigest()


class Handler(BaseHTTPRequestHandler):
    """Answers for the repositories under `folder` (`<owner>/<name>/<branch>/<file>`)."""

    folder: Path
    gated: frozenset[str]
    asked: list[str]

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def log_message(self, *_: object) -> None:
        """Say nothing; `asked` keeps what was asked."""

    def _answer(self, with_body: bool) -> None:
        path = unquote(urlsplit(self.path).path)
        self.asked.append(f"{self.command} {path}")
        try:
            body, headers = self._found(path.lstrip("/").split("/"))
        except LookupError as missing:
            code = str(missing.args[0])
            status = 403 if code == "GatedRepo" else 404
            self._send(status, b"", {"X-Error-Code": code, "X-Error-Message": code})
            return
        self._send(200, body if with_body else b"", headers, len(body))

    def _found(self, words: list[str]) -> tuple[bytes, dict[str, str]]:
        if words[:2] == ["api", "models"]:
            repository = self._repository(words[2:4])
            kind, rest = (words[4], words[5:]) if len(words) > 4 else ("revision", ["main"])
            return json.dumps(self._described(repository, kind, "/".join(rest))).encode(), {}
        repository = self._repository(words[0:2])
        assert words[2] == "resolve"
        for cut in range(4, len(words)):
            branch, name = self._branch(repository, "/".join(words[3:cut])), "/".join(words[cut:])
            file = self.folder / repository / branch / name if branch else None
            if file is not None and file.is_file():
                content = file.read_bytes()
                etag = f'"{hashlib.sha1(content).hexdigest()}"'
                return content, {"ETag": etag, "X-Repo-Commit": commit(repository, branch or "")}
        raise LookupError("EntryNotFound")

    def _described(self, repository: str, kind: str, rest: str) -> object:
        home = self.folder / repository
        if kind == "refs":
            branches = [
                {"name": b.name, "ref": f"refs/heads/{b.name}", "targetCommit": commit(repository, b.name)}
                for b in home.iterdir()
            ]
            return {"branches": branches, "converts": [], "tags": []}
        branch = self._branch(repository, rest)
        if branch is None:
            raise LookupError("RevisionNotFound")
        files = sorted(file for file in (home / branch).rglob("*") if file.is_file())
        if kind == "tree":
            return [
                {
                    "type": "file",
                    "path": str(file.relative_to(home / branch)),
                    "size": file.stat().st_size,
                    "oid": hashlib.sha1(file.read_bytes()).hexdigest(),
                }
                for file in files
            ]
        siblings = [{"rfilename": str(file.relative_to(home / branch))} for file in files]
        counted = {"parameters": {"F32": 12345}, "total": 12345}
        return {"id": repository, "sha": commit(repository, branch), "siblings": siblings, "safetensors": counted}

    def _repository(self, words: list[str]) -> str:
        repository = "/".join(words)
        if repository in self.gated:
            raise LookupError("GatedRepo")
        if not (self.folder / repository).is_dir():
            raise LookupError("RepoNotFound")
        return repository

    def _branch(self, repository: str, revision: str) -> str | None:
        """The branch of that name or commit."""
        names = [branch.name for branch in (self.folder / repository).iterdir()]
        return next((name for name in names if revision in (name, commit(repository, name))), None)

    def _send(self, status: int, body: bytes, headers: dict[str, str], length: int | None = None) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def stand_in(folder: Path, gated: frozenset[str] = frozenset()) -> Iterator[tuple[str, list[str]]]:
    """Serve the folder; gives the address, and the list of what has been asked."""
    asked: list[str] = []
    handler = type("Served", (Handler,), {"folder": folder, "gated": gated, "asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
