"""A chart as an SVG text: no browser, no font, the same bytes everywhere; for documents, papers and the page."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise

from stable_regions.pictures.chart import SYMBOLS, Chart, Line, Scale, scale

WIDE, HIGH = 720, 360
LEFT, RIGHT, TOP, BOTTOM = 56, 20, 48, 50
"""Of the picture, in pixels: its size, and the margins that hold words."""
INK, QUIET, GRID = "#1a1b1f", "#5b5e67", "#e6e4df"
DASHED = ("", ' stroke-dasharray="7 4"', ' stroke-dasharray="2 4"', ' stroke-dasharray="8 3 2 3"')
MARK = 4.2
"""Half the size of a symbol, pixels."""
BESIDE = 3.0
"""Between the bars of two lines at one place, pixels."""
LEGEND = 150
"""Room for the legend, in pixels, where there is more than one line."""


def svg(chart: Chart) -> str:
    """The chart as an SVG document."""
    named = len(chart.lines) > 1
    right = RIGHT + (LEGEND if named else 0)
    x = scale(chart.x, [value for line in chart.lines for value in line.x], 6)
    y = scale(chart.y, [value for line in chart.lines for row in (line.y, line.low, line.high) for value in row], 5)
    # Points stand clear of the vertical axis where the horizontal one has a place for 0.
    place = _Place(x, y, LEFT + (10 if chart.x.logarithmic else 0), WIDE - right)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" font-family="system-ui, sans-serif" '
        f'font-size="12" fill="{INK}" role="img">',
        f"<title>{escape(chart.title)}</title>",
        f'<rect width="{WIDE}" height="{HIGH}" fill="#fff"/>',
        f'<text x="{LEFT}" y="20" font-size="13" font-weight="600">{escape(chart.title)}</text>',
        *_axes(chart, place),
        *(
            part
            for line, aside in sorted(_aside(chart.lines), key=lambda one: not one[0].quiet)
            for part in _line(line, replace(place, aside=aside))
        ),
        *(_legend(chart.lines) if named else ()),
    ]
    if chart.note:
        parts.append(f'<text x="{LEFT}" y="36" fill="{QUIET}" font-size="11">{escape(chart.note)}</text>')
    return "\n".join([*parts, "</svg>", ""])


@dataclass(frozen=True)
class _Place:
    """Pixels of values, between two vertical lines."""

    across: Scale
    up: Scale
    left: float
    right: float
    aside: float = 0
    """Pixels that a line stands to the right of its values, so that bars of several do not cover one another."""

    def x(self, value: float) -> float:
        return round(self.left + (self.right - self.left) * self.across(value) + self.aside, 1)

    def y(self, value: float) -> float:
        return round(HIGH - BOTTOM - (HIGH - BOTTOM - TOP) * self.up(value), 1)


def _aside(lines: Sequence[Line]) -> Iterator[tuple[Line, float]]:
    """Each line with how far it stands aside: those with bars a little beside one another, about their place."""
    barred = [line for line in lines if line.low and line.kind == "points"]
    for line in lines:
        yield line, BESIDE * (barred.index(line) - (len(barred) - 1) / 2) if line in barred else 0.0


def _axes(chart: Chart, place: _Place) -> Iterator[str]:
    floor = HIGH - BOTTOM
    for value, text in place.up.ticks:
        y = place.y(value)
        yield f'<path d="M{LEFT} {y}H{place.right}" stroke="{GRID}"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end" fill="{QUIET}">{text}</text>'
    yield f'<path d="M{LEFT} {floor}H{place.right}" stroke="{QUIET}"/>'
    for value, text in place.across.ticks:
        x = place.x(value)
        yield f'<path d="M{x} {floor}v5" stroke="{QUIET}"/>'
        yield f'<text x="{x}" y="{floor + 18}" text-anchor="middle" fill="{QUIET}">{text}</text>'
    middle = (LEFT + place.right) / 2
    yield f'<text x="{middle}" y="{HIGH - 8}" text-anchor="middle">{escape(chart.x.title)}</text>'
    height = (TOP + floor) / 2
    yield f'<text transform="translate(14 {height}) rotate(-90)" text-anchor="middle">{escape(chart.y.title)}</text>'


def _line(line: Line, place: _Place) -> Iterator[str]:
    points = [(place.x(x), place.y(y)) for x, y in zip(line.x, line.y, strict=True) if math.isfinite(y)]
    yield f'<g stroke="{line.colour}" fill="none"><title>{escape(line.name)}</title>'
    if line.kind == "bars":
        wide = _narrowest([x for x, _ in points]) * 0.9
        for x, y in points:
            high = round(HIGH - BOTTOM - y, 1)
            yield (
                f'<rect x="{round(x - wide / 2, 1)}" y="{y}" width="{round(wide, 1)}" height="{high}" '
                f'fill="{line.colour}" stroke="none"/>'
            )
    else:
        if line.kind == "band":
            there = zip(line.x, line.high, strict=True)
            back = reversed(list(zip(line.x, line.low, strict=True)))
            edge = " ".join(f"{place.x(x)},{place.y(y)}" for x, y in (*there, *back) if math.isfinite(y))
            yield f'<polygon points="{edge}" fill="{line.colour}" fill-opacity="0.18" stroke="none"/>'
        elif line.low:
            for x, low, high in zip(line.x, line.low, line.high, strict=True):
                if math.isfinite(low) and math.isfinite(high):
                    yield f'<path d="M{place.x(x)} {place.y(low)}V{place.y(high)}" stroke-opacity="0.55"/>'
            for x, (low, high) in zip(line.x, line.inner, strict=False):
                if math.isfinite(low) and math.isfinite(high):
                    yield f'<path d="M{place.x(x)} {place.y(low)}V{place.y(high)}" stroke-width="3.4"/>'
        way = " ".join(f"{x},{y}" for x, y in points)
        yield f'<polyline points="{way}" stroke-width="{_thickness(line)}"{DASHED[line.dash % len(DASHED)]}/>'
        if line.kind == "points":
            yield from (_symbol(line, x, y) for x, y in points)
    yield "</g>"


def _thickness(line: Line) -> float:
    return 1.0 if line.quiet else 1.8


def _symbol(line: Line, x: float, y: float) -> str:
    m, fill = MARK, f'fill="{line.colour}"'
    match SYMBOLS[line.look % len(SYMBOLS)]:
        case "circle":
            return f'<circle cx="{x}" cy="{y}" r="{m}" {fill} stroke="none"/>'
        case "square":
            return f'<rect x="{round(x - m, 1)}" y="{round(y - m, 1)}" width="{2 * m}" height="{2 * m}" {fill} stroke="none"/>'
        case "diamond":
            return f'<path d="M{x} {round(y - 1.3 * m, 1)}l{1.3 * m:.1f} {1.3 * m:.1f}l{-1.3 * m:.1f} {1.3 * m:.1f}l{-1.3 * m:.1f} {-1.3 * m:.1f}z" {fill} stroke="none"/>'  # fmt: skip  # noqa: E501
        case "triangle-up":
            return f'<path d="M{x} {round(y - 1.2 * m, 1)}l{1.2 * m:.1f} {2.1 * m:.1f}h{-2.4 * m:.1f}z" {fill} stroke="none"/>'
        case "cross":
            return f'<path d="M{x} {round(y - m, 1)}v{2 * m}M{round(x - m, 1)} {y}h{2 * m}" stroke-width="2.4"/>'
        case _:
            return f'<path d="M{round(x - m, 1)} {round(y - m, 1)}l{2 * m} {2 * m}m0 {-2 * m}l{-2 * m} {2 * m}" stroke-width="2.2"/>'  # noqa: E501


def _legend(lines: Sequence[Line]) -> Iterator[str]:
    left = WIDE - LEGEND
    for row, line in enumerate(lines):
        y = TOP + 8 + 18 * row
        yield f'<g stroke="{line.colour}" fill="none">'
        yield f'<path d="M{left} {y}h24" stroke-width="{_thickness(line)}"{DASHED[line.dash % len(DASHED)]}/>'
        if line.kind == "points":
            yield _symbol(line, left + 12, y)
        yield "</g>"
        yield f'<text x="{left + 32}" y="{y + 4}">{escape(line.name)}</text>'


def _narrowest(places: Sequence[float]) -> float:
    """The smallest step between places in order; all of the width where there is one."""
    return min((after - before for before, after in pairwise(places)), default=WIDE / 4)
