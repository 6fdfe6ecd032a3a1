"""Every error as `application/problem+json` (RFC 9457): what was found, what is expected, what to do next.

Nothing a visitor sent is echoed as it came. FastAPI's own handler echoes the input, and fails itself on a NaN or on half
a surrogate pair; `analyses.fields` says what is wrong instead.
"""

from collections.abc import Mapping, Sequence
from typing import cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from stable_regions.analyses.validation_messages import field_sentences, in_sentences
from stable_regions.errors import BadRequest, InvalidFields, NotFound, Problem, Refusal
from stable_regions.schemas.events import ProblemDocument
from stable_regions.service.service import NothingMore, Service

MEDIA_TYPE = "application/problem+json"


def answer(problem: Problem, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """A problem document as a response."""
    return JSONResponse(problem, problem["status"], media_type=MEDIA_TYPE, headers=headers)


def install(app: FastAPI) -> None:
    """Let the app answer every error so."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(NothingMore, _nothing_more)


def documented(*statuses: int) -> dict[int | str, dict[str, object]]:
    """Problem responses for a route's OpenAPI entry."""
    content = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{ProblemDocument.__name__}"}}}
    return {status: {"description": "Refused, in words.", "content": content} for status in statuses}


def in_words(error: ValidationError) -> Refusal:
    """What pydantic found in a request, as a refusal."""
    said = in_sentences(error)
    if any(detail["type"] == "json_invalid" for detail in error.errors(include_url=False)):
        return BadRequest(said, "Send one JSON object; /openapi.json says what it holds.")
    return _invalid_fields(said)


def _invalid_fields(sentences: str) -> InvalidFields:
    return InvalidFields(sentences, "Correct it and ask again; /openapi.json says what each field takes.")


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    service: Service | None = getattr(request.app.state, "service", None)
    if service is not None:
        service.metrics.rejected.labels(error.slug()).inc()
    headers = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
    return answer(error.problem(), headers)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    details = cast(Sequence[ErrorDetails], error.errors())
    # The first step says in which part of the HTTP request the value stood.
    sentences = field_sentences([{**detail, "loc": detail["loc"][1:]} for detail in details])
    return await _refused(request, _invalid_fields(sentences))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return await _refused(
            request, NotFound("There is nothing at this address.", "/openapi.json lists what there is.")
        )
    allowed = _allowed(request) if error.status_code == 405 else ""
    taken = f"; it takes {allowed}" if allowed else ""
    problem = Problem(
        type="about:blank",
        title=str(error.detail),
        status=error.status_code,
        detail=f"{request.method} is not answered at this address{taken}."
        if error.status_code == 405
        else str(error.detail),
        next="/openapi.json lists what there is.",
    )
    return answer(problem, {"Allow": allowed} if allowed else error.headers)


def _allowed(request: Request) -> str:
    """The methods of an address. Routing names those of one route only, and an address has a route for each method."""
    paths = cast(Mapping[str, Mapping[str, object]], request.app.openapi()["paths"])
    methods = {m.upper() for path, rows in paths.items() if compile_path(path)[0].match(request.url.path) for m in rows}
    return ", ".join(sorted(methods))


async def _nothing_more(_: Request, error: Exception) -> Response:
    assert isinstance(error, NothingMore)
    return Response(status_code=204)  # tells an EventSource to stop connecting again
