"""Promises in numbers: the first script is small, what is fetched first is little, Plotly comes later, scrubbing is quick."""

import gzip
import json
from collections.abc import Callable
from statistics import median

from playwright.sync_api import Page

from browser.serving import ROOT, view

WEB = ROOT / "backend/stable_regions/web"
ENTRY_BYTES = 60 * 1024
PICTURE_BYTES = 300_000
FIRST_VIEW_BYTES = 1_300_000
FRAME_MS = 8.0

FETCHED = """() => performance.getEntriesByType("resource").concat(performance.getEntriesByType("navigation"))
  .map(entry => ({path: new URL(entry.name).pathname.slice(1), bytes: entry.encodedBodySize, end: entry.responseEnd,
    whole: entry.decodedBodySize}))"""
FINE = 3 * 4 * 200**2
"""Bytes of a result beyond any frame of the first view: of the 257² picture that comes when the page is left alone."""


def entry_files() -> list[str]:
    """The scripts that load before anything is seen: the entry and all it imports at once."""
    manifest = json.loads((WEB / "manifest.json").read_text())
    wanted = [name for name, part in manifest.items() if part.get("isEntry")]
    seen: list[str] = []
    while wanted:
        name = wanted.pop()
        if name not in seen:
            seen.append(name)
            wanted += manifest[name].get("imports", [])
    return [manifest[name]["file"] for name in seen]


def test_the_entry_script_is_small():
    files = entry_files()
    size = sum(len(gzip.compress((WEB / name).read_bytes(), 9)) for name in files)
    assert files
    assert size <= ENTRY_BYTES, f"{size} bytes gzipped: {files}"
    assert not any("plotly" in name for name in files)


def fetched_ahead() -> set[str]:
    """Files of what is not open: the page fetches them when nothing else is to do."""
    manifest = json.loads((WEB / "manifest.json").read_text())
    closed = [
        part
        for name, part in manifest.items()
        if part.get("isDynamicEntry") and not name.startswith(("src/rooms/slice/", "node_modules/"))
    ]
    return {file for part in closed for file in (part["file"], *part.get("css", []))}


def test_little_is_fetched_before_the_first_picture_and_for_the_whole_first_view(
    open_page: Callable[..., Page], record_property: Callable[[str, object], None]
):
    page = open_page()
    page.wait_for_selector(".side .chart svg.main-svg")
    ahead = fetched_ahead()
    files = [
        file
        for file in page.evaluate(FETCHED)
        if file["path"] not in ahead and not ("/results/" in file["path"] and file["whole"] > FINE)
    ]
    pictured = page.evaluate("performance.getEntriesByName('frame')[0].startTime")
    before = sum(file["bytes"] for file in files if file["end"] <= pictured)
    whole = sum(file["bytes"] for file in files)
    record_property("bytes", (before, whole))
    assert sum("/results/" in file["path"] for file in files) >= 16
    assert any("plotly" in file["path"] for file in files)
    assert before <= PICTURE_BYTES, f"{before} bytes"
    assert whole <= FIRST_VIEW_BYTES, f"{whole} bytes"


def test_scrubbing_cached_frames_keeps_within_8_ms_a_frame_at_129(
    open_page: Callable[..., Page], record_property: Callable[[str, object], None]
):
    page = open_page(view(n=129))
    for _ in range(2):
        for key in ("Home", "ArrowRight", "ArrowRight", "End"):
            page.keyboard.press(key)
            page.wait_for_timeout(40)
    page.evaluate("performance.clearMeasures('frame')")
    for _ in range(5):
        for key in ("Home", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"):
            page.keyboard.press(key)
    took = page.evaluate("performance.getEntriesByName('frame').map(entry => entry.duration)")
    record_property("frame_ms", took)
    assert len(took) >= 20
    assert median(took) <= FRAME_MS, took
