"""Opening the store that the settings name."""

import logging
import os
import tempfile
from pathlib import Path

from stable_regions.settings import Settings
from stable_regions.store.base import Store
from stable_regions.store.breaker import BreakerStore
from stable_regions.store.bundled import BundledStore
from stable_regions.store.memory import MemoryStore
from stable_regions.store.redis import RedisStore
from stable_regions.store.shelter import ShelterStore
from stable_regions.store.sqlite import SqliteStore

LEAST = 16 * 2**20
"""Bytes of memory, at least, for results that the disk does not take."""

log = logging.getLogger(__name__)


def open_store(settings: Settings, bundled: Path | None = None) -> Store:
    """The store of `settings.store`, with the results of a folder in front.

    Args:
        settings: `sqlite`, or a Redis URL; then a local file stands behind it for the time when Redis fails.
        bundled: folder of shipped results.

    Raises:
        ValueError: the setting names no store.
    """
    file = _folder(settings.cache_folder) / "results.sqlite"
    local = ShelterStore(SqliteStore(file, settings.cache_bytes), MemoryStore(max(LEAST, settings.recent_bytes)))
    store: Store = local
    if settings.store.startswith(("redis://", "rediss://", "unix://")):
        store = BreakerStore(RedisStore(settings.store), local)
    elif settings.store != "sqlite":
        raise ValueError(f"STABLE_REGIONS_STORE is {settings.store!r}; expected 'sqlite' or a redis:// URL")
    return BundledStore(store, bundled) if bundled else store


def _folder(folder: Path) -> Path:
    """The cache folder, or a temporary one where it cannot be written: the product works, it only forgets."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except OSError as error:
        log.warning("the cache folder cannot be made: %s", error)
    instead = Path(tempfile.mkdtemp(prefix="stable-regions-"))
    log.warning("the cache folder %s cannot be written; results are kept in %s until it is cleared", folder, instead)
    return instead
