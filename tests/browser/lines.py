"""Lines on the picture as the tests choose, place and read them."""

import csv
import io
from pathlib import Path

from playwright.sync_api import Page, Request

from browser.serving import PROMPTS, Served
from browser.test_pointer import centre
from browser.waiting import until
from stable_regions import Client, LineRequest
from stable_regions.answers.answer import Answer

LINE = "new URLSearchParams(location.hash.slice(1)).get('line')"
NOTE = ".side .curve-note"


def on_plane(page: Page, alpha: float, beta: float) -> tuple[float, float]:
    """Where a point of the plane is on the screen, in the first window."""
    return centre(page, (alpha + 0.25) / 1.5, (1.25 - beta) / 1.5)


def asked(server: Served, *ends: object, **fields: object) -> Answer:
    """What the API says of a line of the view's own plane."""
    given: dict[str, object] = {
        "model": {"name": "facts-4l", "revision": "step1536"},
        "prompts": PROMPTS,
        "write_layer": 1,
        "ends": ends,
    }
    with Client(server.url) as client:
        return client.compute(LineRequest.model_validate(given | fields))


def third(server: Served) -> tuple[float, float]:
    """Where C is on the plane."""
    alpha, beta = asked(server, "A", "C", steps=5)["coordinates"][-1]
    return float(alpha), float(beta)


def told(answer: Answer) -> str:
    """A curve's numbers as the panel says them."""
    sharp, wide, at = (float(answer[name][0]) for name in ("sharpness", "width", "position"))
    return f"sharpness {sharp:.1f} · width {wide:.2f} · at {at:.2f}"


def chosen(page: Page) -> str | None:
    return page.evaluate(LINE)


def wait_for_line(page: Page, *numbers: float) -> list[float]:
    """Returns the numbers of the chosen line once they are near the expected ones; the address follows the hand."""
    parts = f"({LINE} ?? '').split(',').map(Number)"
    near = " && ".join(f"Math.abs({parts}[{n}] - {number}) < 0.011" for n, number in enumerate(numbers))
    until(page, near)
    return [float(part) for part in str(chosen(page)).split(",")]


def posted(page: Page) -> list[str]:
    """Analyses that are asked from now on."""
    seen: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/requests"):
            seen.append(request.post_data_json["analysis"])

    page.on("request", note)
    return seen


def wait_for_numbers(page: Page, text: str) -> None:
    until(page, f"document.querySelector({NOTE!r})?.innerText.includes({text!r})")


def table(page: Page) -> list[dict[str, str]]:
    """The enlarged curve's CSV."""
    page.get_by_role("button", name="Save the curve").click()
    with page.expect_download() as download:
        page.locator(".menu:popover-open .menu-entry").filter(has_text="CSV").click()
    return list(csv.DictReader(io.StringIO(Path(str(download.value.path())).read_text())))
