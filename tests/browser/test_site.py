"""The site of the documents, read in a browser, asks no other host."""

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Route

from patience import PATIENCE

ROOT = Path(__file__).parents[2]


def test_whoever_reads_the_documents_asks_nobody_else(browser: Browser) -> None:
    build = [sys.executable, str(ROOT / ".ci" / "site.py")]
    said = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    site, asked = ROOT / "build" / "site", list[str]()

    def looked(route: Route) -> None:
        if not route.request.url.startswith((site.as_uri(), "data:", "blob:")):
            asked.append(route.request.url)
        route.continue_()

    page = browser.new_page()
    page.route("**/*", looked)
    for name in ("index.html", "architecture.html", "beliefs.html"):
        page.goto((site / name).as_uri(), wait_until="networkidle", timeout=PATIENCE * 1000)
        assert page.locator("article h1").count() == 1
    page.close()
    assert asked == []
