"""One thread against all of them, by the width of the stream and the points of a pass: where the rule's bound comes from."""

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from transformers import GPTNeoXConfig, GPTNeoXForCausalLM

from bench.table import table
from stable_regions.engine import threads
from stable_regions.engine.batching import rows_for
from stable_regions.engine.families import family_of
from stable_regions.engine.tail import Tail

WIDTHS = (64, 96, 128, 192, 256, 512)
FEW = 81
BLOCKS = 4

INTRODUCTION = f"""\
One pass through {BLOCKS} blocks of a GPT-NeoX of random weights, {FEW} points (a first level) and as many as a pass takes;
milliseconds on the wall, the best of many rounds, so a machine that does nothing else tells most. *the rule* is what
`engine/threads.py` takes.
"""

NONE = "This machine has one core.\n"


@dataclass(frozen=True)
class Pass:
    """Milliseconds of a pass, in one thread and in all; which of them the rule takes."""

    width: int
    points: int
    one: float
    all: float
    alone: bool


def measure(rounds: int) -> Iterator[Pass]:
    """Every width, few points and many."""
    if (os.cpu_count() or 1) < 2:
        return
    for width in WIDTHS:
        tail = made(width)
        clean = tail.clean(list(range(1, 11)))
        for points in (FEW, rows_for(width)):
            given = clean.anchor + torch.randn(points, width)
            best = {1: float("inf"), os.cpu_count() or 1: float("inf")}
            bound, threads.ALONE = threads.ALONE, 0
            for _ in range(5 * rounds):
                for count in best:
                    torch.set_num_threads(count)
                    began = time.perf_counter()
                    tail.written(clean, given)
                    best[count] = min(best[count], time.perf_counter() - began)
            threads.ALONE = bound
            one, together = best.values()
            yield Pass(width, points, 1e3 * one, 1e3 * together, points * 12 * width**2 < bound)


def made(width: int) -> Tail:
    """A writer after block 0 of a random model."""
    torch.manual_seed(0)
    config = GPTNeoXConfig(
        vocab_size=512,
        hidden_size=width,
        num_hidden_layers=BLOCKS + 1,
        num_attention_heads=max(1, width // 32),
        intermediate_size=4 * width,
        max_position_embeddings=64,
    )
    network = GPTNeoXForCausalLM(config).eval().requires_grad_(False)
    family = family_of(network)
    assert family is not None
    return Tail(network, 0, family)


def rows(found: Sequence[Pass]) -> str:
    """As Markdown."""
    head = ("stream", "points", "one thread, ms", "all threads, ms", "one / all", "the rule")
    return table(
        head,
        [
            (str(p.width), f"{p.points:,}", f"{p.one:.2f}", f"{p.all:.2f}", f"**{p.one / p.all:.2f}**",
             "one" if p.alone else "all")
            for p in found
        ],
    )  # fmt: skip
