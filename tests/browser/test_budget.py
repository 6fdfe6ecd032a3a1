"""Promises in numbers: the first script is small, Plotly comes later, and scrubbing is quick."""

import gzip
import json
from collections.abc import Callable
from statistics import median

from playwright.sync_api import Page

from browser.serving import ROOT, view

WEB = ROOT / "backend/stable_regions/web"
ENTRY_BYTES = 60 * 1024
FRAME_MS = 8.0


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
