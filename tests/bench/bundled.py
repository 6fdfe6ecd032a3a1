"""How near the bundled models come to the machine's peak, and what bounds them: their products are small.

A product of matrices 64 wide runs at a fraction of the peak whatever is done around it; the rest is what is no product.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch

from bench.machine import peak, timed
from bench.table import table
from stable_regions.engine.batching import rows_for
from stable_regions.engine.tail import Tail
from stable_regions.engine.writers import writer_for
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.model import ModelRef
from stable_regions.settings import Settings

MODELS = ("facts-4l", "facts-12l", "stdlib-6l")

INTRODUCTION = """\
The last checkpoint of bundled models, write layer 0, to the final residual, one thread. *products alone* are the four
matrix products of each block above, in the same shapes and nothing else: what the tail would take if norms, rotary angles,
attention and the nonlinearity cost nothing. Shares are of the machine's best product of any shape, in the same rounds.
"""


@dataclass(frozen=True)
class Share:
    """Microseconds a point takes: all of it, its products alone, and at the peak."""

    model: str
    tail: float
    products: float
    limit: float


def measure(rounds: int) -> Iterator[Share]:
    """Every model."""
    torch.set_num_threads(1)
    settings = Settings(offline=True, device="cpu", threads=1)
    models = ModelCache(Catalogue(settings), settings)
    for name in MODELS:
        card = models.catalogue.card(name)
        model = models.model(ModelRef(name=name, revision=card.revisions[-1].revision))
        tail = writer_for(model, 0)
        assert isinstance(tail, Tail)
        clean = tail.clean(list(range(3, 13)))
        n = rows_for(card.d_model)
        points = clean.anchor + torch.randn(n, card.d_model)
        d, above = card.d_model, len(tail.above)
        pairs = [
            (torch.randn(n, a), torch.randn(a, b), torch.empty(n, b))
            for a, b in ((d, 3 * d), (d, d), (d, 4 * d), (4 * d, d))
        ]

        def products(pairs: list[tuple[torch.Tensor, torch.Tensor, torch.Tensor]] = pairs, above: int = above) -> None:
            for _ in range(above):
                for left, right, out in pairs:
                    torch.mm(left, right, out=out)

        best, rate = [float("inf")] * 2, 0.0
        for _ in range(2 * rounds):
            rate = max(rate, peak(1))
            best[0] = min(best[0], timed(lambda t=tail, c=clean, p=points: t.written(c, p)) / n)
            best[1] = min(best[1], timed(products) / n)
        yield Share(name, 1e6 * best[0], 1e6 * best[1], 24 * d * d * above / rate / 1e3)
    models.close()


def rows(found: Sequence[Share]) -> str:
    """As Markdown."""
    head = ("model", "tail, µs a point", "products alone, µs", "limit, µs", "of peak", "products alone, of peak")
    return table(
        head,
        [
            (s.model, f"{s.tail:.2f}", f"{s.products:.2f}", f"{s.limit:.2f}", f"**{s.limit / s.tail:.2f}**",
             f"{s.limit / s.products:.2f}")
            for s in found
        ],
    )  # fmt: skip
