"""The built page."""

from pathlib import Path

import httpx
from fastapi import FastAPI
from httpx import ASGITransport

from stable_regions.routes.page import page_router


def client(folder: Path) -> httpx.AsyncClient:
    app = FastAPI()
    app.include_router(page_router(folder))
    return httpx.AsyncClient(transport=ASGITransport(app), base_url="http://localhost")


async def test_the_page_is_served_and_what_has_a_hash_is_kept_for_ever(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<p>page")
    (tmp_path / "assets" / "a-1234.js").write_text("1")
    (tmp_path / "icon.svg").write_text("<svg/>")
    async with client(tmp_path) as http:
        page = await http.get("/")
        assert page.text == "<p>page"
        assert page.headers["cache-control"] == "no-cache"
        script = await http.get("/assets/a-1234.js")
        assert script.headers["content-type"].startswith("text/javascript")
        assert "immutable" in script.headers["cache-control"]
        assert (await http.get("/icon.svg")).headers["cache-control"] == "no-cache"
        again = await http.get("/", headers={"If-None-Match": page.headers["etag"]})
        assert again.status_code in (200, 304)
        for path in ("/other", "/assets/../../page.py", "/assets/%2e%2e/%2e%2e/page.py"):
            assert (await http.get(path)).status_code == 404


async def test_a_page_that_is_not_built_says_how_to_build_it(tmp_path: Path) -> None:
    async with client(tmp_path / "none") as http:
        answer = await http.get("/")
        assert answer.status_code == 503
        assert "make page" in answer.text
