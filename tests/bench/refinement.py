"""The error table of docs/refinement.md: many pictures made both ways, on finer grids than the tests afford."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from analyses.test_refinement import CODE, FACTS, Case
from bench.table import table
from refining import Quality, quality
from stable_regions.analyses import compute
from stable_regions.analyses.report import PartReady
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.model_cache import ModelCache
from stable_regions.models.resolve import resolve
from stable_regions.schemas.plane import DISTANCES
from stable_regions.schemas.result import Result
from stable_regions.settings import Settings
from stable_regions.suites.presets import rows as presets

PAGE = Path(__file__).parents[2] / "docs" / "refinement.md"
BEGIN, END = "<!-- errors -->\n", "<!-- /errors -->\n"

GRIDS = (129, 257)

MEANINGS = 5
"""Cards of the gallery that are shown over training."""


@dataclass(frozen=True)
class Row:
    """A picture, and how wrong its refined twin is on each grid."""

    case: Case
    title: str
    found: tuple[Quality, ...]


def cases() -> Iterator[tuple[Case, str]]:
    """The gallery over training; then every bundled model at three moments and two layers, the distances by turns."""
    for row in presets()[:MEANINGS]:
        for step in ("step0", "step256", "step1536"):
            yield Case("facts-12l", step, 2, row.prompts, "hellinger"), row.title
    place = 0
    for card in Catalogue(Settings(offline=True)).cards():
        if card.source == "bundled":
            names = [moment.revision for moment in card.revisions]
            for revision in (names[0], names[len(names) // 2], names[-1]):
                for layer in (0, card.layers - 2):
                    prompts = (FACTS if card.family == "facts" else CODE)[place % 2]
                    yield Case(card.name, revision, layer, prompts, list(DISTANCES)[place % len(DISTANCES)]), "–"
                    place += 1


CASES = MEANINGS * 3 + 30


def measure() -> Iterator[Row]:
    """Every picture, both ways."""
    torch.set_num_threads(1)
    settings = Settings(offline=True, device="cpu", threads=1)
    models = ModelCache(Catalogue(settings), settings)
    for case, title in cases():
        exact, refined = (made(models, case, way) for way in (True, False))
        yield Row(case, title, tuple(quality(exact[n], refined[n]) for n in GRIDS))
    models.close()


def made(models: ModelCache, case: Case, exact: bool) -> dict[int, Result]:
    """A picture on every grid."""
    request = resolve(case.asked(max(GRIDS), exact), models.catalogue, models.settings).request
    results = [report.result for report in compute(request, models, {}) if isinstance(report, PartReady)]
    return {result["computed"].shape[0]: result for result in results}


def rows(found: Sequence[Row]) -> str:
    """As Markdown."""
    head = ["model", "step", "layer", "distance", "prompts"]
    for n in GRIDS:
        head += [f"{n}²: points, %", "> 2, %", "worst", "missed"]
    lines = [
        [row.case.model, row.case.revision.removeprefix("step"), str(row.case.layer), row.case.distance, row.title]
        + [
            cell
            for q in row.found
            for cell in (f"{q.points:.1%}"[:-1], f"{q.off:.3%}"[:-1], f"{q.worst:.1f}", str(q.missed))
        ]
        for row in found
    ]
    return table(head, lines)


def write(found: Sequence[Row]) -> None:
    """Put the table into its page."""
    before, _, rest = PAGE.read_text().partition(BEGIN)
    PAGE.write_text(before + BEGIN + "\n" + rows(found) + "\n" + END + rest.partition(END)[2])
