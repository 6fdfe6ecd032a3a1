"""Builds the site of the documents, and looks whether every page of it leads where it says.

    python .ci/site.py [folder]

The builder's own strict mode speaks of links between pages; what is looked for here is the rest: each link, picture and
anchor of the pages as they were built lies in the site, and nothing that a page loads comes from another host.
"""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).parent.parent
CONFIG = ROOT / "zensical.toml"
MADE = ROOT / "build" / "site"

LOADED = {("script", "src"), ("link", "href"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("video", "src")}
"""What a browser fetches by itself."""


class Page(HTMLParser):
    """What a page names: `targets` as (tag, attribute, address), and the `anchors` that lead into it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.targets: list[tuple[str, str, str]] = []
        self.anchors: set[str] = {"__skip"}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.targets.append((tag, name, value))
            elif name in ("id", "name") and value:
                self.anchors.add(value)


def faults(site: Path) -> list[str]:
    """What is wrong with the pages of a site, each as a sentence; the page for addresses that do not exist apart."""
    pages = {path: Page(path.read_text()) for path in sorted(site.rglob("*.html")) if path.name != "404.html"}
    found: list[str] = []
    for path, page in pages.items():
        name = path.relative_to(site)
        for tag, attribute, target in page.targets:
            if re.match(r"(?:[a-z]+:)?//", target):
                if (tag, attribute) in LOADED:
                    found.append(f"{name} loads {target} from another host")
                continue
            if re.match(r"[a-z]+:", target):
                continue
            place, _, anchor = target.partition("#")
            there = (path.parent / unquote(place)).resolve() if place else path.resolve()
            if there.is_dir():
                there /= "index.html"
            if not there.is_relative_to(site.resolve()) or not there.is_file():
                found.append(f"{name}: {target} leads nowhere")
            elif anchor and there in pages and unquote(anchor) not in pages[there].anchors:
                found.append(f"{name}: {target} names no place of that page")
    for sheet in site.rglob("*.css"):
        found += [
            f"{sheet.name} loads {one}" for one in re.findall(r"url\([\"']?((?:https?:)?//[^)]*)", sheet.read_text())
        ]
    return found


def main() -> int:
    """Build it, then look; 1 with what is wrong."""
    site = Path(sys.argv[1]) if len(sys.argv) > 1 else MADE
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean", "--config-file", str(CONFIG)]
    built = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "NO_COLOR": "1"}, capture_output=True, text=True, check=False
    )
    if built.returncode:
        sys.stderr.write(f"site: not built\n{built.stdout}{built.stderr}")
        return 1
    if wrong := faults(site):
        sys.stderr.write("\n".join(["site: built, but", *wrong, ""]))
        return 1
    pages = sum(1 for _ in site.rglob("*.html"))
    sys.stdout.write(f"site: {pages} pages in {site.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
