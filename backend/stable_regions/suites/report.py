"""The measured part of a suite's card: a table of figures and a picture of the loss, from the files beside the weights.

    python -m stable_regions.suites.report docs/models

writes them into `facts.md` and `stdlib.md` there, between two marks, and draws `facts-training.svg` and
`stdlib-training.svg`. No torch: nothing is measured here, see `figures`.
"""

import json
import math
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from stable_regions.pictures.chart import Axis, Chart, Line
from stable_regions.pictures.svg import svg
from stable_regions.suites.card import Figures, read_figures, read_suite
from stable_regions.suites.recipe import Recipe, SuiteName, home, recipes

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
SUITES: tuple[SuiteName, ...] = ("facts", "stdlib")


def table(rows: Iterable[Recipe], folder: Path) -> str:
    """First and last checkpoint of every model of a suite, in Markdown."""
    lines: list[str] = []
    for row in rows:
        suite, measured = read_suite(folder / row.name), read_figures(folder / row.name)
        for figures in (measured[0], measured[-1]):
            cells = [row.name, f"{suite['parameters']:,}", figures["revision"], *_cells(figures)]
            if not lines:
                lines += [_line(["model", "parameters", "revision", *_heads(figures)]), _line(["---"] * len(cells))]
            lines.append(_line(cells))
    return "\n".join(lines)


def over_training(row: Recipe, folder: Path) -> str:
    """Every checkpoint of one model, in Markdown."""
    measured = read_figures(folder / row.name)
    lines = [_line(["revision", "tokens", *_heads(measured[0])])]
    lines.append(_line(["---"] * (2 + len(_heads(measured[0])))))
    lines += [_line([figures["revision"], f"{figures['tokens']:,}", *_cells(figures)]) for figures in measured]
    return "\n".join(lines)


def picture(rows: Sequence[Recipe], folder: Path) -> str:
    """The loss of every model of a suite over its steps, on a logarithmic axis, as SVG."""
    curves = [json.loads((folder / row.name / "loss.json").read_text("utf-8")) for row in rows]
    lines = [
        Line(row.name, *zip(*_smoothed(curve), strict=True), kind="line", look=place)
        for place, (row, curve) in enumerate(zip(rows, curves, strict=True))
    ]
    title = f"Loss over training, {rows[0].suite}"
    return svg(Chart(title, Axis("training steps", logarithmic=True), Axis("nats per token", low=0), lines))


def measured(suite: SuiteName, folder: Path) -> str:
    """The measured part of a suite's card."""
    rows = recipes(suite)
    every = [f"{row.name}, every checkpoint:\n\n{over_training(row, folder)}" for row in reversed(rows)]
    return "\n\n".join([table(rows, folder), *every])


def filled(card: str, suite: SuiteName, folder: Path) -> str:
    """A card's text with its measured part, between the marks, as it is now."""
    before, _, rest = card.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{measured(suite, folder)}\n\n{END}{rest.partition(END)[2]}"


def _heads(figures: Figures) -> list[str]:
    own = ["right", "same region"] if "right" in figures else ["held-back loss"]
    return [*own, *(f"sharpness at layer {row['write_layer']}" for row in figures["sharpness"])]


def _cells(figures: Figures) -> list[str]:
    if "right" in figures and "same_region" in figures:
        own = [f"{figures['right']:.1%}", f"{figures['same_region']:.1%}"]
    else:
        own = [f"{figures.get('loss', math.nan):.2f}"]
    return [
        *own,
        *(f"**{row['median']:.2f}** ({row['lower']:.2f} – {row['upper']:.2f})" for row in figures["sharpness"]),
    ]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _smoothed(curve: Sequence[float]) -> list[tuple[float, float]]:
    """Means over stretches that grow with the step, about 24 to a doubling: one batch's loss is noisy."""
    points: list[tuple[float, float]] = []
    start = 0
    while start < len(curve):
        end = min(len(curve), max(start + 1, round((start + 1) * 2 ** (1 / 24)) - 1))
        points.append(((start + 1 + end) / 2, sum(curve[start:end]) / (end - start)))
        start = end
    return points


if __name__ == "__main__":
    docs = Path(sys.argv[1])
    for name in SUITES:
        card = docs / f"{name}.md"
        card.write_text(filled(card.read_text("utf-8"), name, home()), "utf-8")
        (docs / f"{name}-training.svg").write_text(picture(recipes(name), home()), "utf-8")
