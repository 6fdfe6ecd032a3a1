"""How long a request will take, from what was measured on this machine.

A point costs in proportion to the weights above the write layer, so one measured model gives a first guess for all. A
model and layer that were measured themselves are then known better.
"""

from collections.abc import Sequence

from stable_regions.schemas.events import Estimate
from stable_regions.schemas.model import ModelCard
from stable_regions.schemas.request import AnalysisRequest

WEIGHT = 0.3
"""Of the newest measurement in the running mean."""


class Speeds:
    """Seconds per point, by model, dtype and write layer; and seconds per weight touched, over all of them."""

    def __init__(self) -> None:
        self._by_layer: dict[tuple[str, str, int], float] = {}
        self._by_weight: float | None = None

    def estimate(self, request: AnalysisRequest, cards: Sequence[ModelCard]) -> Estimate:
        """The cost of a resolved request; its seconds are null until something was measured."""
        work = request.work()
        card, layer = cards[0], _layer(request)
        each = self._by_layer.get((card.name, request.checkpoints()[0].dtype, layer))
        if each is None and self._by_weight is not None:
            each = self._by_weight * weights_above(card, layer)
        return Estimate(points=work.points, passes=work.passes, seconds=None if each is None else work.points * each)

    def learn(self, request: AnalysisRequest, cards: Sequence[ModelCard], points: int, seconds: float) -> None:
        """Remember that so many points of a request took so long."""
        if points <= 0 or seconds <= 0:
            return
        card, layer = cards[0], _layer(request)
        each = seconds / points
        place = (card.name, request.checkpoints()[0].dtype, layer)
        self._by_layer[place] = _mean(self._by_layer.get(place), each)
        self._by_weight = _mean(self._by_weight, each / weights_above(card, layer))


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
