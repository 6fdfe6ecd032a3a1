"""How regions form: lines, tracks and events over training, on the sheet, beside the picture and on the rail."""

from collections.abc import Callable

from playwright.sync_api import Page

from browser.serving import Served, view
from browser.test_looks import violations
from browser.test_regions import plane
from browser.waiting import until
from stable_regions import Client, TimelineRequest
from stable_regions.answers.answer import Answer

REVISIONS = ["step0", "step64", "step256", "step1536"]


def timeline(server: Served, **fields: object) -> Answer:
    """What the API says of the view's own plane."""
    regions = {"analysis": "regions", **plane(), "resolution": 33, **fields}
    with Client(server.url) as client:
        return client.compute(TimelineRequest.model_validate({"regions": regions, "revisions": REVISIONS}))


def told(page: Page) -> None:
    page.wait_for_selector(".event-table tbody tr")


def events(answer: Answer) -> list[list[str]]:
    """Checkpoint and kind of all that happens, as the table should list it."""
    found = answer.metadata["events"]
    assert isinstance(found, list)
    return [[REVISIONS[e["frame"]], e["kind"]] for e in found if e["kind"] != "continue"]


def listed(page: Page) -> list[list[str]]:
    """The same as it is listed."""
    return page.locator(".event-table tbody tr").evaluate_all(
        "all => all.map(row => [row.children[0].innerText.trim(), row.children[1].innerText.trim()])"
    )


def test_events_lines_and_sentence_are_the_servers(
    open_page: Callable[..., Page], server: Served, shot: Callable[[Page, str], None]
):
    page = open_page(view())
    page.get_by_role("button", name="How regions form").click()
    told(page)
    answer = timeline(server)
    assert listed(page) == events(answer)
    first, last = int(answer["count"][0]), int(answer["count"][-1])
    assert f"{first} → {last} regions" in page.locator(".forming-sentence").inner_text()
    assert page.locator(".tracks rect.block").count() == len(answer["frame"])
    assert page.locator(".line-row.count svg circle").count() == len(REVISIONS)
    shot(page, "forming")
    assert violations(page) == []


def test_by_outputs_one_threshold_holds_for_all_checkpoints(open_page: Callable[..., Page], server: Served):
    page = open_page(view(agree="output", form=1))
    until(page, "location.hash.includes('thr=')")
    told(page)
    threshold = float(page.evaluate("new URLSearchParams(location.hash.slice(1)).get('thr')"))
    assert listed(page) == events(timeline(server, by="output", threshold=threshold))
    assert "are one region" in page.locator(".forming-sentence").inner_text()


def test_an_event_leads_to_its_checkpoint_and_the_sheet_is_in_the_link(open_page: Callable[..., Page]):
    page = open_page(view(form=1))
    told(page)
    page.locator(".event-go").first.focus()
    goal = page.locator(".event-go").first.inner_text()
    page.keyboard.press("Enter")
    until(page, f"location.hash.includes('step={goal}')")
    assert "form=1" in page.url
    page.keyboard.press("Escape")
    until(page, "!location.hash.includes('form=1')")


def test_beside_the_picture_and_on_the_rail_the_timeline_stays(
    open_page: Callable[..., Page], server: Served, shot: Callable[[Page, str], None]
):
    page = open_page(view())
    page.keyboard.press("w")
    told(page)
    page.keyboard.press("Escape")
    answer = timeline(server)
    page.wait_for_selector(".key.even")
    assert f"regions {int(answer['count'][-1])}" in page.locator(".key.many").inner_text()
    assert f"between {answer['between'][-1]:.1f}" in page.locator(".key.sharp").inner_text()
    marks = answer.metadata["marks"]
    assert isinstance(marks, dict)
    places = {mark["frame"] for mark in marks.values() if mark}
    assert page.locator(".change-mark").count() == len(places)
    page.locator(".event-mark").first.press("Shift")
    assert page.locator(".event-mark:focus-visible + .event-words").is_visible()
    shot(page, "training-events")
    page.keyboard.press("Enter")
    until(page, "!location.hash.includes('step=step1536')")
    assert violations(page) == []


def test_a_timeline_can_be_stopped_and_gone_on_with(open_page: Callable[..., Page]):
    page = open_page(view(model="facts-12l", layer=2, revs=None, n=65))
    page.keyboard.press("w")
    page.locator(".forming-state").get_by_role("button", name="Cancel").click()
    again = page.get_by_role("button", name="Go on")
    again.wait_for()
    again.click()
    page.wait_for_selector(".forming-state progress")
    page.locator(".forming-state").get_by_role("button", name="Cancel").click()


def test_one_checkpoint_has_no_history_and_says_so(open_page: Callable[..., Page]):
    page = open_page(view(revs="step1536", form=1, n=9))
    until(page, "document.querySelector('.forming-inner')?.innerText.includes('no history')")
