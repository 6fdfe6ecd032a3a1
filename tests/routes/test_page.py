"""The built page."""

import gzip
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
        assert again.status_code == 304
        for path in ("/other", "/assets/../../page.py", "/assets/%2e%2e/%2e%2e/page.py"):
            assert (await http.get(path)).status_code == 404


async def test_files_travel_as_they_were_compressed_when_the_page_was_built(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    script = b"let a = 1;\n" * 500
    (tmp_path / "assets" / "a-1234.js").write_bytes(script)
    (tmp_path / "assets" / "a-1234.js.gz").write_bytes(gzip.compress(script))
    (tmp_path / "assets" / "a-1234.js.br").write_bytes(b"brotli's bytes")
    url = "/assets/a-1234.js"
    async with client(tmp_path) as http:
        packed = await http.get(url, headers={"Accept-Encoding": "gzip"})
        assert (packed.content, packed.headers["content-encoding"]) == (script, "gzip")
        async with http.stream("GET", url, headers={"Accept-Encoding": "gzip, br"}) as answer:
            assert answer.headers["content-encoding"] == "br"
            assert answer.headers["content-type"].startswith("text/javascript")
            assert b"".join([part async for part in answer.aiter_raw()]) == b"brotli's bytes"
        plain = await http.get(url, headers={"Accept-Encoding": "identity"})
        assert (plain.content, "content-encoding" in plain.headers) == (script, False)
        assert {one.headers["vary"] for one in (packed, plain)} == {"Accept-Encoding"}
        assert len({one.headers["etag"] for one in (packed, plain, answer)}) == 3
        for one in (packed, plain, answer):
            again = await http.get(url, headers={"If-None-Match": one.headers["etag"]})
            assert (again.status_code, again.content) == (304, b"")
        assert (await http.get(url + ".gz")).status_code == 404


async def test_a_page_that_is_not_built_says_how_to_build_it(tmp_path: Path) -> None:
    async with client(tmp_path / "none") as http:
        answer = await http.get("/")
        assert answer.status_code == 503
        assert "make page" in answer.text
