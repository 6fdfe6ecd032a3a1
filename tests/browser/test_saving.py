"""What is taken away: the figure brings its view back, the numbers are NumPy's, the code runs."""

import base64
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Page

from browser.serving import surroundings, view
from browser.waiting import settled, until
from stable_regions.schemas.result import Result


def saved(page: Page, entry: str) -> bytes:
    page.get_by_role("button", name="Save").click()
    with page.expect_download() as download:
        page.locator(".menu:popover-open .menu-entry").filter(has_text=entry).first.click()
    path = download.value.path()
    assert path is not None
    return Path(path).read_bytes()


def dropped(page: Page, name: str, content: bytes) -> None:
    """Drops a file on the page, as a hand would."""
    page.evaluate(
        """([name, text]) => {
            const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
            const carried = new DataTransfer();
            carried.items.add(new File([bytes], name));
            for (const kind of ['dragover', 'drop'])
                document.body.dispatchEvent(new DragEvent(kind, {dataTransfer: carried, bubbles: true, cancelable: true}));
        }""",
        [name, base64.b64encode(content).decode()],
    )


def test_a_saved_png_dropped_on_the_page_restores_its_view(open_page: Callable[..., Page]):
    page = open_page(view(n=17, step="step256", pal="safe", w="0,0.5,0.1,0.6", pin="0.2,0.3"))
    png = saved(page, "PNG")
    assert Image.open(io.BytesIO(png)).size == (1024, 1024)
    other = open_page(view(n=9))
    dropped(other, "slice.png", png)
    until(other, "location.hash.includes('step=step256')")
    settled(other)
    assert other.evaluate("location.hash") == page.evaluate("location.hash")
    canvas = "document.querySelector('.picture canvas').toDataURL()"
    assert other.evaluate(canvas) == page.evaluate(canvas)


def test_a_picture_without_a_recipe_is_named_as_such(open_page: Callable[..., Page]):
    page = open_page(view(n=9))
    file = io.BytesIO()
    Image.new("RGB", (4, 4)).save(file, "png")
    dropped(page, "holiday.png", file.getvalue())
    page.wait_for_selector("text=holiday.png holds no recipe")


def test_numbers_saved_in_three_forms_are_the_same_numbers(open_page: Callable[..., Page]):
    page = open_page(view(n=17))
    result = Result.from_bytes(saved(page, "safetensors"))
    arrays = np.load(io.BytesIO(saved(page, "NPZ")))
    table = saved(page, "CSV").decode().splitlines()
    np.testing.assert_array_equal(arrays["distance"], result["distance"])
    np.testing.assert_array_equal(arrays["top_token"], result["top_token"])
    assert len(table) == 17 * 17 + 1
    column = table[0].split(",").index("distance_a")
    np.testing.assert_array_equal(
        np.array([np.float32(row.split(",")[column]) for row in table[1:]]), np.asarray(result["distance"])[0].ravel()
    )


def test_the_gif_has_one_frame_a_checkpoint(open_page: Callable[..., Page]):
    page = open_page(view(n=17))
    gif = Image.open(io.BytesIO(saved(page, "GIF")))
    assert getattr(gif, "n_frames", 1) == 4
    assert gif.size[0] == 512
    assert gif.size[1] > 512


def test_copied_python_runs_as_pasted_and_gives_the_numbers_on_the_page(open_page: Callable[..., Page], tmp_path: Path):
    page = open_page(view(n=9, w="0,0.5,0,0.5"))
    result = Result.from_bytes(saved(page, "safetensors"))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Save").click()
    page.locator(".menu-entry", has_text="Copy as Python").click()
    page.wait_for_selector(".menu:popover-open", state="detached")
    code = page.evaluate("navigator.clipboard.readText()")
    assert "from stable_regions import SliceRequest, compute" in code
    program = tmp_path / "pasted.py"
    program.write_text(f"{code}\nimport numpy\nnumpy.save('distance.npy', result['distance'])\n")
    # What `show` opens is fetched by a program that takes the browser's place.
    visitor = tmp_path / "visitor.py"
    visitor.write_text("import sys, urllib.request\nurllib.request.urlopen(sys.argv[1]).read()\n")
    environment = {
        **os.environ,
        **surroundings(tmp_path),
        "PLOTLY_RENDERER": "browser",
        "BROWSER": f"{sys.executable} {visitor} %s &",
    }
    subprocess.run(
        [sys.executable, program], cwd=tmp_path, env=environment, check=True, timeout=240, stdout=subprocess.DEVNULL
    )
    np.testing.assert_allclose(np.load(tmp_path / "distance.npy"), result["distance"], atol=2e-6)
