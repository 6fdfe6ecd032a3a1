"""The figures as Markdown: what docs/benchmarks.md shows, and what is printed."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.methods import BATCH, TOKENS, WRITE_LAYER, Compared
from bench.product import Asked
from bench.study import INTRODUCTION as STUDIES
from bench.study import Pace, studies
from bench.table import table


@dataclass(frozen=True)
class Part:
    """A section that brings its own figures."""

    title: str
    introduction: str
    figures: str


INTRODUCTION = f"""\
# How fast it is

`make bench` measures this on your machine; `make bench ARGS=--write` writes this page. All figures of a page are from
one run. What could be had at most stands beside each: the work divided by the machine's own best matrix product
(float32), measured in the same rounds.

- **full**: the full-sequence method, which is the paper's: a hook writes the last position, the whole model runs over
  all {TOKENS} tokens, unembedding included, {BATCH} points a batch (tests/engine/plain.py).
- **tail**: the engine's fast path, one token per point through the blocks above write layer {WRITE_LAYER}, to the final
  residual; **with logits**: and through the unembedding, which is most of the work in small models with large
  vocabularies. Both give the full method's numbers to 1e-5 (docs/models/architectures.md).
- **limit**: 2 floating-point operations for each weight above the write layer, at the machine's peak.

Weights are random, in the shapes of public models. The best of several interleaved rounds counts. Time is the processor
time of the busiest thread, so other programs do not count; threads sleep while they wait for one another, as in the
worker. Where a table says seconds on the wall, they do count.
"""


def page(
    machine: Sequence[tuple[str, str]],
    methods: Sequence[Compared],
    product: Sequence[Asked],
    peak: float,
    paces: Sequence[Pace] = (),
    parts: Sequence[Part] = (),
) -> str:
    """The whole page; `peak` is the best matrix product of the run on all cores, GFLOP/s."""
    texts = [INTRODUCTION, "## Machine\n", table(("", ""), machine)]
    if methods:
        texts += ["## One point\n", one_point(methods)]
    if product:
        texts += ["## Whole pictures\n", PICTURES, pictures(product, peak)]
    if paces:
        texts += ["## Studies\n", STUDIES, studies(paces)]
    for part in parts:
        texts += [f"## {part.title}\n", part.introduction, part.figures]
    return "\n".join(texts)


PICTURES = """\
A server with an empty cache on this machine, asked over HTTP from Python, until the arrays are there; exact, three
contexts, `hellinger`, seconds on the wall. *Cached* is the same request again. The limit counts blocks and unembedding at
the peak of all threads. *arithmetic* is what the film's frames took to compute, from their own records; the rest of its time
is loading, asking and telling.
"""


def one_point(methods: Sequence[Compared]) -> str:
    """Milliseconds per point and context, by model and threads."""
    head = ("shape", "threads", "GEMM peak, GFLOP/s", "full, ms", "tail, ms", "limit, ms", "full / tail",
            "tail, GFLOP/s", "of peak", "with logits, ms", "full / with logits")  # fmt: skip
    rows = [
        (m.model, str(m.threads), f"{m.peak:.0f}", f"{m.full:.2f}", f"{m.tail:.3f}", f"{m.limit:.3f}",
         f"**{m.full / m.tail:.0f}×**", f"{m.rate:.0f}", f"**{m.rate / m.peak:.2f}**", f"{m.to_logits:.3f}",
         f"{m.full / m.to_logits:.0f}×")
        for m in methods
    ]  # fmt: skip
    return table(head, rows)


def pictures(product: Sequence[Asked], peak: float) -> str:
    """Seconds per request."""
    rows = [
        (a.what, f"{a.uncached:.2f}", f"{a.flops / peak / 1e9:.3f}", f"{a.cached:.3f}",
         f"{a.frames / a.uncached:.1f}" if a.frames > 1 else "–", f"{a.frames / a.cached:.0f}" if a.frames > 1 else "–",
         f"{a.arithmetic:.2f}" if a.arithmetic else "–", f"**{a.uncached / a.arithmetic:.2f}**" if a.arithmetic else "–")
        for a in product
    ]  # fmt: skip
    return table(("request", "uncached, s", "limit, s", "cached, s", "frames/s", "frames/s cached",
                  "arithmetic, s", "of it"), rows)  # fmt: skip
