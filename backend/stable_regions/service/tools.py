"""What every computation of a web process works with."""

from dataclasses import dataclass

from stable_regions.service.metrics import Metrics
from stable_regions.service.speed import Speeds
from stable_regions.store.base import Store
from stable_regions.workers.base import WorkerPool


@dataclass(frozen=True)
class Tools:
    """What every flight needs."""

    store: Store
    pool: WorkerPool
    speeds: Speeds
    metrics: Metrics
