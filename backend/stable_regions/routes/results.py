"""Results by key: the file itself, and the same as NPZ, CSV, PNG and SVG. They never change, so they are cached for ever.

A URL names a question, an ETag names bytes: the answers of two machines to one question are equal to rounding, and their
files differ in the last bits and in the seconds they took.

But for those that lack a part for a passing reason (a download that broke off): asking again makes them anew.
"""

import asyncio
from collections.abc import Callable
from hashlib import blake2b
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from stable_regions.answers.answer import Answer
from stable_regions.pictures.look import Look
from stable_regions.routes.problems import documented
from stable_regions.routes.requests import ServiceOf
from stable_regions.schemas.key import Key
from stable_regions.schemas.result import Result, is_provisional

router = APIRouter(prefix="/api/v1/results", tags=["results"])

SAFETENSORS = "application/octet-stream"


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
    return await _answer(key, service, request, "safetensors", SAFETENSORS, None)


async def _answer(
    key: Key, service: ServiceOf, request: Request, suffix: str, kind: str, convert: Callable[[bytes], bytes] | None
) -> Response:
    scope = "private" if request.app.state.settings.token else "public"
    headers = {
        "Cache-Control": f"{scope}, max-age=31536000, immutable",
        "Content-Disposition": f'inline; filename="{key[:12]}.{suffix}"',
    }
    file = await service.fetch(key)
    if is_provisional(file):
        headers["Cache-Control"] = "no-store"
    else:
        headers["ETag"] = _tag(file, suffix)
        if _has_already(request.headers.get("if-none-match", ""), headers["ETag"]):
            return Response(status_code=304, headers=headers)
    content = file if convert is None else await asyncio.to_thread(convert, file)
    return Response(content, media_type=kind, headers=headers)


def _tag(file: bytes, suffix: str) -> str:
    """The tag of a file: strong for the stored bytes themselves, weak for what is made of them anew each time."""
    digest = blake2b(file, digest_size=16).hexdigest()
    return f'"{digest}"' if suffix == "safetensors" else f'W/"{digest}.{suffix}"'


def _has_already(sent: str, tag: str) -> bool:
    return tag.removeprefix("W/") in [one.strip().removeprefix("W/") for one in sent.split(",")]


def _answered(file: bytes) -> Answer:
    found = Result.from_bytes(file)
    return Answer(found.arrays, found.metadata)
