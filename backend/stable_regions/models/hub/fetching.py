"""The process that downloads one checkpoint: `python -m stable_regions.models.hub.fetching`.

A process, so that cancelling is certain: whoever started it ends it, whatever a socket waits for, and what is partial is
taken up next time. On standard input it gets one line that says what to fetch; when that input ends, whoever waited is
gone, and so is this. On standard output it says how far it is, a line of JSON each time, and last how it ended.
"""

import json
import os
import sys
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TextIO

from huggingface_hub import constants, hf_hub_download
from huggingface_hub.utils import disable_progress_bars
from huggingface_hub.utils.logging import set_verbosity_error

from stable_regions.errors import Refusal
from stable_regions.models.hub.asking import PATIENCE, ask
from stable_regions.models.hub.disk import COMMIT
from stable_regions.models.hub.fetch import fetch
from stable_regions.models.hub.trees import HubFile
from stable_regions.schemas.model import ModelRef

TOGETHER = 4
"""Files fetched at once."""

TELL_SECONDS = 0.1
"""How far it is, is said so often."""

CHUNK = 2**16
"""Bytes between two looks: what is lost of a download that is ended, and how fine its progress is."""


class Progress:
    """How far each file is; said aloud now and then, by a thread of its own."""

    def __init__(self, files: Sequence[HubFile], out: TextIO) -> None:
        self._out = out
        self._sizes = {file.path: file.size for file in files}
        self._there: dict[str, int] = {}
        self._last = ""
        self._over = threading.Event()
        self._teller = threading.Thread(target=self._tell, daemon=True)
        self._teller.start()

    def told(self, path: str, there: int) -> None:
        """So many bytes of a file are there."""
        self._there[path] = there
        self._last = path

    def ended(self, problem: Mapping[str, object] | None) -> None:
        """Nothing more comes."""
        self._over.set()
        self._teller.join()
        self._say({"ended": problem is None, "problem": problem})

    def _tell(self) -> None:
        said: Mapping[str, object] = {}
        while True:
            over = self._over.wait(TELL_SECONDS)
            whole = sum(self._there.get(name) == size for name, size in self._sizes.items())
            line = {"done": sum(self._there.copy().values()), "files_done": whole, "file": self._last}
            if line != said:
                self._say(line)
                said = line
            if over:
                return

    def _say(self, line: Mapping[str, object]) -> None:
        self._out.write(json.dumps(line) + "\n")
        self._out.flush()


def fetched(ref: ModelRef, commit: str, files: Sequence[HubFile], progress: Progress) -> None:
    """Have all the files, small ones first; then note for any reader of the cache which branch this commit was.

    Raises:
        Refusal: the first file's that could not be had.
    """

    def one(file: HubFile) -> None:
        ask(ref, lambda: fetch(ref, commit, file, lambda there: progress.told(file.path, there)))

    threads = ThreadPoolExecutor(TOGETHER)
    coming = [threads.submit(one, file) for file in sorted(files, key=lambda file: file.size)]
    for future in coming:
        future.result()
    if not COMMIT.fullmatch(ref.revision):
        ask(ref, lambda: hf_hub_download(ref.name, "config.json", revision=ref.revision, etag_timeout=PATIENCE))


def main() -> None:
    """Read what to fetch, fetch it, say how it ended."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    asked = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with, args=(sys.stdin,), daemon=True).start()
    constants.DOWNLOAD_CHUNK_SIZE = CHUNK
    disable_progress_bars()
    set_verbosity_error()  # the client's warnings quote signed addresses
    files = [HubFile(path, size, checksum) for path, size, checksum in asked["files"]]
    progress = Progress(files, out)
    try:
        fetched(ModelRef(name=asked["name"], revision=asked["revision"]), asked["commit"], files, progress)
        progress.ended(None)
    except Refusal as refusal:
        progress.ended(dict(refusal.problem()))
    out.flush()
    os._exit(0)  # threads of other files may wait for a socket


def _end_with(file: TextIO) -> None:
    """End when whoever started this does."""
    file.read()
    os._exit(1)


if __name__ == "__main__":
    main()
