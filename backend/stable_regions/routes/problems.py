"""Every error as `application/problem+json` (RFC 9457): what was found, what is expected, what to do next.

Nothing a visitor sent is echoed as it came. FastAPI's own handler echoes the input, and fails itself on a NaN or on half
a surrogate pair; here a value is shown in its `repr`, cut short, and only where it is a number or a short text.
"""

from collections.abc import Mapping, Sequence
from typing import cast, get_args

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from stable_regions.analyses import AnyRequest
from stable_regions.errors import BadRequest, InvalidFields, NotFound, Problem, Refusal
from stable_regions.schemas.events import ProblemDocument
from stable_regions.service.desk import NothingMore, Service

MEDIA_TYPE = "application/problem+json"

SHOWN = 60
"""Most characters of a found value that are shown."""

ANALYSES = tuple(str(kind.model_fields["analysis"].default) for kind in get_args(get_args(AnyRequest)[0]))
"""Names of the analyses: the members of the union."""

TOLD = 5
"""Most fields that one refusal names."""


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
    details = error.errors(include_url=False)
    broken = next((detail for detail in details if detail["type"] == "json_invalid"), None)
    if broken is not None:
        return BadRequest(f"The body is not JSON: {broken.get('ctx', {}).get('error', 'it cannot be read')}.")
    return fields_in_words(details)


def fields_in_words(details: Sequence[ErrorDetails]) -> InvalidFields:
    """One sentence a field: where, what was found, what is expected."""
    sentences = [_sentence(detail) for detail in details[:TOLD]]
    if len(details) > TOLD:
        sentences.append(f"and {len(details) - TOLD} more fields.")
    return InvalidFields(" ".join(sentences), "Correct it and ask again; /openapi.json says what each field takes.")


def _sentence(detail: ErrorDetails) -> str:
    steps = [step for step in detail["loc"] if step not in ("body", "query", "path")]
    if steps and steps[0] in ANALYSES:  # the first step names the member of the union
        del steps[0]
    where = ".".join(_shown(step) for step in steps) or "the request"
    match detail["type"]:
        case "missing":
            return f"{where} is missing."
        case "extra_forbidden":
            return f"{where} is not a field of this request."
        case "union_tag_not_found":
            return f"analysis is missing; expected one of {', '.join(ANALYSES)}."
        case "union_tag_invalid":
            return f"analysis is not one of {', '.join(ANALYSES)}."
        case "value_error":
            said = _plain(detail["msg"].removeprefix("Value error, "))
            return f"{where}: {said}." if steps else f"{said[:1].upper()}{said[1:]}."
        case "too_short" if detail["input"] == "":
            return f"{where} is empty; expected at least one character."
        case _:
            expected = _plain(detail["msg"].removeprefix("Input should be ").removeprefix("a valid "))
            return f"{where}: found {_found(detail['input'])}; expected {expected}."


def _found(value: object) -> str:
    """A found value, where it is small and plain."""
    if isinstance(value, dict | list | tuple):
        return f"{len(cast(Sequence[object], value))} values"
    return _plain(repr(value))


def _shown(step: object) -> str:
    """A step of a field's path; the name of an unknown field is the visitor's own."""
    return (
        str(step)
        if isinstance(step, int) or (str(step).isidentifier() and len(str(step)) < SHOWN)
        else _plain(repr(step))
    )


def _plain(text: str) -> str:
    """Short, and without what UTF-8 or a terminal cannot show."""
    text = text.encode("utf-8", "backslashreplace").decode().strip().rstrip(".")
    return text if len(text) <= 4 * SHOWN else f"{text[: 4 * SHOWN]}…"


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    service: Service | None = getattr(request.app.state, "service", None)
    if service is not None:
        service.metrics.rejected.labels(error.slug()).inc()
    headers = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
    return answer(error.problem(), headers)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return await _refused(request, fields_in_words(cast(Sequence[ErrorDetails], error.errors())))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return await _refused(
            request, NotFound("There is nothing at this address.", "/openapi.json lists what there is.")
        )
    problem = Problem(
        type="about:blank",
        title=str(error.detail),
        status=error.status_code,
        detail=f"{request.method} is not answered at this address." if error.status_code == 405 else str(error.detail),
        next="/openapi.json lists what there is.",
    )
    allowed = _allowed(request) if error.status_code == 405 else ""
    return answer(problem, {"Allow": allowed} if allowed else error.headers)


def _allowed(request: Request) -> str:
    """The methods of an address. Routing names those of one route only, and an address has a route for each method."""
    paths = cast(Mapping[str, Mapping[str, object]], request.app.openapi()["paths"])
    methods = {m.upper() for path, rows in paths.items() if compile_path(path)[0].match(request.url.path) for m in rows}
    return ", ".join(sorted(methods))


async def _nothing_more(_: Request, error: Exception) -> Response:
    assert isinstance(error, NothingMore)
    return Response(status_code=204)  # tells an EventSource to stop connecting again
