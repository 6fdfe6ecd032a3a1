"""The built page: files of the package's `web` folder, listed once. What has a hash in its name is cached for ever."""

import mimetypes
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.exceptions import HTTPException

WEB = Path(__file__).parents[1] / "web"

KINDS = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml"}
"""Said here, since a machine's own table may say otherwise, and a browser runs no script of another type."""

MISSING = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Stable Regions Explorer</title>
<h1>The page is not built</h1><p>The server runs, but the files of its page are not there.
Run <code>make page</code> in the repository, or install the package with <code>pip install .</code>, which builds them.
<p>The interface for programs works: see <a href="/openapi.json">/openapi.json</a>.</p></html>"""


def page_router(folder: Path = WEB) -> APIRouter:
    """Routes for the files that are in the folder now; the page at `/`."""
    router = APIRouter(include_in_schema=False)
    files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}

    async def index() -> Response:
        file = files.get("index.html")
        if file is None:
            return HTMLResponse(MISSING, 503)
        return FileResponse(file, media_type="text/html", headers={"Cache-Control": "no-cache"})

    async def file(request: Request) -> Response:
        path = request.url.path.lstrip("/")
        found = files.get(path)
        if found is None:
            raise HTTPException(404)
        caching = "public, max-age=31536000, immutable" if path.startswith("assets/") else "no-cache"
        kind = KINDS.get(found.suffix) or mimetypes.guess_type(found.name)[0]
        return FileResponse(found, media_type=kind, headers={"Cache-Control": caching})

    router.add_api_route("/", index, methods=["GET", "HEAD"])
    # A route for each file, not one for every path: a wrong method elsewhere stays a 405.
    for path in ["assets/{name:path}", *(name for name in files if not name.startswith("assets/"))]:
        router.add_api_route(f"/{path}", file, methods=["GET", "HEAD"])
    return router
