"""The fast path against the full-sequence method, on random weights in the shapes of public models.

Each round measures the machine's peak, the full-sequence method and the fast path one after another, so that whatever
else runs disturbs all three alike; the best of the rounds counts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from transformers import (
    GPT2Config,
    GPT2LMHeadModel,
    GPTNeoXConfig,
    GPTNeoXForCausalLM,
    PreTrainedModel,
    Qwen2Config,
    Qwen2ForCausalLM,
)

from bench.machine import peak, timed
from engine.plain import FullSequence, block_list
from stable_regions.engine.families import family_of
from stable_regions.engine.tail import Tail

WRITE_LAYER = 0
TOKENS = 10
BATCH = 64
POINTS, WITH_LOGITS = 512, 256

MODELS: dict[str, Callable[[], PreTrainedModel]] = {
    "Pythia-70m": lambda: GPTNeoXForCausalLM(
        GPTNeoXConfig(
            vocab_size=50304, hidden_size=512, num_hidden_layers=6, num_attention_heads=8, intermediate_size=2048
        )
    ),
    "GPT-2 small": lambda: GPT2LMHeadModel(GPT2Config()),
    "Qwen2-0.5B": lambda: Qwen2ForCausalLM(
        Qwen2Config(
            vocab_size=151936,
            hidden_size=896,
            num_hidden_layers=24,
            num_attention_heads=14,
            num_key_value_heads=2,
            intermediate_size=4864,
            tie_word_embeddings=True,
        )
    ),
}


@dataclass(frozen=True)
class Compared:
    """One model at one number of threads; times in milliseconds per point and context.

    Attributes:
        peak: the machine's best matrix product, GFLOP/s.
        full: the full-sequence method.
        tail: the fast path to the final residual.
        to_logits: the fast path with the unembedding.
        flops: floating-point operations a point costs at least, to the final residual.
    """

    model: str
    threads: int
    peak: float
    full: float
    tail: float
    to_logits: float
    flops: float

    @property
    def limit(self) -> float:
        """Milliseconds a point costs at the machine's peak."""
        return self.flops / self.peak / 1e6

    @property
    def rate(self) -> float:
        """GFLOP/s of the fast path, counting what a point costs at least."""
        return self.flops / self.tail / 1e6


def compared(model: str, threads: int, rounds: int) -> Iterator[Compared | None]:
    """Measure one model; yields None after each round, and the figures last."""
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    network = MODELS[model]().eval().requires_grad_(False)
    family = family_of(network)
    assert family is not None
    ids = list(range(100, 100 + TOKENS))
    full, tail = FullSequence(network, WRITE_LAYER, BATCH), Tail(network, WRITE_LAYER, family)
    clean = tail.clean(ids)
    points = clean.anchor + torch.randn(POINTS, len(clean.anchor))
    above = sum(weight.numel() for block in block_list(network)[WRITE_LAYER + 1 :] for weight in block.parameters())
    best = [0.0, *[float("inf")] * 3]
    for _ in range(rounds):
        best = [
            max(best[0], peak()),
            min(best[1], timed(lambda: full.written(ids, points[:BATCH])) / BATCH),
            min(best[2], timed(lambda: tail.written(clean, points)) / POINTS),
            min(best[3], timed(lambda: tail.logits(tail.written(clean, points[:WITH_LOGITS]))) / WITH_LOGITS),
        ]
        yield None
    rate, *seconds = best
    yield Compared(model, threads, rate, *(1e3 * s for s in seconds), flops=2.0 * above)
