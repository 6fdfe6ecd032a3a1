"""How long a request will take, from what was measured on this machine.

A point costs in proportion to the weights above the write layer, so one measured model gives a first guess for all. A
model and layer that were measured themselves are then known better. Work without a model is known by its analysis, and
before it was measured here by the pace that its benchmark found.
"""

from collections.abc import Sequence

from stable_regions.schemas.events import Estimate
from stable_regions.schemas.model import ModelCard
from stable_regions.schemas.model_request import checkpoints
from stable_regions.schemas.request import AnalysisRequest, Work

WEIGHT = 0.3
"""Of the newest measurement in the running mean."""


class Speeds:
    """Seconds per point, by model, dtype and write layer; and seconds per weight touched, over all of them."""

    def __init__(self) -> None:
        self._by_layer: dict[tuple[str, str, int], float] = {}
        self._by_weight: float | None = None
        self._by_analysis: dict[str, float] = {}

    def estimate(self, request: AnalysisRequest, cards: Sequence[ModelCard]) -> Estimate:
        """The cost of a resolved request; its seconds are null until something was measured."""
        work = request.work()
        if not cards:
            each = self._by_analysis.get(request.name(), 1 / request.pace if request.pace else None)
            return _priced(work, each)
        card, layer = cards[0], _layer(request)
        each = self._by_layer.get((card.name, checkpoints(request)[0].dtype, layer))
        if each is None and self._by_weight is not None:
            each = self._by_weight * weights_above(card, layer)
        return _priced(work, each)

    def learn(self, request: AnalysisRequest, cards: Sequence[ModelCard], points: int, seconds: float) -> None:
        """Remember that so many points of a request took so long."""
        if points <= 0 or seconds <= 0:
            return
        each = seconds / points
        if not cards:
            self._by_analysis[request.name()] = _mean(self._by_analysis.get(request.name()), each)
            return
        card, layer = cards[0], _layer(request)
        place = (card.name, checkpoints(request)[0].dtype, layer)
        self._by_layer[place] = _mean(self._by_layer.get(place), each)
        self._by_weight = _mean(self._by_weight, each / weights_above(card, layer))


def _priced(work: Work, each: float | None) -> Estimate:
    return Estimate(
        points=work.points,
        passes=work.passes,
        unit=work.unit,
        seconds=None if each is None else work.points * each,
        memory_bytes=work.memory_bytes or None,
    )


def weights_above(card: ModelCard, layer: int) -> float:
    """Weights that a point written after a block passes through: the blocks above, and the unembedding."""
    unembedding = card.d_model * card.d_vocab
    blocks = max(card.parameters - 2 * unembedding, card.parameters // 2)
    return blocks * (card.layers - 1 - layer) / card.layers + unembedding


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
