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

from stable_regions.suites.card import Figures, read_figures, read_suite
from stable_regions.suites.recipe import Recipe, SuiteName, home, recipes

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
SUITES: tuple[SuiteName, ...] = ("facts", "stdlib")
COLOURS = ("#c05a2b", "#2f7f6f", "#3f5fbf")
WIDE, HIGH, LEFT, BOTTOM = 720, 300, 44, 34
"""Of the picture, in pixels: its size, and the margins that hold the numbers."""


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
    most, longest = max(max(curve) for curve in curves), max(map(len, curves))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" font-family="system-ui, sans-serif" '
        'font-size="12" role="img">',
        f"<title>Loss over training, {rows[0].suite}: {', '.join(row.name for row in rows)}</title>",
        f'<rect width="{WIDE}" height="{HIGH}" fill="#fff"/>',
    ]
    for level in range(math.ceil(most) + 1):
        y = _y(level, most)
        parts.append(f'<path d="M{LEFT} {y}H{WIDE - 8}" stroke="#e4e4e4"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{level}</text>')
    steps = [2**k for k in range(0, int(math.log2(longest)) + 1, 2)]
    parts += [f'<text x="{_x(s, longest)}" y="{HIGH - 14}" text-anchor="middle">{s}</text>' for s in steps]
    parts.append(f'<text x="{WIDE - 8}" y="{HIGH - 1}" text-anchor="end">step; loss in nats per token</text>')
    for row, curve, colour in zip(rows, curves, COLOURS, strict=False):
        points = " ".join(f"{_x(step, longest)},{_y(loss, most)}" for step, loss in _smoothed(curve))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.6"/>')
        parts.append(
            f'<text x="{WIDE - 12}" y="{24 + 16 * rows.index(row)}" fill="{colour}" text-anchor="end">{row.name}</text>'
        )
    return "\n".join([*parts, "</svg>", ""])


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


def _x(step: float, longest: int) -> float:
    return round(LEFT + (WIDE - LEFT - 12) * math.log2(step) / math.log2(max(2, longest)), 1)


def _y(loss: float, most: float) -> float:
    return round(12 + (HIGH - BOTTOM - 12) * (1 - loss / math.ceil(most)), 1)


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
