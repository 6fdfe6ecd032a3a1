"""How the cost of a point grows: with points, blocks above, width, prompt length and vocabulary, beside the formula.

    FLOP a point = 2 · 12 d² · blocks  +  4 · d · prompt · blocks  +  2 · d · vocabulary

for the weights of the blocks above (four of d², and an MLP of eight), attention over the prefix, and the unembedding. The
formula's time is that over the machine's best product of the same rounds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from transformers import GPTNeoXConfig, GPTNeoXForCausalLM

from bench.machine import peak, timed
from bench.table import table
from stable_regions.engine.families import family_of
from stable_regions.engine.outputs import FORMULAS, in_blocks, output_of
from stable_regions.engine.tail import Tail

INTRODUCTION = """\
A GPT-NeoX of random weights, written into after block 0, to the `hellinger` distance; one thread's processor time. One
thing changes at a time; the rest is 512 points, 4 blocks above, 512 wide, a prompt of 10 tokens, a vocabulary of 2,048.
*formula* is 2 operations a weight above, 4 d a token of the prompt and block, and 2 a weight of the unembedding, at the
best matrix product of the same rounds.
"""


@dataclass(frozen=True)
class Size:
    """What a point's cost depends on."""

    points: int = 512
    blocks: int = 4
    d_model: int = 512
    prompt: int = 10
    vocabulary: int = 2048

    @property
    def flops(self) -> float:
        """Operations a point costs at least."""
        inside = 24 * self.d_model**2 + 4 * self.d_model * self.prompt
        return float(inside * self.blocks + 2 * self.d_model * self.vocabulary)


AXES: dict[str, tuple[int, ...]] = {
    "points": (16, 128, 1024, 8192),
    "blocks": (1, 4, 16),
    "d_model": (64, 128, 256, 512, 1024),
    "prompt": (2, 32, 128, 256),
    "vocabulary": (512, 8192, 50304),
}


@dataclass(frozen=True)
class Cost:
    """Microseconds a point takes, and by the formula."""

    axis: str
    value: int
    measured: float
    formula: float


def measure(rounds: int) -> Iterator[Cost]:
    """Every value of every axis; the peak is the best of all rounds so far."""
    torch.set_num_threads(1)
    best = peak()
    for axis, values in AXES.items():
        for value in values:
            size = replace(Size(), **{axis: value})
            seconds = cost(size, rounds)
            best = max(best, peak(1))
            yield Cost(axis, value, 1e6 * seconds, size.flops / best / 1e3)


@torch.inference_mode()
def cost(size: Size, rounds: int) -> float:
    """Seconds of processor time that a point takes; the best of the rounds."""
    torch.manual_seed(0)
    config = GPTNeoXConfig(
        vocab_size=size.vocabulary,
        hidden_size=size.d_model,
        num_hidden_layers=size.blocks + 1,
        num_attention_heads=max(1, size.d_model // 64),
        intermediate_size=4 * size.d_model,
        max_position_embeddings=512,
    )
    network = GPTNeoXForCausalLM(config).eval().requires_grad_(False)
    family = family_of(network)
    assert family is not None
    tail = Tail(network, 0, family)
    clean = tail.clean([1 + place % (size.vocabulary - 1) for place in range(size.prompt)])
    points = clean.anchor + torch.randn(size.points, size.d_model)
    target = output_of(clean.final[None], tail.logits(clean.final[None]), "hellinger")[0]

    def read() -> None:
        final = tail.written(clean, points)
        for rows in in_blocks(final, size.vocabulary):
            FORMULAS["hellinger"](output_of(rows, tail.logits(rows), "hellinger"), target)

    read()
    return min(timed(read) for _ in range(rounds)) / size.points


def rows(found: Sequence[Cost]) -> str:
    """As Markdown."""
    head = ("what changes", "to", "measured, µs a point", "formula, µs", "measured / formula")
    return table(
        head,
        [
            (c.axis, f"{c.value:,}", f"{c.measured:.1f}", f"{c.formula:.1f}", f"{c.measured / c.formula:.1f}")
            for c in found
        ],
    )
