"""A lecture hall: a pack is opened, the host dies, the network goes, and the talk is given by a clicker's keys."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from os import environ
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from browser.serving import surroundings
from browser.statics import Statics
from browser.waiting import settled, until

FILM = "#v=1&model=facts-4l&layer=1&n=17&exact=1&revs=step0,step64,step1536&step=step1536"
STORY = {
    "format": "stable-regions-story",
    "version": 1,
    "title": "Regions form in training",
    "views": [
        {"link": FILM, "title": "From a smooth wash", "notes": "Begin here", "through": True},
        {"link": f"{FILM}&line=BC", "title": "Another line", "notes": "<b>Say</b> this"},
        {"link": f"{FILM}&d=l2", "title": "The paper's distance"},
        {"link": f"{FILM}&c=The capital of Peru is", "title": "Another prompt"},
        {"link": f"{FILM}&pin=0.5,0.5&theme=dark", "title": "A point", "through": True},
    ],
}
STEP = "document.querySelector('.talk-stage-step')?.innerText"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packed story."""
    place = tmp_path_factory.mktemp("talk")
    (place / "story.json").write_text(json.dumps(STORY))
    command = [sys.executable, "-m", "stable_regions", "pack", str(place / "story.json"), "-o", str(place / "site")]
    done = subprocess.run(command, env={**environ, **surroundings(place)}, check=True, capture_output=True, text=True)
    assert "5 of 5 views complete" in done.stdout
    return place / "site"


@pytest.fixture
def hall(open_context: Callable[..., BrowserContext], folder: Path) -> Iterator[tuple[Page, Statics]]:
    """The packed page in a hall of 1280 × 720, and the host that it came from."""
    wrong: list[str] = []
    host = Statics(folder)
    page = open_context(width=1280, height=720).new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(host.url)
    settled(page)
    yield page, host
    host.stop()
    assert wrong == []


def colours(page: Page) -> int:
    """Different colours of the picture, along its middle row: a blank one has one."""
    return page.evaluate(
        """() => {
            const canvas = document.querySelector('.picture canvas');
            const row = canvas.getContext('2d').getImageData(0, canvas.height >> 1, canvas.width, 1).data;
            return new Set(Array.from({ length: row.length / 4 }, (_, i) => row.slice(4 * i, 4 * i + 3).join())).size;
        }"""
    )


def test_a_talk_is_given_without_host_and_network(
    hall: tuple[Page, Statics], shot: Callable[[Page, str], None]
) -> None:
    page, host = hall
    page.keyboard.press("t")
    page.get_by_text("5 of 5 views complete").wait_for()
    page.get_by_text("works offline").wait_for()
    shot(page, "talk-editor")
    page.get_by_role("button", name="Present").click()
    until(page, f"{STEP}?.startsWith('step 0')")
    host.stop()
    page.context.set_offline(True)
    shown: list[str] = []
    for expected in ("step 0", "step 64", "step 1,536", "step 1,536", "step 1,536", "step 1,536", "step 0", "step 64"):
        until(page, f"{STEP}?.startsWith('{expected}')")
        until(page, "document.querySelector('.room')?.dataset.phase === 'done'")
        assert colours(page) > 3
        shown.append(page.url.partition("#")[2])
        page.keyboard.press("PageDown")
    assert len({link.split("step=")[0] + link.split("&a=")[-1] for link in shown}) == 5
    shot(page, "talk-projector")
    assert page.locator(".bar, .side, .train:visible").count() == 0
    page.keyboard.press("b")
    page.locator(".talk-stage-black").wait_for()
    page.keyboard.press(".")
    page.locator(".talk-stage-black").wait_for(state="detached")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    until(page, "location.hash.includes('line=BC')")
    page.keyboard.press("PageUp")
    page.keyboard.press("PageUp")
    page.keyboard.press("PageUp")
    until(page, f"{STEP}?.startsWith('step 1,536') && !location.hash.includes('line=BC')")
    page.keyboard.press("Escape")
    page.locator(".bar").wait_for()


def test_a_talk_goes_on_after_a_reload_and_speaks_to_the_speakers_window(hall: tuple[Page, Statics]) -> None:
    page, host = hall
    page.goto(f"{host.url}?talk")
    until(page, f"{STEP}?.startsWith('step 0')")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    until(page, "location.hash.includes('line=BC')")
    with page.context.expect_page() as opened:
        page.keyboard.press("s")
    notes = opened.value
    notes.get_by_text("<b>Say</b> this").wait_for()
    notes.get_by_text("Next: The paper's distance").wait_for()
    notes.keyboard.press("PageDown")
    notes.get_by_text("3 of 5").wait_for()
    until(page, "location.hash.includes('d=l2')")
    page.goto(host.url)
    until(page, f"location.hash.includes('d=l2') && {STEP}")


def test_a_story_is_made_on_the_page_and_edited_by_keys(hall: tuple[Page, Statics]) -> None:
    page, _ = hall
    page.keyboard.press("t")
    page.get_by_text("5 of 5 views complete").wait_for()
    title = page.get_by_label("Title of view 1", exact=True)
    page.get_by_role("button", name="View 1: move").focus()
    page.keyboard.press("Alt+ArrowDown")
    until(page, "document.querySelector('.talk-fields input').value === 'Another line'")
    page.get_by_role("button", name="Delete view 1").click()
    assert title.input_value() == "From a smooth wash"
    page.get_by_role("button", name="Undo").click()
    assert title.input_value() == "Another line"
    title.fill("<img src=x onerror=alert(1)>")
    title.press("Tab")
    page.get_by_role("button", name="Add this view").click()
    page.get_by_label("Title of view 6", exact=True).wait_for()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save story").click()
    story = json.loads(Path(saved.value.path()).read_text())
    assert [view["title"] for view in story["views"]][:2] == ["<img src=x onerror=alert(1)>", "From a smooth wash"]
    assert story["views"][5]["requests"][0]["analysis"] == "animation"
