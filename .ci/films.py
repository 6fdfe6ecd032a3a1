"""The films of the README that are taken of the page: `python .ci/films.py http://127.0.0.1:8000`, a server of this tree.

Of the dynamics room, whose hair-line glides over β; of the memories room, whose three rules iterate one masked digit.
Animated WebP, into docs/pictures.
"""

import io
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
WIDTH = 800  # of a film, pixels
PATIENCE = 120_000  # milliseconds


def glide(page: Page, url: str) -> Iterator[Image.Image]:
    """β from 1.2 to 1.7, in the state that `Save → PNG` draws."""
    page.goto(f"{url}/#v=1&room=dynamics&theme=dark&from=1.2&to=1.7&beta=1.2")
    page.wait_for_selector(".standing[data-whole=true]", timeout=PATIENCE)
    for _ in range(40):
        page.keyboard.press("PageUp")
        yield taken(page, ".dynamics-plots")


def iterate(page: Page, url: str) -> Iterator[Image.Image]:
    """A masked digit, one step a frame at first, then ever more."""
    page.goto(f"{url}/#v=1&room=memories&theme=dark")
    page.wait_for_selector(".memories-room[data-ready=yes]", timeout=PATIENCE)
    page.wait_for_function("document.querySelectorAll('.basin-map canvas, .memories-room canvas').length > 0")
    page.keyboard.press(" ")
    page.keyboard.press("0")
    for steps in (*(1,) * 16, *(2,) * 10, *(4,) * 10):
        yield taken(page, ".memories-main")
        for _ in range(steps):
            page.keyboard.press(".")


def taken(page: Page, part: str) -> Image.Image:
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    whole = Image.open(io.BytesIO(page.locator(part).screenshot())).convert("RGB")
    return whole.resize((WIDTH, round(WIDTH * whole.height / whole.width)), Image.Resampling.LANCZOS)


def main(url: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(viewport={"width": 1280, "height": 760}, color_scheme="dark")
        for name, film in (("dynamics", glide), ("memories", iterate)):
            first, *rest = film(page, url)
            file = PICTURES / f"{name}.webp"
            first.save(
                file,
                save_all=True,
                append_images=[frame.resize(first.size) for frame in rest],
                duration=140,
                loop=0,
                quality=45,
                method=4,
            )
            sys.stdout.write(f"{file.name}: {1 + len(rest)} frames, {file.stat().st_size:,} bytes\n")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
