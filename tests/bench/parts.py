"""The sections of the page that bring their own measurement: a row each."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from rich.console import Console
from rich.progress import track

from bench.page import Part


@dataclass(frozen=True)
class Section:
    """A module with `INTRODUCTION`, `measure(rounds)` and `rows(found)`; how many figures it gives, about."""

    title: str
    module: str
    total: int


SECTIONS = {
    "whole": Section("A whole point, beside other ways", "bench.whole", 2),
    "bundled": Section("Bundled models", "bench.bundled", 3),
    "threads": Section("Threads", "bench.threads", 12),
    "dtypes": Section("bfloat16", "bench.dtypes", 3),
    "growth": Section("How cost grows", "bench.growth", 18),
    "refined": Section("Refinement", "bench.refined", 9),
    "serving": Section("Cached results", "bench.serving", 2),
    "viewers": Section("An audience opens one link", "bench.viewers", 1),
    "first": Section("First picture in the browser", "bench.first", 1),
    "dynamics": Section("Mean-field dynamics", "bench.dynamics", 4),
    "gpu": Section("On a GPU", "bench.gpu", 2),
}


def part(name: str, rounds: int, console: Console) -> Part:
    """Measure a section."""
    section = SECTIONS[name]
    module: ModuleType = import_module(section.module)
    measure: Callable[[int], list[object]] = module.measure
    found = list(track(measure(rounds), section.title, total=section.total, console=console))
    figures = module.rows(found) if found else getattr(module, "NONE", "Nothing could be measured here.\n")
    return Part(section.title, module.INTRODUCTION, figures)
