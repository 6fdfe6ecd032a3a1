"""How long a request will take, from what was measured on this machine.

    seconds = latency · checkpoints + points / rate

Latency is what a checkpoint costs before its points: its turn, loading, the clean runs, the first pass. The rate is taken
between the reports of a running computation, where no latency is; so a click on one point says nothing of the rate but a
bound, and a sheet of a million points nothing of the latency.

A point costs in proportion to the weights above the write layer, so one measured model gives a first guess for all. A
model and layer that were measured themselves are then known better. Before any rate is known a processor of `USUAL`
speed is assumed, but none slower than what was seen. Work without a model is known by its analysis, and before it was
measured here by the pace that its benchmark found.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from stable_regions.schemas.events import Estimate
from stable_regions.schemas.model import ModelCard
from stable_regions.schemas.model_request import checkpoints
from stable_regions.schemas.request import AnalysisRequest, Work

WEIGHT = 0.3
"""Of the newest measurement in the running mean."""

STEADY = 64
"""Points between two reports below which a pass' latency still shows in the rate."""

USUAL = 2 / 5e10
"""Seconds per weight that a point passes through, on two cores of a server: two operations at 5 · 10¹⁰ a second. Measured:
3.5 · 10¹⁰ for facts-12l, 7.5 · 10¹⁰ for a model of 135 million weights."""


@dataclass(frozen=True)
class Took:
    """What a computation took.

    Attributes:
        points: of all of it.
        seconds: from its first sign of work to its end.
        steady_points: points computed between two reports of points, one after the other.
        steady_seconds: the time between those reports.
    """

    points: int
    seconds: float
    steady_points: int = 0
    steady_seconds: float = 0.0


class Speeds:
    """Seconds per point, by model, dtype and write layer; per weight touched, over all of them; and of latency."""

    def __init__(self) -> None:
        self._by_layer: dict[tuple[str, str, int], float] = {}
        self._at_most: dict[tuple[str, str, int], float] = {}
        self._by_weight: float | None = None
        self._weight_at_most: float | None = None
        self._latency: dict[str, float] = {}
        self._any_latency: float | None = None
        self._by_analysis: dict[str, float] = {}

    def estimate(self, request: AnalysisRequest, cards: Sequence[ModelCard]) -> Estimate:
        """The cost of a resolved request; its seconds are null until something was measured."""
        work = request.work()
        if not cards:
            paced = request.paced_by()
            each = self._by_analysis.get(paced.name(), 1 / paced.pace if paced.pace else None)
            return _priced(work, None if each is None else work.points * each)
        card = cards[0]
        if self._any_latency is None:
            return _priced(work, None)
        latency = self._latency.get(card.name, self._any_latency)
        return _priced(work, work.passes * latency + work.points * self._each(request, card))

    def learn(self, request: AnalysisRequest, cards: Sequence[ModelCard], took: Took) -> None:
        """Remember what a request took."""
        if took.points <= 0 or took.seconds <= 0:
            return
        if not cards:
            each = took.seconds / took.points
            name = request.paced_by().name()
            self._by_analysis[name] = _mean(self._by_analysis.get(name), each)
            return
        card, place = cards[0], _place(request, cards[0])
        weights = weights_above(card, place[2])
        if took.steady_points >= STEADY and took.steady_seconds > 0:
            each = took.steady_seconds / took.steady_points
            self._by_layer[place] = _mean(self._by_layer.get(place), each)
            self._by_weight = _mean(self._by_weight, each / weights)
        bound = took.seconds / took.points
        self._at_most[place] = min(bound, self._at_most.get(place, bound))
        self._weight_at_most = min(bound / weights, self._weight_at_most or bound / weights)
        rest = took.seconds - took.points * self._each(request, card)
        latency = max(rest, 0.0) / request.work().passes
        self._latency[card.name] = _mean(self._latency.get(card.name), latency)
        self._any_latency = _mean(self._any_latency, latency)

    def _each(self, request: AnalysisRequest, card: ModelCard) -> float:
        """Seconds per point, as well as is known."""
        place = _place(request, card)
        if place in self._by_layer:
            return self._by_layer[place]
        weights = weights_above(card, place[2])
        if self._by_weight is not None:
            return min(self._by_weight * weights, self._at_most.get(place, float("inf")))
        bounds = [USUAL * weights]
        if place in self._at_most:
            bounds.append(self._at_most[place])
        elif self._weight_at_most is not None:
            bounds.append(self._weight_at_most * weights)
        return min(bounds)


def _priced(work: Work, seconds: float | None) -> Estimate:
    return Estimate(
        points=work.points,
        passes=work.passes,
        unit=work.unit,
        seconds=seconds,
        memory_bytes=work.memory_bytes or None,
    )


def weights_above(card: ModelCard, layer: int) -> float:
    """Weights that a point written after a block passes through: the blocks above, and the unembedding."""
    unembedding = card.d_model * card.d_vocab
    blocks = max(card.parameters - 2 * unembedding, card.parameters // 2)
    return blocks * (card.layers - 1 - layer) / card.layers + unembedding


def _place(request: AnalysisRequest, card: ModelCard) -> tuple[str, str, int]:
    return (card.name, checkpoints(request)[0].dtype, _layer(request))


def _layer(request: AnalysisRequest) -> int:
    """The write layer, wherever the request keeps it."""
    return _find(request.model_dump(mode="json"))


def _find(fields: object) -> int:
    if isinstance(fields, dict):
        for name, value in fields.items():
            if name == "write_layer" and isinstance(value, int):
                return value
            if found := _find(value):
                return found
    return 0


def _mean(old: float | None, new: float) -> float:
    return new if old is None else (1 - WEIGHT) * old + WEIGHT * new
