"""`python -m bench [--write] [--quick] [--only PART]`; the part `refinement` is docs/refinement.md's table, asked by name."""

import argparse
import os
from pathlib import Path

import torch
from rich.console import Console
from rich.markdown import Markdown
from rich.progress import track
from transformers.utils import logging

from bench import refinement
from bench.machine import described, peak
from bench.methods import MODELS, Compared, compared
from bench.page import page
from bench.parts import SECTIONS, part
from bench.product import Asked, asked
from bench.study import DISTANCES, Pace, paces
from bench.study import MODELS as STUDIED

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
ROUNDS, QUICK = 5, 2
WHOLE = ("methods", "product", "study", *SECTIONS)


def main() -> None:
    """Measure, print, and with `--write` keep."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    parser.add_argument("--quick", action="store_true", help="two rounds instead of five")
    parser.add_argument("--only", choices=(*WHOLE, "refinement"), help="one part of it")
    chosen = parser.parse_args()
    logging.set_verbosity_error()
    console = Console(stderr=True)
    if chosen.only == "refinement":
        found = list(track(refinement.measure(), "refinement", total=refinement.CASES, console=console))
        Console().file.write(refinement.rows(found))
        if chosen.write:
            refinement.write(found)
        return
    machine = described()
    rounds = QUICK if chosen.quick else ROUNDS
    methods = methods_measured(console, rounds) if chosen.only in (None, "methods") else []
    product = product_measured(console) if chosen.only in (None, "product") else []
    studied = studies_measured(console, rounds) if chosen.only in (None, "study") else []
    parts = [part(name, rounds, console) for name in SECTIONS if chosen.only in (None, name)]
    torch.set_num_threads(os.cpu_count() or 1)
    text = page(machine, methods, product, max([peak(20), *(found.peak for found in methods)]), studied, parts)
    out = Console()
    if out.is_terminal:
        out.print(Markdown(text))
    else:
        out.file.write(text)
    if chosen.write:
        PAGE.write_text(text)
        console.print(f"Written: {PAGE}")


def methods_measured(console: Console, rounds: int) -> list[Compared]:
    """Every shape at one and two threads."""
    found: list[Compared] = []
    for model in MODELS:
        for threads in (1, 2):
            if threads > (os.cpu_count() or 1):
                continue
            what = f"{model}, threads: {threads}"
            steps = track(compared(model, threads, rounds), what, total=rounds + 1, console=console)
            found += [figures for figures in steps if figures is not None]
    return found


def product_measured(console: Console) -> list[Asked]:
    """Every request to a server."""
    return list(track(asked(), "a server, asked for pictures", total=4, console=console))


def studies_measured(console: Console, rounds: int) -> list[Pace]:
    """Every bundled model's pace under each distance."""
    total = len(STUDIED) * len(DISTANCES)
    return list(track(paces(rounds), "studies", total=total, console=console))


if __name__ == "__main__":
    main()
