"""The real page in a real browser, against a real server with a cache of its own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from browser.serving import ROOT, Served
from browser.waiting import settled
from patience import PATIENCE

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SHOTS = ROOT / "test-results"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright's loop stays open between them, and asyncio allows no second one beside it."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.path.is_relative_to(here))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    on_path = next((path for name in NAMES if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=on_path, args=ARGS)
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if not (ROOT / "backend/stable_regions/web/index.html").is_file():
        pytest.fail("The page is not built. Run: make page")
    served = Served(tmp_path_factory.mktemp("browser"))
    served.start()
    yield served
    served.stop()


@pytest.fixture
def open_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """A fresh visitor: 1366 × 768, light, no motion unless said otherwise. Closed after the test."""
    opened: list[BrowserContext] = []

    def open_one(width: int = 1366, height: int = 768, **options: object) -> BrowserContext:
        given = {"color_scheme": "light", "reduced_motion": "reduce", "accept_downloads": True} | options
        context = browser.new_context(viewport={"width": width, "height": height}, **given)  # type: ignore[arg-type]
        context.set_default_timeout(1000 * PATIENCE)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def open_page(open_context: Callable[..., BrowserContext], server: Served) -> Iterator[Callable[..., Page]]:
    """Opens the page at a hash and waits for its answer; whatever went wrong in its scripts fails the test at the end."""
    failures: list[str] = []

    def open_one(hash_: str = "", query: str = "", settle: bool = True, **options: object) -> Page:
        page = open_context(**options).new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.goto(f"{server.url}/{query}{hash_}")
        if settle:
            settled(page)
        return page

    yield open_one
    assert failures == []


@pytest.fixture
def shot() -> Callable[[Page, str], None]:
    """Saves a screenshot under test-results/, to be looked at."""

    def save(page: Page, name: str) -> None:
        SHOTS.mkdir(exist_ok=True)
        page.screenshot(
            path=SHOTS / f"{name}.png", full_page=page.viewport_size is not None and page.viewport_size["width"] < 720
        )

    return save
