"""Models of the hub: chosen from a list, priced before anything is downloaded, watched while it comes, cancelled, resumed.

The hub is a stand-in on loopback; the server, its hub client and the browser are the real ones.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request

import hub_models
from browser.serving import Served, view
from browser.test_looks import violations
from browser.waiting import settled, until
from hub_models import NAME
from stand_in import Fault, Hub
from tiny import PROMPTS

SLOW = Fault(pause=0.12)
"""Some 270 kB a second: a second or two for a checkpoint of a tiny model."""


@pytest.fixture
def start(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Served]]:
    """Starts servers one after another, with one hub folder between them; at first nothing is on disk."""
    for name, value in hub_models.environment(hub, tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("HF_TOKEN", raising=False)
    running: list[Served] = []

    def start_one(**settings: str) -> Served:
        for before in running:
            before.stop()
        served = Served(tmp_path, **({"offline": "false"} | settings))
        running.append(served)
        served.start()
        return served

    yield start_one
    for served in running:
        served.stop()


def link(**fields: object) -> str:
    """A link to the hub's model at two checkpoints that can be had."""
    given: dict[str, object] = {
        "model": NAME,
        "revs": "step0,main",
        "step": "main",
        "a": PROMPTS[0],
        "b": PROMPTS[1],
        "c": PROMPTS[2],
        "layer": 1,
        "n": 9,
        "bos": None,
    }
    return view(**(given | fields))


def opened(open_page: Callable[..., Page], served: Served, hash_: str = "", **options: object) -> Page:
    page = open_page(settle=False, **options)
    page.goto(f"{served.url}/{hash_}")
    return page


def posted(page: Page, served: Served) -> list[str]:
    """Every request for an answer that the page posts to this server from now on."""
    seen: list[str] = []

    def look(asked: Request) -> None:
        if asked.method == "POST" and asked.url == f"{served.url}/api/v1/requests":
            seen.append(str(asked.post_data))

    page.on("request", look)
    return seen


def test_a_model_is_chosen_by_keyboard_priced_downloaded_and_shown_with_its_gap(
    open_page: Callable[..., Page], start: Callable[..., Served], hub: Hub, shot: Callable[[Page, str], None]
):
    served = start()
    page = opened(open_page, served, view(n=9, a=PROMPTS[0], b=PROMPTS[1], c=PROMPTS[2]))
    settled(page)
    page.keyboard.press("m")
    page.wait_for_selector(".models-list")
    page.keyboard.type("olmo 7b")
    until(page, "[...document.querySelectorAll('.model-name')].every(one => /olmo.*7b/i.test(one.textContent))")
    assert page.locator(".model").count() >= 3
    shot(page, "chooser")
    assert violations(page) == []
    page.get_by_label("Any repository of the hub").fill(NAME)
    page.keyboard.press("Enter")
    page.get_by_label("Chosen by hand").check()
    shot(page, "chooser-by-hand")
    assert violations(page) == []
    for step in ("step0", "step20", "step1000-tokens4B", "main"):
        page.locator(".moment-row", has_text=step).first.locator("input").check()
    asked = posted(page, served)
    page.get_by_role("button", name="Open these 4 checkpoints").press("Enter")
    page.wait_for_selector(".room[data-phase=priced]")
    words = page.locator(".price").inner_text()
    assert "First, a download of" in words
    assert "1 of 4 cannot be had" in words
    assert "pickle" in words
    assert asked == []
    shot(page, "price")
    assert violations(page) == []
    assert hub.fetched() == []
    hub.faults["model.safetensors"] = SLOW
    page.get_by_role("button", name="Download and compute").press("Enter")
    page.wait_for_selector(".arriving")
    page.wait_for_selector("text=/file \\d of \\d · .*B of .*B · .*B\\/s/")
    shot(page, "download")
    assert violations(page) == []
    settled(page)
    assert page.locator(".stop.gap").count() == 1
    assert page.locator(".stop.ready").count() == 3
    missing = page.get_by_role("region", name="Missing checkpoints").inner_text()
    assert "1 of 4 checkpoints is missing" in missing
    assert "pickle" in missing
    shot(page, "gap")
    assert violations(page) == []
    place = page.evaluate("[...document.querySelectorAll('.stop')].findIndex(one => one.matches('.gap'))")
    page.keyboard.press("Home")
    for _ in range(place):
        page.keyboard.press("ArrowRight")
    assert "missing" in (page.get_attribute(".rail", "aria-valuetext") or "")
    assert "pickle" in page.locator(".picture-note.gap").inner_text()


def test_a_shared_link_asks_first_and_a_pin_in_it_does_not_ask_behind_ones_back(
    open_page: Callable[..., Page], start: Callable[..., Served], hub: Hub
):
    page = open_page(settle=False)
    served = start()
    asked = posted(page, served)
    page.goto(f"{served.url}/{link(pin='0.1,0.2')}")
    page.wait_for_selector(".price")
    assert page.locator(".price strong").first.inner_text() == NAME
    page.wait_for_timeout(500)  # a pin's question would have been posted after 180 ms
    assert asked == []
    assert hub.fetched() == []
    page.get_by_role("button", name="Download and compute").click()
    settled(page)
    page.wait_for_selector(".pinned .tops li")
    assert len(hub.fetched()) == 2


