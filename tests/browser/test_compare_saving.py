"""Fields taken away: one picture brings them back, and the code asks for each of them."""

import io
from collections.abc import Callable

from PIL import Image
from playwright.sync_api import Page

from browser.serving import view
from browser.test_compare import compared, names
from browser.test_saving import dropped, saved
from stable_regions.pictures.image import recipe_of


def test_a_saved_picture_brings_fields_difference_and_kept_point_back(open_page: Callable[..., Page]):
    fields = "step:step0;step:step1536,b:Japan lies on the continent of"
    page = compared(open_page, fields, {"n": 17, "diff": "2-1", "pin": "0.2,0.3", "pal": "safe"})
    png = saved(page, "PNG")
    width, height = Image.open(io.BytesIO(png)).size
    assert width > 3 * 800
    assert height > 800
    recipe = recipe_of(png)
    assert recipe is not None
    assert [field["model"]["revision"] for field in recipe["fields"]] == ["step0", "step1536"]
    other = open_page(view(n=9))
    dropped(other, "fields.png", png)
    other.wait_for_selector(".hall[data-phase=done]")
    parts = "[...new URLSearchParams(location.hash.slice(1))].map(String).sort()"
    assert other.evaluate(parts) == page.evaluate(parts)
    assert names(other) == names(page)


def test_a_picture_of_the_rooms_own_first_choice_names_its_fields(open_page: Callable[..., Page]):
    page = open_page(view(n=9, room="compare"), settle=False)
    page.wait_for_selector(".hall[data-phase=done]")
    recipe = recipe_of(saved(page, "PNG"))
    assert recipe is not None
    assert "cmp=step:step0;step:step64;step:step1536" in recipe["page"]


def test_copied_python_holds_a_request_a_field(open_page: Callable[..., Page]):
    page = compared(open_page, "step:step0;layer:2,d:l2", {"n": 9})
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Save").click()
    page.locator(".menu-entry", has_text="Copy as Python").click()
    page.wait_for_selector(".menu:popover-open", state="detached")
    code = page.evaluate("navigator.clipboard.readText()")
    found: dict[str, object] = {}
    exec(code.partition("results = [compute")[0], found)
    one, other = found["requests"]  # type: ignore[misc]
    assert (one.model.revision, one.write_layer, one.distance) == ("step0", 1, "hellinger")
    assert (other.model.revision, other.write_layer, other.distance) == ("step1536", 2, "l2")
