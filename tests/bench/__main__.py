"""`python -m bench [--write] [--quick] [--only methods|product]`."""

import argparse
import os
from pathlib import Path

import torch
from rich.console import Console
from rich.markdown import Markdown
from rich.progress import track
from transformers.utils import logging

from bench.machine import described, peak
from bench.methods import MODELS, Compared, compared
from bench.page import page
from bench.product import Asked, asked

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
ROUNDS, QUICK = 5, 2


def main() -> None:
    """Measure, print, and with `--write` keep."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    parser.add_argument("--quick", action="store_true", help="two rounds instead of five")
    parser.add_argument("--only", choices=("methods", "product"), help="one half of it")
    chosen = parser.parse_args()
    logging.set_verbosity_error()
    machine = described()
    console = Console(stderr=True)
    methods = [] if chosen.only == "product" else methods_measured(console, QUICK if chosen.quick else ROUNDS)
    product = [] if chosen.only == "methods" else product_measured(console)
    torch.set_num_threads(os.cpu_count() or 1)
    text = page(machine, methods, product, max([peak(20), *(found.peak for found in methods)]))
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


if __name__ == "__main__":
    main()
