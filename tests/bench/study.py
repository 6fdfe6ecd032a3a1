"""A study against a slice: points a second for many short paths, each in its own context, and for one grid of as many.

Both write after the first block of bundled models on one thread, whose processor time counts. A slice writes all its
points into one context, whose clean run is made once; a study has a clean run for every prompt and only a few points in
each, and its time is told with the clean runs and without.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch

from bench.machine import timed
from bench.table import table
from stable_regions.analyses.study_cell.corpus import prompts
from stable_regions.analyses.study_cell.schema import StudyCellRequest
from stable_regions.engine.outputs import FORMULAS, in_blocks, output_of
from stable_regions.engine.pairs import distances_along
from stable_regions.engine.tail import Tail
from stable_regions.engine.writers import writer_for
from stable_regions.maths.distance import ON_RESIDUAL
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.plane import Distance
from stable_regions.settings import Settings

MODELS = ("facts-4l", "facts-8l", "facts-12l", "stdlib-6l")
DISTANCES: tuple[Distance, ...] = ("l2", "hellinger")
PAIRS, STEPS = 128, 51
PROMISED = 0.5
"""Of a slice's points a second, clean runs counted."""


@dataclass(frozen=True)
class Pace:
    """Microseconds a point costs in a slice; in a study; and of the latter, what its clean runs take."""

    model: str
    distance: Distance
    slice: float
    study: float
    cleans: float

    @property
    def share(self) -> float:
        """Of a slice's points a second, clean runs counted."""
        return self.slice / self.study


INTRODUCTION = f"""\
{PAIRS} pairs of 10-token prompts cut from the suite's own text, {STEPS} points each, against a slice of as many points in
one context; one thread, write layer 0, to the distance. *Clean runs* is what a study spends on running its prompts; the
last column is the share of the slice's points a second that it keeps with them counted, {PROMISED} being promised.
"""


def studies(measured: Sequence[Pace]) -> str:
    """Microseconds a point, as Markdown."""
    head = ("model", "distance", "slice, µs", "study, µs", "clean runs, µs", "of the slice's pace")
    rows = [
        (p.model, p.distance, f"{p.slice:.1f}", f"{p.study:.1f}", f"{p.cleans:.1f}", f"**{p.share:.2f}**")
        for p in measured
    ]
    return table(head, rows)


def paces(rounds: int) -> Iterator[Pace]:
    """Measure every model under each distance; the best of several interleaved rounds counts."""
    torch.set_num_threads(1)
    settings = Settings(offline=True, device="cpu", threads=1)
    models = ModelCache(Catalogue(settings), settings)
    for name in MODELS:
        card = models.catalogue.card(name)
        ref = ModelRef(name=name, revision=card.revisions[-1].revision)
        model = models.model(ref)
        asked = StudyCellRequest(model=ref, corpus="stdlib" if card.family == "stdlib" else "facts", pairs=PAIRS)
        ids = [model.tokens.encode(text, card.prepend_bos) for text in prompts(asked, model.tokens)]
        writer = writer_for(model, 0)
        assert isinstance(writer, Tail)
        for distance in DISTANCES:
            yield Pace(name, distance, *measured(writer, ids, distance, card.d_vocab, rounds))
    models.close()


def measured(
    writer: Tail, ids: Sequence[list[int]], distance: Distance, d_vocab: int, rounds: int
) -> tuple[float, float, float]:
    """Microseconds a point: slice, study, and the study's clean runs."""
    pairs = list(pairwise(ids))
    clean = writer.clean(ids[0])
    points = clean.anchor + torch.randn(len(pairs) * STEPS, len(clean.anchor))
    best = [float("inf")] * 3
    for _ in range(rounds):
        now = (
            timed(lambda: one_context(writer, ids[0], points, distance, d_vocab)),
            timed(lambda: distances_along(writer, pairs, STEPS, distance)),
            timed(lambda: writer.cleans(ids)),
        )
        best = [min(before, after) for before, after in zip(best, now, strict=True)]
    each = 1e6 / len(points)
    return best[0] * each, best[1] * each, best[2] * each


@torch.inference_mode()
def one_context(writer: Tail, ids: list[int], points: torch.Tensor, distance: Distance, d_vocab: int) -> None:
    """As a slice reads its points in one context."""
    clean = writer.clean(ids)
    target = output_of(clean.final[None], writer.logits(clean.final[None]), distance)[0]
    final = writer.written(clean, points)
    for rows in in_blocks(final, d_vocab):
        logits = rows if distance in ON_RESIDUAL else writer.logits(rows)
        FORMULAS[distance](output_of(rows, logits, distance), target)
