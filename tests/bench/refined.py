"""What refinement saves over training: points and processor seconds against exact, level by level."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch

from bench.machine import timed
from bench.product import default_film
from bench.table import table
from stable_regions.engine.slice_plane import SlicePlane, open_slice_plane
from stable_regions.engine.slices import Level, level
from stable_regions.maths.refine import undecided
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.plane import RESOLUTIONS, Window
from stable_regions.settings import Settings

REVISIONS = ("step0", "step256", "step1536")
LEVELS = (129, 257, 513)

INTRODUCTION = """\
The first view of facts-12l (three contexts, `hellinger`, write layer 2) at three moments of training, coarser levels
included, one thread's processor time. *worst case* is what deciding costs where nothing is flat: every point is then
computed as in exact, and the share is the time of deciding over the time of computing the level.
"""


@dataclass(frozen=True)
class Saved:
    """One checkpoint at one level.

    Attributes:
        points: share of points that were computed.
        exact: seconds of all points.
        refined: seconds of those, and of deciding which.
        deciding: share of the exact level's time that deciding takes.
    """

    revision: str
    resolution: int
    points: float
    exact: float
    refined: float
    deciding: float


def measure(_rounds: int) -> Iterator[Saved]:
    """Every checkpoint at every level."""
    torch.set_num_threads(1)
    settings = Settings(offline=True, device="cpu", threads=1)
    models = ModelCache(Catalogue(settings), settings)
    film = default_film()
    for revision in REVISIONS:
        request = film.frame(revision, max(LEVELS)).model_copy(update={"prepend_bos": True})
        slice_plane = open_slice_plane(models.model(request.model), request)
        exact, refined = (levels(slice_plane, request.window, way) for way in (True, False))
        for n in LEVELS:
            (whole, all_of_it), (found, part_of_it) = exact[n], refined[n]
            before = exact[RESOLUTIONS[RESOLUTIONS.index(n) - 1]]
            deciding = timed(lambda base=before[0], n=n: undecided(base.distance, base.top, n))
            share = deciding / (all_of_it - before[1])
            yield Saved(revision, n, float(found.computed.float().mean()), all_of_it, part_of_it, share)
            assert bool(whole.computed.all())
    models.close()


def levels(slice_plane: SlicePlane, window: Window, exact: bool) -> dict[int, tuple[Level, float]]:
    """Every level with the seconds until it is there, one from the other."""
    found: dict[int, tuple[Level, float]] = {}
    base: Level | None = None
    seconds = 0.0
    for n in RESOLUTIONS:
        steps: list[int | Level] = []
        seconds += timed(
            lambda n=n, base=base, steps=steps: steps.extend(level(slice_plane, window, n, base, exact, 0.1))
        )
        assert isinstance(steps[-1], Level)
        base = steps[-1]
        found[n] = (base, seconds)
    return found


def rows(found: Sequence[Saved]) -> str:
    """As Markdown."""
    head = ("step", "grid", "points computed", "exact, s", "refined, s", "exact / refined", "worst case")
    return table(
        head,
        [
            (s.revision.removeprefix("step"), f"{s.resolution}²", f"**{s.points:.1%}**", f"{s.exact:.2f}",
             f"{s.refined:.2f}", f"{s.exact / s.refined:.1f}×", f"+{s.deciding:.1%}")
            for s in found
        ],
    )  # fmt: skip
