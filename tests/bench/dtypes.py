"""What bfloat16 gains over float32 on this processor, and what it costs in the numbers.

One thread's processor time, rounds of both interleaved. The gain has two bounds: the processor's own products, and what
is not a product (norms, rotary angles, softmax), which half the bytes make hardly faster.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch

from bench.machine import peak, timed
from bench.methods import MODELS, POINTS, TOKENS, WRITE_LAYER
from bench.table import table
from stable_regions.engine.families import family_of
from stable_regions.engine.tail import Tail

INTRODUCTION = """\
Tail to the final residual in both dtypes, one thread, random weights. *products* are the best plain matrix products of the
same rounds. *error* is the largest relative error of a final residual against float32.
"""


@dataclass(frozen=True)
class Halved:
    """One shape: milliseconds a point in each dtype, the products' rates in GFLOP/s, and the error."""

    model: str
    single: float
    half: float
    products: tuple[float, float]
    error: float

    @property
    def gain(self) -> float:
        """How many times as fast."""
        return self.single / self.half


def measure(rounds: int) -> Iterator[Halved]:
    """Every shape."""
    torch.set_num_threads(1)
    for name, make in MODELS.items():
        torch.manual_seed(0)
        networks = [make().eval().requires_grad_(False)]
        networks.append(make().eval().requires_grad_(False))
        networks[1].load_state_dict(networks[0].state_dict())
        networks[1].bfloat16()
        family = family_of(networks[0])
        assert family is not None
        tails = [Tail(network, WRITE_LAYER, family) for network in networks]
        cleans = [tail.clean(list(range(100, 100 + TOKENS))) for tail in tails]
        single = cleans[0].anchor + torch.randn(POINTS, len(cleans[0].anchor))
        points = [single, single.bfloat16()]
        best, rates = [float("inf")] * 2, [0.0, 0.0]
        for _ in range(rounds):
            for place, dtype in enumerate((torch.float32, torch.bfloat16)):
                rates[place] = max(rates[place], peak(2, dtype))
                tail, clean, rows = tails[place], cleans[place], points[place]
                best[place] = min(best[place], timed(lambda t=tail, c=clean, r=rows: t.written(c, r)) / POINTS)
        expected, found = (tail.written(c, p).float() for tail, c, p in zip(tails, cleans, points, strict=True))
        error = float(((found - expected).norm(dim=-1) / expected.norm(dim=-1)).max())
        yield Halved(name, 1e3 * best[0], 1e3 * best[1], (rates[0], rates[1]), error)


def rows(found: Sequence[Halved]) -> str:
    """As Markdown."""
    head = ("shape", "float32, ms", "bfloat16, ms", "gain", "products: float32, GFLOP/s", "bfloat16", "gain", "error")
    return table(
        head,
        [
            (h.model, f"{h.single:.3f}", f"{h.half:.3f}", f"**{h.gain:.1f}×**", f"{h.products[0]:.0f}",
             f"{h.products[1]:.0f}", f"{h.products[1] / h.products[0]:.1f}×", f"{h.error:.1%}")
            for h in found
        ],
    )  # fmt: skip
