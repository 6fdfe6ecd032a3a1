"""Which branches a repository has, and the commit each points to.

One question lists them all, so a film of a hundred checkpoints asks once. The answer is kept for a day, on disk too;
whoever wants to know what is new asks afresh, and the other processes of this machine read what came of it.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from huggingface_hub import GitRefs, HfApi

from stable_regions.errors import HubSilent, ModelUnavailable
from stable_regions.models.hub import notes
from stable_regions.models.hub.asking import ask
from stable_regions.schemas.model import ModelRef

DAY = 86_400.0
"""Seconds until the hub is asked again."""

SILENCE = 30.0
"""Seconds for which a hub that did not answer is not asked again: a film of many checkpoints waits once."""


@dataclass(frozen=True)
class Branches:
    """The branches of a repository.

    Attributes:
        at: when the hub was asked, seconds since 1970.
        commits: the commit each branch points to.
    """

    at: float
    commits: Mapping[str, str]


class BranchLists:
    """The branches of every repository that was asked for.

    Args:
        cache: the product's cache folder.
        offline: never ask.
    """

    def __init__(self, cache: Path, offline: bool) -> None:
        self._cache = cache
        self._offline = offline
        self._api = HfApi()
        self._known: dict[str, tuple[int, Branches]] = {}
        self._silent: dict[str, tuple[float, HubSilent]] = {}

    def of(self, name: str, refresh: bool = False) -> Branches | None:
        """The branches as last asked; None where the hub is not to be asked and never was.

        Args:
            name: the repository.
            refresh: ask now, however young the answer is.

        Raises:
            UnknownModel: the hub has no such repository.
            ModelUnavailable: it cannot be asked, and never was.
        """
        noted = self._noted(name)
        if self._offline or (noted is not None and not refresh and time.time() - noted.at < DAY):
            return noted
        try:
            refs = self._asked(name, refresh)
        except ModelUnavailable:
            if noted is None or refresh:
                raise
            return noted
        found = Branches(time.time(), {branch.name: branch.target_commit for branch in refs.branches})
        notes.write(self._file(name), {"at": found.at, "commits": dict(found.commits)})
        self._known[name] = (_changed(self._file(name)), found)
        return found

    def _asked(self, name: str, refresh: bool) -> GitRefs:
        since, refusal = self._silent.get(name, (0.0, None))
        if refusal is not None and not refresh and time.monotonic() - since < SILENCE:
            raise refusal
        self._silent.pop(name, None)
        try:
            return ask(ModelRef(name=name), lambda: self._api.list_repo_refs(name))
        except HubSilent as silence:
            self._silent[name] = (time.monotonic(), silence)
            raise

    def _noted(self, name: str) -> Branches | None:
        """What the note says; read again when another process wrote it anew."""
        file = self._file(name)
        changed = _changed(file)
        known = self._known.get(name)
        if known is not None and known[0] == changed:
            return known[1]
        note = notes.read(file)
        if note is None:
            return None
        at, commits = note.get("at"), note.get("commits")
        if not isinstance(at, int | float) or not isinstance(commits, dict):
            return None
        found = Branches(float(at), {branch: str(commit) for branch, commit in commits.items()})
        self._known[name] = (changed, found)
        return found

    def _file(self, name: str) -> Path:
        return notes.folder_of(self._cache, name) / "branches.json"


def _changed(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0
