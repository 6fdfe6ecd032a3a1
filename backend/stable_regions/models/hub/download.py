"""A checkpoint's download, seen by whoever waits for it; one process fetches for all who do."""

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import cast

from stable_regions.errors import DownloadBroken, Problem, Refusal, from_problem
from stable_regions.models.hub.trees import HubFile
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.result import Json

log = logging.getLogger(__name__)

Plan = Callable[[], Sequence[HubFile]]


class Download:
    """One checkpoint on its way. Made by `Downloads.begin`; leave it when you wait no longer.

    Args:
        ref: the checkpoint.
        commit: its commit.
        plan: asks the hub which files are missing, and sees that they have room; raises what speaks against it.

    Attributes:
        done: bytes that are there.
        total: bytes of all the files; 0 until the hub said.
        file: the file that moved last.
        files_done: files that are whole.
        files: how many there are.
    """

    def __init__(self, ref: ModelRef, commit: str, plan: Plan) -> None:
        self.ref = ref
        self.commit = commit
        self.done = self.total = self.files_done = self.files = 0
        self.file = ""
        self.waiting = 1
        self._plan = plan
        self._refusal: Refusal | None = None
        self._over = threading.Event()
        self._unwanted = False
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        threading.Thread(target=self._run, name="download", daemon=True).start()

    @property
    def over(self) -> bool:
        """Whether nothing more comes, for good or bad."""
        return self._over.is_set()

    @property
    def whole(self) -> bool:
        """Whether everything is there."""
        return self.over and self._refusal is None

    def ended(self) -> bool:
        """Whether everything is there.

        Raises:
            Refusal: it never will be.
        """
        if self.over and self._refusal is not None:
            raise self._refusal
        return self.over

    def wait(self) -> None:
        """Block until everything is there. Raises as `ended` does."""
        self._over.wait()
        self.ended()

    def end(self) -> None:
        """Stop it, whatever it does; what is partial is taken up next time."""
        with self._lock:
            self._unwanted = True
        if self._process is not None:
            self._process.kill()
            self._over.wait()

    def _run(self) -> None:
        """In a thread: plan, start the process, hear it to its end."""
        try:
            files = self._plan()
            self.total, self.files = sum(file.size for file in files), len(files)
            if not self._fetched(files):
                raise DownloadBroken(
                    f"The download of {self.ref.name} at {self.ref.revision} was ended.",
                    "Ask again: it goes on where it broke off.",
                )
        except Refusal as refusal:
            self._refusal = refusal
        except Exception:
            log.exception("a download failed")
            self._refusal = DownloadBroken(
                f"The download of {self.ref.name} at {self.ref.revision} failed.", "The server's log says why."
            )
        finally:
            self._over.set()

    def _fetched(self, files: Sequence[HubFile]) -> bool:
        """Whether the process said that everything is there; raises what it refused with."""
        with self._lock:
            if self._unwanted:
                return False
            process = self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "stable_regions.models.hub.fetching"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=_environment(),
                text=True,
            )
        assert process.stdin
        assert process.stdout
        rows = [[file.path, file.size, file.checksum] for file in files]
        order = {"name": self.ref.name, "revision": self.ref.revision, "commit": self.commit, "files": rows}
        with suppress(BrokenPipeError):  # it is dead already, and says nothing more
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()
        last: dict[str, Json] = {}
        for text in process.stdout:
            last = json.loads(text)
            if "ended" not in last:
                self.done, self.files_done = int(str(last["done"])), int(str(last["files_done"]))
                self.file = str(last["file"])
        process.wait()
        with suppress(BrokenPipeError):
            process.stdin.close()
        process.stdout.close()
        problem = last.get("problem")
        if isinstance(problem, dict):
            raise from_problem(cast(Problem, problem))
        return last.get("ended") is True


class Downloads:
    """The downloads under way in this process; who asks for one that is under way joins it."""

    def __init__(self) -> None:
        self._running: dict[tuple[str, str], Download] = {}
        self._lock = threading.Lock()

    def joined(self, ref: ModelRef, commit: str) -> Download | None:
        """The download of a checkpoint, if it is under way."""
        with self._lock:
            here = self._running.get((ref.name, commit))
            if here is None or here.over:
                return None
            here.waiting += 1
            return here

    def begin(self, ref: ModelRef, commit: str, plan: Plan) -> Download:
        """The download of a checkpoint."""
        here = Download(ref, commit, plan)
        with self._lock:
            self._running[ref.name, commit] = here
        return here

    def leave(self, download: Download) -> None:
        """Wait for it no longer; the last one to leave ends it."""
        with self._lock:
            download.waiting -= 1
            if download.waiting > 0:
                return
            if self._running.get((download.ref.name, download.commit)) is download:
                del self._running[download.ref.name, download.commit]
        download.end()

    def wanted(self) -> set[tuple[str, str]]:
        """Repository and commit of those that somebody waits for."""
        with self._lock:
            return set(self._running)


def _environment() -> dict[str, str]:
    """This environment and module path; the server's access token is none of its business."""
    kept = {name: value for name, value in os.environ.items() if name != "STABLE_REGIONS_TOKEN"}
    kept["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    return kept
