"""Results by key: the file itself, and the same as NPZ, CSV, PNG and SVG. They never change, so they are cached for ever.

A URL names a question, an ETag names bytes: the answers of two machines to one question are equal to rounding, and their
files differ in the last bits and in the seconds they took. The file itself travels compressed where that pays: it is
compressed once, and held for whoever asks next.

But for those that lack a part for a passing reason (a download that broke off): asking again makes them anew.
"""

import asyncio
from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from stable_regions.answers.answer import Answer
from stable_regions.pictures.look import Look
from stable_regions.routes.bodies import Bodies
from stable_regions.routes.encoding import has_already
from stable_regions.routes.problems import documented
from stable_regions.routes.requests import ServiceOf
from stable_regions.schemas.key import Key
from stable_regions.schemas.result import Result, is_provisional

router = APIRouter(prefix="/api/v1/results", tags=["results"])

SAFETENSORS = "application/octet-stream"

PASSING = {"Cache-Control": "no-store"}
"""Of what asking again makes anew."""


def _file(kind: str, text: str) -> dict[int | str, dict[str, object]]:
    """The responses of a file's route."""
    schema = {"type": "string", "format": "binary"}
    return {
        200: {"description": text, "content": {kind: {"schema": schema}}},
        304: {"description": "You have it already."},
        **documented(404, 409, 422, 424, 500),
    }


@router.get("/{key}.npz", response_class=Response, responses=_file("application/zip", "NumPy's NPZ."))
async def npz(key: Key, service: ServiceOf, request: Request) -> Response:
    """The arrays as NPZ, with the metadata as a JSON text named `meta`."""
    return await _answer(key, service, request, "npz", "application/zip", lambda file: Result.from_bytes(file).to_npz())


@router.get("/{key}.csv", response_class=Response, responses=_file("text/csv", "One row a point."))
async def csv(key: Key, service: ServiceOf, request: Request) -> Response:
    """A slice, a curve, a study and their like as a tidy table."""

    def write(file: bytes) -> bytes:
        return _answered(file).file("csv")

    return await _answer(key, service, request, "csv", "text/csv; charset=utf-8", write)


@router.get("/{key}.svg", response_class=Response, responses=_file("image/svg+xml", "The chart, for documents."))
async def svg(key: Key, service: ServiceOf, request: Request) -> Response:
    """A curve, a study, a comparison of meaning or a sweep as a chart."""

    def draw(file: bytes) -> bytes:
        return _answered(file).file("svg")

    return await _answer(key, service, request, "svg", "image/svg+xml", draw)


@router.get("/{key}.png", response_class=Response, responses=_file("image/png", "The picture, its recipe inside."))
async def png(
    key: Key,
    service: ServiceOf,
    request: Request,
    size: Annotated[int, Query(ge=64, le=2048, description="Side of the field, pixels.")] = 720,
    palette: Annotated[Literal["paper", "safe", "a", "b", "c"], Query()] = "paper",
    normalisation: Annotated[Literal["frame", "absolute", "contrast"], Query()] = "frame",
    caption: Annotated[bool, Query(description="Say below what it shows.")] = True,
) -> Response:
    """A slice as a picture."""

    def draw(file: bytes) -> bytes:
        look = Look(size=size, palette=palette, normalisation=normalisation, caption=caption)
        return _answered(file).file("png", look)

    return await _answer(key, service, request, "png", "image/png", draw)


@router.get("/{key}", response_class=Response, responses=_file(SAFETENSORS, "The safetensors file."))
async def result(key: Key, service: ServiceOf, request: Request) -> Response:
    """The result file: named arrays, and the whole recipe as metadata."""
    file = await service.fetch(key)
    headers = _headers(key, request, "safetensors")
    if is_provisional(file):
        return Response(file, media_type=SAFETENSORS, headers=headers | PASSING)
    bodies: Bodies = request.app.state.bodies
    return (await bodies.of(key, file)).answer(request, SAFETENSORS, headers)


async def _answer(
    key: Key, service: ServiceOf, request: Request, suffix: str, kind: str, convert: Callable[[bytes], bytes]
) -> Response:
    """The result in another form, made anew each time: its tag is weak."""
    file = await service.fetch(key)
    headers = _headers(key, request, suffix)
    if is_provisional(file):
        headers |= PASSING
    else:
        bodies: Bodies = request.app.state.bodies
        headers["ETag"] = f'W/"{(await bodies.of(key, file)).digest}.{suffix}"'
        if has_already(request.headers.get("if-none-match", ""), [headers["ETag"]]):
            return Response(status_code=304, headers=headers)
    return Response(await asyncio.to_thread(convert, file), media_type=kind, headers=headers)


def _headers(key: Key, request: Request, suffix: str) -> dict[str, str]:
    scope = "private" if request.app.state.settings.token else "public"
    return {
        "Cache-Control": f"{scope}, max-age=31536000, immutable",
        "Content-Disposition": f'inline; filename="{key[:12]}.{suffix}"',
    }


def _answered(file: bytes) -> Answer:
    found = Result.from_bytes(file)
    return Answer(found.arrays, found.metadata)
