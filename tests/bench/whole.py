"""A whole point as the server computes it, through `level()` with logits and names, beside what others would write.

- **authors' loop**: the whole prompt through the model for every point, one at a time (Janiak et al. 2024);
- **batched hooks**: the same, 64 points at a time;
- **prefix cache**: Hugging Face's `past_key_values` of the prompt without its last token, expanded, 512 points a batch: the
  ten lines that any engineer writes (`PrefixCache` below).

All give the Hellinger distance to the clean output and the likeliest token.
"""

import copy
import importlib.util
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

from bench.machine import timed
from bench.table import table
from engine.plain import FullSequence, block_list
from stable_regions.engine.slice_plane import SlicePlane, open_slice_plane
from stable_regions.engine.slices import level
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.loading import load
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.plane import Window
from stable_regions.settings import Settings
from tiny import PROMPTS, write_model

SIDE, ROWS, FEW, ALONE = 33, 512, 64, 8
CHUNK_SECONDS = 0.1

PYTHIA = {
    "vocab_size": 50304,
    "hidden_size": 512,
    "num_hidden_layers": 6,
    "num_attention_heads": 8,
    "intermediate_size": 2048,
}

INTRODUCTION = f"""\
Milliseconds a point and context, one thread's processor time, the least of interleaved rounds: a {SIDE}² slice through
`level()` in three contexts, to the `hellinger` distance and the likeliest token, as the server runs it; and three ways that
others take, on the same points. *authors' loop* runs the whole prompt for every point, one at a time (Janiak et al. 2024);
*batched hooks* the same, {FEW} points at a time; *prefix cache* is Hugging Face's `past_key_values` of the prompt without
its last token, expanded, {ROWS} points a batch (tests/bench/whole.py).

Before chunks were a context's and comparisons one exponential, in turn with it on one busy machine on 2026-11-26, a whole
point took 1.78 ms in the first shape and 4.71 ms in the second: 1.01 and 0.88 times the pace of the prefix cache. The rows
below are of the same day, and not of the run that the rest of this page is of.
"""


@dataclass(frozen=True)
class Whole:
    """Milliseconds a point and context, by way."""

    model: str
    ours: float
    prefix: float
    batched: float
    loop: float


class PrefixCache:
    """Writes into the last token of a prompt whose others are in Hugging Face's own cache."""

    def __init__(self, network: PreTrainedModel, write_layer: int) -> None:
        self.network, self.block = network, block_list(network)[write_layer]

    @torch.inference_mode()
    def logits(self, ids: Sequence[int], points: Tensor) -> Iterator[Tensor]:
        """Logits of the points, a batch after another."""
        prefix = self.network(torch.tensor([list(ids[:-1])]), use_cache=True).past_key_values
        for some in points.split(ROWS):

            def write(
                _module: nn.Module, _args: object, out: Tensor | tuple[Tensor, ...], some: Tensor = some
            ) -> object:
                return some[:, None] if isinstance(out, Tensor) else (some[:, None], *out[1:])

            cache = copy.deepcopy(prefix)
            cache.batch_repeat_interleave(len(some))
            with self.block.register_forward_hook(write):
                last = torch.full((len(some), 1), ids[-1])
                yield self.network(last, past_key_values=cache, use_cache=True).logits[:, -1]


@torch.inference_mode()
def compared(logits: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
    """The distance and the likeliest token, as one writes them down."""
    root = logits.float().softmax(dim=-1).sqrt()
    return (root - target).norm(dim=-1) / 2**0.5, logits.argmax(dim=-1)


def measure(rounds: int) -> Iterator[Whole]:
    """The shape of Pythia-70m, and SmolLM2-135M where its folder can be had."""
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        write_model(Path(folder) / "pythia-70m-shape", **PYTHIA)
        yield whole("Pythia-70m, random weights", Path(folder) / "pythia-70m-shape", rounds)
    with suppress(RuntimeError):
        yield whole("SmolLM2-135M", _real(), rounds)


def whole(name: str, folder: Path, rounds: int) -> Whole:
    """One model, each way in turn."""
    slice_plane = opened(folder)
    network, ids = slice_plane.model.network, slice_plane.cleans[0].ids
    axis = torch.linspace(-0.25, 1.25, SIDE)
    points = slice_plane.points(axis.repeat(SIDE), axis.repeat_interleave(SIDE))
    root = (slice_plane.targets[0] / 2).exp()
    cached = PrefixCache(network, slice_plane.write_layer)
    batched, loop = (
        FullSequence(network, slice_plane.write_layer, FEW),
        FullSequence(network, slice_plane.write_layer, 1),
    )

    def ours() -> None:
        for _ in level(slice_plane, Window(), SIDE, None, True, CHUNK_SECONDS):
            pass

    def by_prefix() -> None:
        for logits in cached.logits(ids, points):
            compared(logits, root)

    ways: list[tuple[Callable[[], object], int]] = [
        (ours, 3 * SIDE**2),
        (by_prefix, SIDE**2),
        (lambda: compared(batched.written(ids, points[:FEW])[1], root), FEW),
        (lambda: [compared(loop.written(ids, one[None])[1], root) for one in points[:ALONE]], ALONE),
    ]
    best = [float("inf")] * len(ways)
    for _ in range(rounds):
        best = [min(least, 1e3 * timed(way) / count) for least, (way, count) in zip(best, ways, strict=True)]
    return Whole(name, *best)


def opened(folder: Path) -> SlicePlane:
    """A slice plane of three prompts in a model of a folder, written into after block 0."""
    catalogue = Catalogue(Settings(offline=True, model_folders=(folder.parent,)))
    model = load(ModelRef(name=folder.name), catalogue, torch.device("cpu"))
    return open_slice_plane(
        model,
        SimpleNamespace(
            prompts=PROMPTS, write_layer=0, prepend_bos=False, tilt=None, distance="hellinger", contexts="own"
        ),
    )


def _real() -> Path:
    """The folder of a public model, made by `.ci/real.py`."""
    spec = importlib.util.spec_from_file_location("real_model", Path(__file__).parents[2] / ".ci" / "real.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.made()


def rows(found: Sequence[Whole]) -> str:
    """As Markdown."""
    head = (
        "model",
        "whole point, ms",
        "prefix cache, ms",
        "ratio",
        "batched hooks, ms",
        "ratio",
        "authors' loop, ms",
        "ratio",
    )
    return table(
        head,
        [
            (w.model, f"**{w.ours:.3f}**", f"{w.prefix:.3f}", f"**{w.prefix / w.ours:.2f}×**", f"{w.batched:.2f}",
             f"{w.batched / w.ours:.0f}×", f"{w.loop:.1f}", f"{w.loop / w.ours:.0f}×")
            for w in found
        ],
    )  # fmt: skip
