"""A pack on a static host, under a sub-path, with no server of ours: its views are all there, and nothing else is asked."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from os import environ

import pytest
from playwright.sync_api import BrowserContext, Page

from browser.serving import surroundings
from browser.statics import Statics
from browser.waiting import settled, until

FILM = "v=1&model=facts-4l&step=step1536&revs=step0,step64,step1536&layer=1&n=17&exact=1"
LINKS = (
    f"#{FILM}",
    f"#{FILM}&line=BC&pin=0.4,0.3",
    f"#{FILM}&d=l2&beside=regions&p4=The capital of Peru is",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a packed folder on a bare file server."""
    folder = tmp_path_factory.mktemp("static")
    made = folder / "some" / "where"
    command = [sys.executable, "-m", "stable_regions", "pack", *LINKS, "-o", str(made)]
    made.parent.mkdir()
    subprocess.run(command, env={**environ, **surroundings(folder)}, check=True, capture_output=True)
    host = Statics(folder, "some/where/")
    yield host.url
    host.stop()


@pytest.fixture
def packed(open_context: Callable[..., BrowserContext], site: str) -> Iterator[Callable[[str], Page]]:
    """Opens the packed page; whatever went wrong, and whatever was asked elsewhere, fails the test at the end."""
    wrong: list[str] = []

    def open_one(hash_: str) -> Page:
        page = open_context().new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "request", lambda asked: None if asked.url.startswith((site, "blob:", "data:")) else wrong.append(asked.url)
        )
        page.on("response", lambda answer: wrong.append(answer.url) if answer.status >= 400 else None)
        page.goto(site + hash_)
        settled(page)
        return page

    yield open_one
    assert wrong == []


def test_a_packed_page_opens_its_first_view_and_scrubs(packed: Callable[[str], Page]) -> None:
    page = packed("")
    assert "model=facts-4l" in page.url
    until(page, "document.body.innerText.includes('step 1,536')")
    page.keyboard.press("PageUp")
    until(page, "document.body.innerText.includes('step 64')")
    picture = page.locator(".picture").bounding_box()
    assert picture is not None
    page.mouse.move(picture["x"] + 60, picture["y"] + 60)
    until(page, "document.querySelector('.readout') !== null")


@pytest.mark.parametrize("link", LINKS)
def test_every_view_of_a_pack_is_answered_at_every_checkpoint(packed: Callable[[str], Page], link: str) -> None:
    page = packed(link)
    for key in ("PageUp", "PageUp", "End"):
        page.keyboard.press(key)
        page.wait_for_timeout(50)
        settled(page)
    page.wait_for_timeout(500)  # what is asked beside the picture is asked a moment after it
    assert page.get_by_text("Not in this pack").count() == 0


def test_what_is_not_in_the_pack_says_so_and_what_can_be_done(packed: Callable[[str], Page]) -> None:
    page = packed("")
    page.evaluate(f"location.hash = '#{FILM}&d=tv'")
    page.get_by_text("Not in this pack").first.wait_for()
    assert page.get_by_text("stable-regions serve").count() > 0
