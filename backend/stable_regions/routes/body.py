"""Reading a request's body: JSON only, so large and no larger, checked before anything is made of it."""

from fastapi import Request
from pydantic import ValidationError

from stable_regions.analyses import REQUEST
from stable_regions.errors import BadRequest, TooLarge
from stable_regions.routes.problems import in_words
from stable_regions.schemas.request import AnalysisRequest


async def analysis_request(request: Request) -> AnalysisRequest:
    """The request in the body.

    Raises:
        BadRequest: it does not say that it is JSON, or is not.
        TooLarge: it is larger than the server reads, declared or not.
        InvalidFields: a field is not right.
    """
    kind = request.headers.get("content-type", "")
    if kind.partition(";")[0].strip().lower() != "application/json":
        # A form in a foreign page can post text/plain without asking; it cannot post JSON.
        raise BadRequest(f"The body is {kind[:60]!r}; expected application/json.", "Set the Content-Type header.")
    body = await _read(request, request.app.state.settings.body_bytes)
    try:
        return REQUEST.validate_json(body)
    except ValidationError as error:
        raise in_words(error) from None


async def _read(request: Request, most: int) -> bytes:
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and (len(declared) > 15 or int(declared) > most):
        raise _too_large(most)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise _too_large(most)
    return bytes(body)


def _too_large(most: int) -> TooLarge:
    return TooLarge(f"The body is larger than {most:,} bytes, the most this server reads.", "Send shorter prompts.")
