"""The first coarse picture of a loaded model in a real browser: from asking to paint.

The page's own pause after the last key (so that typing asks once) comes before and is not counted. Marks are taken in the
page: when its request leaves, when the first result is there, and when the canvas is drawn next.
"""

import statistics
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.table import table
from browser.conftest import ARGS, NAMES
from browser.serving import ROOT, Served

COUNTRIES = (
    "Japan",
    "Peru",
    "Chile",
    "Italy",
    "Spain",
    "Kenya",
    "Egypt",
    "Brazil",
    "Greece",
    "Turkey",
    "China",
    "India",
)

INTRODUCTION = """\
Chromium, the real page, facts-12l loaded: prompt A changes, and the first level (9²) of the frame on screen is asked,
computed, told, fetched, decoded and drawn, while the film of all checkpoints is under way. Milliseconds on the wall's
clock, browser and server on the same two cores; so whatever else runs counts, and the least is nearest to the truth.
"""

MARKS = """
window.marks = [];
const mark = (what) => window.marks.push([what, performance.now()]);
const ask = window.fetch;
window.fetch = async (...given) => {
  const post = given[1]?.method === "POST";
  if (post) mark("asked");
  const answer = await ask(...given);
  if (String(given[0]).includes("/results/")) mark("fetched");
  return answer;
};
for (const name of ["putImageData", "drawImage"]) {
  const draw = CanvasRenderingContext2D.prototype[name];
  CanvasRenderingContext2D.prototype[name] = function (...given) { mark("drawn"); return draw.apply(this, given); };
}
"""

CHANGE = """country => {
  const view = new URLSearchParams(location.hash.slice(1));
  view.set("a", `The capital of ${country} is`);
  window.marks = [];
  location.hash = view.toString();
}"""

DONE = """() => {
  const at = (what, after) => window.marks.find((mark) => mark[0] === what && mark[1] >= after)?.[1];
  const asked = at("asked", 0);
  const fetched = asked && at("fetched", asked);
  const drawn = fetched && at("drawn", fetched);
  return drawn ? [fetched - asked, drawn - asked] : null;
}"""


@dataclass(frozen=True)
class Painted:
    """Milliseconds until the first result is fetched, and until it is drawn: the least, and the median."""

    fetched: tuple[float, float]
    drawn: tuple[float, float]


def measure(_rounds: int) -> Iterator[Painted]:
    """One prompt after another."""
    import shutil

    if not (ROOT / "backend/stable_regions/web/index.html").is_file():
        return
    on_path = next((path for name in NAMES if (path := shutil.which(name))), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        served = Served(Path(folder))
        served.start()
        browser = playwright.chromium.launch(executable_path=on_path, args=ARGS)
        page = browser.new_page()
        page.add_init_script(MARKS)
        page.goto(served.url)
        page.wait_for_function(DONE.replace('at("asked", 0)', "1"), timeout=60_000)
        times = [changed(page, country) for country in COUNTRIES][2:]
        browser.close()
        served.stop()
    fetched, drawn = zip(*times, strict=True)
    yield Painted((min(fetched), statistics.median(fetched)), (min(drawn), statistics.median(drawn)))


def changed(page: Page, country: str) -> tuple[float, float]:
    """Change the prompt; milliseconds to the first result and to its picture. Leaves time for the film to go on."""
    page.evaluate(CHANGE, country)
    page.wait_for_function(DONE, timeout=60_000)
    fetched, drawn = page.evaluate(DONE)
    page.wait_for_function("() => window.marks.filter((mark) => mark[0] === 'fetched').length > 12", timeout=60_000)
    return fetched, drawn


def rows(found: Sequence[Painted]) -> str:
    """As Markdown."""
    head = ("", "least, ms", "median, ms")
    return table(
        head,
        [
            row
            for p in found
            for row in (
                ("first result fetched", f"{p.fetched[0]:.0f}", f"{p.fetched[1]:.0f}"),
                ("drawn", f"**{p.drawn[0]:.0f}**", f"{p.drawn[1]:.0f}"),
            )
        ],
    )
