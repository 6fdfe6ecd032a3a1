"""A model of 6.9 billion parameters on a GPU: random weights in the shape of Pythia-6.9b."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

import torch
from transformers import GPTNeoXConfig, GPTNeoXForCausalLM

from bench.table import table
from stable_regions.engine.families import family_of
from stable_regions.engine.tail import Tail

INTRODUCTION = """\
Random weights in the shape of Pythia-6.9b on one CUDA device, written into after block 0, to the final residual and the
logits. The limit is 2 operations a weight at the device's best product of the same dtype, measured beside it.
"""

NONE = "No CUDA device was at hand; the tests marked `gpu` and these rows wait for one.\n"

DTYPES = (torch.bfloat16, torch.float32)
POINTS = 4096


@dataclass(frozen=True)
class Large:
    """Milliseconds a point, rates in TFLOP/s, points in a pass."""

    device: str
    dtype: str
    each: float
    peak: float
    flops: float
    rows: int

    @property
    def share(self) -> float:
        """Of the device's best product."""
        return self.flops / (self.each * 1e9) / self.peak


def measure(rounds: int) -> Iterator[Large]:
    """Each dtype; nothing without a device."""
    if not torch.cuda.is_available():
        return
    config = GPTNeoXConfig(
        vocab_size=50432, hidden_size=4096, num_hidden_layers=32, num_attention_heads=32, intermediate_size=16384
    )
    for dtype in DTYPES:
        torch.manual_seed(0)
        with torch.device("cuda"):
            network = GPTNeoXForCausalLM(config).to(dtype).eval().requires_grad_(False)
        family = family_of(network)
        assert family is not None
        tail = Tail(network, 0, family)
        clean = tail.clean(list(range(100, 110)))
        points = clean.anchor + torch.randn(POINTS, 4096, device="cuda").to(dtype)
        a, b = (torch.randn(8192, 8192, device="cuda").to(dtype) for _ in range(2))
        each, best = float("inf"), 0.0
        for _ in range(rounds):
            best = max(best, 2 * 8192**3 / clocked(lambda a=a, b=b: a @ b) / 1e12)
            each = min(each, clocked(lambda t=tail, c=clean, p=points: t.logits(t.written(c, p))) / POINTS)
        above = sum(weight.numel() for block in tail.above.values() for weight in block.parameters())
        name = str(dtype).removeprefix("torch.")
        flops = 2.0 * (above + 4096 * 50432)
        yield Large(torch.cuda.get_device_name(), name, 1e3 * each, best, flops, tail.passes.rows(10))
        del network, tail, clean, points
        torch.cuda.empty_cache()


def clocked(work: object) -> float:
    """Seconds on the wall until the device has done it."""
    assert callable(work)
    torch.cuda.synchronize()
    start = perf_counter()
    work()
    torch.cuda.synchronize()
    return perf_counter() - start


def rows(found: Sequence[Large]) -> str:
    """As Markdown."""
    head = ("device", "dtype", "ms a point", "points a pass", "best product, TFLOP/s", "of it")
    return table(
        head,
        [(g.device, g.dtype, f"{g.each:.3f}", str(g.rows), f"{g.peak:.0f}", f"**{g.share:.2f}**") for g in found],
    )
