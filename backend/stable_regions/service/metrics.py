"""What is counted, for `/metrics`. Labels are names of our own, never anything a visitor wrote."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)


class Metrics:
    """Counters of one web process, in a registry of its own."""

    def __init__(self) -> None:
        registry = self.registry = CollectorRegistry()
        name = "stable_regions"
        self.hits = Counter(f"{name}_hits", "Requests answered from the cache.", registry=registry)
        self.asked = Counter(f"{name}_asked", "Requests that were posted.", ["analysis"], registry=registry)
        self.wait = Histogram(
            f"{name}_wait_seconds", "From asking to the first sign of work.", buckets=SECONDS, registry=registry
        )
        self.seconds = Histogram(
            f"{name}_request_seconds", "From asking to the answer.", ["analysis"], buckets=SECONDS, registry=registry
        )
        self.retries = Counter(f"{name}_retries", "Computations begun again after a lost worker.", registry=registry)
        self.rejected = Counter(
            f"{name}_rejected", "Requests refused, by the refusal's name.", ["why"], registry=registry
        )
        self.queue = Gauge(f"{name}_queue", "Requests computed or waiting now.", registry=registry)
        self.streams = Gauge(f"{name}_streams", "Event streams open now.", registry=registry)
        self.deaths = Gauge(f"{name}_worker_deaths", "Workers lost since the start.", registry=registry)
        self.spoiled = Gauge(
            f"{name}_spoiled_results", "Stored results that were damaged, and removed.", registry=registry
        )
        self.up = Gauge(f"{name}_worker_up", "1 when the worker is ready.", registry=registry)
