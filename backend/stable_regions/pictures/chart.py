"""A chart as a value: lines with bars or bands, two axes, a few words. `svg` writes it, `lines` gives it to plotly."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#aa4499", "#8a6d00", "#56b4e9")
"""Told apart by people with any kind of colour vision, in this order (Okabe & Ito 2008, two of them darkened)."""

SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x")
"""So that colour is never the only cue; plotly's names."""

QUIET = "#6b6f78"
"""Of what is there to compare with."""

DASHES = ("solid", "dash", "dot", "dashdot")
"""Plotly's names."""


RAMP = ((68, 1, 84), (59, 82, 139), (33, 145, 140), (94, 201, 98), (230, 200, 30))
"""Stops from dark to light, evenly apart: viridis, its last stop darkened so that it shows on paper."""


def ramp(share: float) -> str:
    """The colour at a place of the ramp, 0 to 1."""
    place = min(1.0, max(0.0, share)) * (len(RAMP) - 1)
    low = min(int(place), len(RAMP) - 2)
    mixed = (round(a + (place - low) * (b - a)) for a, b in zip(RAMP[low], RAMP[low + 1], strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


@dataclass(frozen=True)
class Line:
    """One line, or a row of bars.

    Attributes:
        low: lower ends of the bars or of the band about the line; `high` likewise. Empty: none.
        kind: `points` has a symbol at each value; `line` has none; `band` fills from low to high; `bars` stand on zero.
        look: which colour and symbol, from 0.
        dash: which dash, from 0.
        inner: lower and upper ends of a second, thicker bar within the first at each value. Empty: none.
        quiet: drawn thin and grey, as something to compare with.
    """

    name: str
    x: Sequence[float]
    y: Sequence[float]
    low: Sequence[float] = ()
    high: Sequence[float] = ()
    kind: Literal["points", "line", "band", "bars"] = "points"
    look: int = 0
    dash: int = 0
    shade: float | None = None
    """Place on a ramp from dark to light, 0 to 1, for lines in an order; None: a colour of its own."""
    inner: Sequence[tuple[float, float]] = ()
    quiet: bool = False

    @property
    def colour(self) -> str:
        if self.quiet:
            return QUIET
        return COLOURS[self.look % len(COLOURS)] if self.shade is None else ramp(self.shade)


@dataclass(frozen=True)
class Axis:
    """An axis: what it shows, and how.

    Attributes:
        logarithmic: equal ratios are equally long; 0 has a place of its own, left of the smallest positive value.
        low: where it begins, high where it ends; None: with the values. Of logarithmic axes, neither is read.
    """

    title: str
    logarithmic: bool = False
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Chart:
    """What is drawn."""

    title: str
    x: Axis
    y: Axis
    lines: Sequence[Line]
    note: str = ""


@dataclass(frozen=True)
class Scale:
    """An axis in units of its own length: 0 at its beginning, 1 at its end."""

    low: float
    high: float
    zero: float | None = None
    """Of a logarithmic axis: the logarithm at whose place 0 stands; None where there is no 0."""
    logarithmic: bool = False
    ticks: Sequence[tuple[float, str]] = field(default=())

    def __call__(self, value: float) -> float:
        """The place of a value."""
        if self.logarithmic:
            value = math.log10(value) if value > 0 else (self.low if self.zero is None else self.zero)
        return (value - self.low) / (self.high - self.low)


def scale(axis: Axis, values: Sequence[float], ticks: int = 6) -> Scale:
    """The scale of an axis over finite values; ticks at round numbers, at powers of ten on a logarithmic one."""
    kept = [value for value in values if math.isfinite(value)]
    return _logarithmic(kept) if axis.logarithmic else _linear(axis, kept, ticks)


def _linear(axis: Axis, values: Sequence[float], ticks: int) -> Scale:
    low = axis.low if axis.low is not None else min(values, default=0.0)
    high = axis.high if axis.high is not None else max(values, default=1.0)
    high = high if high > low else low + 1
    step = _round_step((high - low) / ticks)
    if axis.high is None:
        high = step * math.ceil(high / step - 1e-9)
    first = math.ceil(low / step - 1e-9)
    marks = [n * step for n in range(first, math.floor(high / step + 1e-9) + 1)]
    return Scale(low, high, ticks=[(mark, f"{mark:g}" if abs(mark) > 1e-12 else "0") for mark in marks])


def _logarithmic(values: Sequence[float]) -> Scale:
    positive = [math.log10(value) for value in values if value > 0]
    low, high = (min(positive), max(positive)) if positive else (0.0, 1.0)
    high = high if high > low else low + 1
    powers = range(math.ceil(low - 1e-9), math.floor(high + 1e-9) + 1)
    marks = [(10.0**power, compact(10.0**power)) for power in powers]
    if len(marks) < 2:
        marks = [(value, compact(value)) for value in sorted({10**low, 10**high})]
    if any(value <= 0 for value in values):
        zero = low - max(0.5, (high - low) / 8)
        return Scale(zero, high, zero, True, [(0.0, "0"), *marks])
    return Scale(low, high, None, True, marks)


def _round_step(raw: float) -> float:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that is no smaller."""
    power = 10.0 ** math.floor(math.log10(raw))
    return next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= raw * (1 - 1e-9))


def compact(value: float) -> str:
    """1536 → "1,536"; 50000 → "50 k"; 680000 → "0.68 M"."""
    for unit, size in (("T", 1e12), ("G", 1e9), ("M", 1e6), ("k", 1e3)):
        if value >= size * (0.1 if unit == "M" else 1) and value >= 1e4:
            return f"{value / size:.3g} {unit}"
    return f"{value:,.4g}" if value < 1e3 else f"{value:,.0f}"
