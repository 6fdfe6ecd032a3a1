"""A server with a token: the page asks for it once and leaks it into no link."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Request

from browser.serving import Served, view
from browser.waiting import settled


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    served = Served(tmp_path_factory.mktemp("door"), token="open sesame, please")
    served.start()
    yield served
    served.stop()


def test_the_page_asks_for_the_token_and_says_when_it_was_wrong(
    open_context: Callable[..., BrowserContext], closed: Served
):
    page = open_context().new_page()
    page.goto(f"{closed.url}/{view(n=9)}")
    page.get_by_label("This server asks for an access token").fill("guess")
    page.keyboard.press("Enter")
    page.get_by_label("That token was not right").fill("open sesame, please")
    page.keyboard.press("Enter")
    settled(page)
    page.locator(".surface").click(position={"x": 90, "y": 90})
    page.wait_for_selector(".pinned .tops li")


def test_no_address_that_the_page_asks_holds_the_token_nor_does_a_link_that_brought_it(
    open_context: Callable[..., BrowserContext], closed: Served
):
    page = open_context().new_page()
    asked: list[str] = []

    def heard(request: Request) -> None:
        asked.append(request.url)

    page.on("request", heard)
    page.goto(f"{closed.url}/{view(n=9, layer=2)}&token=open+sesame,+please")
    settled(page)
    assert "sesame" not in page.url
    assert "n=9" in page.url
    with page.expect_download() as download:
        page.get_by_role("button", name="Save").click()
        page.locator(".menu:popover-open .menu-entry").filter(has_text="safetensors").first.click()
    assert download.value.path() is not None
    assert any(url.endswith("/events") for url in asked)
    assert not [url for url in asked if "sesame" in url]


def test_a_token_in_the_address_is_used_and_taken_out_of_it(
    open_context: Callable[..., BrowserContext], closed: Served
):
    page = open_context().new_page()
    page.goto(f"{closed.url}/?token=open+sesame,+please{view(n=9)}")
    settled(page)
    assert "sesame" not in page.url
    page.keyboard.press("ArrowLeft")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.press("y")
    page.wait_for_selector("text=Copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert "sesame" not in link
