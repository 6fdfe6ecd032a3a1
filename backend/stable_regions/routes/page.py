"""The built page: files of the package's `web` folder, read once. What has a hash in its name is cached for ever.

A few megabytes are held, each file as it is and as it was compressed when the page was built: reading from disk for every
answer takes more of a processor than all else, and a talk's audience opens the page at once.
"""

import mimetypes
from collections.abc import Mapping
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from stable_regions.routes.encoding import CODINGS, Body

WEB = Path(__file__).parents[1] / "web"

KINDS = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml"}
"""Said here, since a machine's own table may say otherwise, and a browser runs no script of another type."""

ENDS = {"br": ".br", "gzip": ".gz"}
"""What the compressed forms of a file end in."""

MISSING = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Stable Regions Explorer</title>
<h1>The page is not built</h1><p>The server runs, but the files of its page are not there.
Run <code>make page</code> in the repository, or install the package with <code>pip install .</code>, which builds them.
<p>The interface for programs works: see <a href="/openapi.json">/openapi.json</a>.</p></html>"""


def page_router(folder: Path = WEB) -> APIRouter:
    """Routes for the files that are in the folder now; the page at `/`."""
    router = APIRouter(include_in_schema=False)
    files = read(folder)

    async def index(request: Request) -> Response:
        body = files.get("index.html")
        if body is None:
            return HTMLResponse(MISSING, 503)
        return body.answer(request, "text/html", {"Cache-Control": "no-cache"})

    async def file(request: Request) -> Response:
        path = request.url.path.lstrip("/")
        found = files.get(path)
        if found is None:
            raise HTTPException(404)
        caching = "public, max-age=31536000, immutable" if path.startswith("assets/") else "no-cache"
        kind = KINDS.get(Path(path).suffix) or mimetypes.guess_type(path)[0]
        return found.answer(request, kind, {"Cache-Control": caching})

    router.add_api_route("/", index, methods=["GET", "HEAD"])
    # A route for each file, not one for every path: a wrong method elsewhere stays a 405.
    for path in ["assets/{name:path}", *(name for name in files if not name.startswith("assets/"))]:
        router.add_api_route(f"/{path}", file, methods=["GET", "HEAD"])
    return router


def read(folder: Path) -> Mapping[str, Body]:
    """The files of a folder by their path in it, each with the compressed forms that lie beside it."""
    there = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    forms = {name + ends for name in there for ends in ENDS.values()}
    return {
        name: Body(
            file.read_bytes(),
            {coding: there[name + ENDS[coding]].read_bytes() for coding in CODINGS if name + ENDS[coding] in there},
        )
        for name, file in there.items()
        if name not in forms
    }
