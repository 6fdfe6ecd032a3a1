"""Opening a checkpoint: its files are downloaded if they are missing, then it is loaded.

A download goes on in a process of its own. Meanwhile the computation only says how far it is, and that it has nothing
to do for a while, so that others get their turns; closing it leaves the download, which ends when nobody waits for it.
"""

from collections.abc import Generator
from contextlib import suppress

from stable_regions.analyses.report import Progress
from stable_regions.errors import DownloadBroken, Refusal
from stable_regions.models.hub.download import Download
from stable_regions.models.loading import LoadedModel
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.model import ModelRef

REST = 0.5
"""Seconds between two looks at a download."""

ROUNDS = 3
"""Times that files may leave the disk again before they are loaded, say through another process' limit."""


def opened(models: ModelCache, ref: ModelRef, done: int, total: int) -> Generator[Progress, None, LoadedModel]:
    """The checkpoint, loaded.

    Args:
        models: keeps it.
        ref: which.
        done: points that are done before it.
        total: points in all.

    Raises:
        Refusal: it cannot be had.
    """
    for _ in range(ROUNDS):
        yield Progress("load", done, total)
        if models.has(ref) or (download := models.catalogue.download(ref)) is None:
            return models.model(ref)
        try:
            while not download.ended():
                yield Progress("download", download.done, download.total, "bytes", _at(download), REST)
            yield Progress("download", download.total, download.total, "bytes", _at(download))
        finally:
            models.catalogue.leave(download)
    raise DownloadBroken(
        f"{ref.name} at {ref.revision} left the disk before it was loaded.",
        "Raise STABLE_REGIONS_HUB_BYTES: it must hold what is computed at the same time.",
    )


class Ahead:
    """The checkpoint that is needed next: downloaded, then read, while another one is computed with."""

    def __init__(self, models: ModelCache) -> None:
        self._models = models
        self._ref: ModelRef | None = None
        self._download: Download | None = None

    def look(self, ref: ModelRef | None) -> None:
        """See to the checkpoint that is needed next; None: nothing is. Never waits, never raises."""
        if ref != self._ref:
            self.close()
            self._ref = ref
            with suppress(Refusal):  # whoever opens it is told
                self._begin()
        elif ref is not None and self._download is not None and self._download.over:
            whole = self._download.whole
            self._leave()
            if whole:
                self._models.prefetch(ref)

    def close(self) -> None:
        """Leave what is under way, unless somebody else waits for it."""
        self._ref = None
        self._leave()

    def _begin(self) -> None:
        if self._ref is not None and not self._models.has(self._ref):
            self._download = self._models.catalogue.download(self._ref)
            if self._download is None:
                self._models.prefetch(self._ref)

    def _leave(self) -> None:
        if self._download is not None:
            self._models.catalogue.leave(self._download)
            self._download = None


def _at(download: Download) -> str:
    return f"{download.ref.revision}: {download.files_done} of {download.files} files, {download.file}"