def test_what_is_on_disk_is_computed_without_a_question_and_other_prompts_ask_none(
    open_page: Callable[..., Page], start: Callable[..., Served], hub: Hub
):
    page = opened(open_page, start(), link())
    page.get_by_role("button", name="Download and compute").click()
    settled(page)
    before = len(hub.fetched())
    page.locator(".prompt-text").nth(2).fill("Where do people like cats")
    page.keyboard.press("Enter")
    until(page, "location.hash.includes('cats')")
    settled(page)
    assert page.locator(".price").count() == 0
    assert len(hub.fetched()) == before
    page.get_by_role("combobox", name="Model").select_option("more models …")
    page.wait_for_selector(".model-here:has-text('2 on disk')")


def test_a_download_is_cancelled_midway_and_goes_on_where_it_was(
    open_page: Callable[..., Page], start: Callable[..., Served], hub: Hub
):
    hub.faults["model.safetensors"] = SLOW
    page = opened(open_page, start(), link(revs="main"))
    page.get_by_role("button", name="Download and compute").click()
    page.wait_for_selector(".arriving")
    until(page, "Number(document.querySelector('.bar-progress').value) > 0.3")
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_selector("text=cancelled at 0 of 1")
    hub.faults.clear()
    page.get_by_role("button", name="Go on").click()
    settled(page)
    again = [line for line in hub.fetched() if "bytes=" in line]
    assert again, hub.asked
    assert all(not line.endswith("bytes=0-") for line in again)


def test_choosing_fewer_opens_the_list_with_what_was_asked(
    open_page: Callable[..., Page], start: Callable[..., Served]
):
    page = opened(open_page, start(), link(revs="step0,step1000-tokens4B,main"))
    page.get_by_role("button", name="Choose fewer checkpoints").click()
    page.wait_for_selector("dialog[open] .checkpoints")
    assert page.get_by_role("dialog").get_by_role("heading", name=NAME).is_visible()
    page.get_by_label("The last one").check()
    page.get_by_role("button", name="Open this checkpoint").click()
    until(page, "location.hash.includes('revs=main')")
    page.wait_for_selector(".price >> text=one checkpoint")


def test_offline_only_what_is_on_disk_is_listed_and_it_is_said(
    open_page: Callable[..., Page], start: Callable[..., Served], shot: Callable[[Page, str], None]
):
    page = opened(open_page, start(), link())
    page.get_by_role("button", name="Download and compute").click()
    settled(page)
    page = opened(open_page, start(offline="true"), view(n=9, a=PROMPTS[0], b=PROMPTS[1], c=PROMPTS[2]))
    settled(page)
    page.keyboard.press("m")
    page.wait_for_selector("text=This server works offline")
    names = page.locator(".model-name").all_inner_texts()
    assert NAME in names
    assert not any("pythia" in name for name in names)
    shot(page, "chooser-offline")
    page.keyboard.type(NAME)
    page.keyboard.press("Enter")
    page.get_by_label("Those on this disk").check()
    page.get_by_role("button", name="Open these 2 checkpoints").click()
    settled(page)
    assert page.locator(".stop.ready").count() == 2
    page.goto(f"{page.url.partition('#')[0]}{link(model='EleutherAI/pythia-70m', revs='step0', step='step0')}")
    page.wait_for_selector(".trouble [role=alert] >> text=not on this disk")


@pytest.mark.parametrize(
    ("name", "said"),
    [(hub_models.GATED, "licence must be accepted"), ("someone/else", "STABLE_REGIONS_HUB_MODELS")],
)
def test_what_cannot_be_had_is_said_in_the_list(
    open_page: Callable[..., Page], start: Callable[..., Served], name: str, said: str
):
    page = opened(open_page, start(), view(n=9, a=PROMPTS[0], b=PROMPTS[1], c=PROMPTS[2]))
    settled(page)
    page.keyboard.press("m")
    page.get_by_label("Any repository of the hub").fill(name)
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog [role=alert]")
    assert said in page.locator("dialog [role=alert]").inner_text()


def test_the_list_is_refreshed_and_a_branch_that_it_lacks_can_be_typed(
    open_page: Callable[..., Page], start: Callable[..., Served], hub: Hub
):
    page = opened(open_page, start(), view(n=9, a=PROMPTS[0], b=PROMPTS[1], c=PROMPTS[2]))
    settled(page)
    page.keyboard.press("m")
    page.get_by_label("Any repository of the hub").fill(NAME)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=listed just now")
    before = sum(line.endswith("/refs") for line in hub.asked)
    page.get_by_role("button", name="Refresh").click()
    until(page, "!document.querySelector('.listed button').disabled")
    assert sum(line.endswith("/refs") for line in hub.asked) == before + 1
    page.get_by_label("Chosen by hand").check()
    page.get_by_role("button", name="None").click()
    page.get_by_label("Another branch or commit").fill("my/branch-7")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Open this checkpoint").click()
    until(page, "location.hash.includes('revs=my/branch-7')")
