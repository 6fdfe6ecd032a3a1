"""Ask, look how far it is, cancel."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from stable_regions.routes.body import analysis_request
from stable_regions.routes.problems import documented
from stable_regions.schemas.events import Ticket
from stable_regions.schemas.key import Key
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.service.service import Service

router = APIRouter(prefix="/api/v1/requests", tags=["requests"])

BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/AnyRequest"}}},
    }
}


async def service_of(request: Request) -> Service:
    """The process' service. Not a plain function: FastAPI would ask a thread for it, which takes longer than the answer."""
    return request.app.state.service


ServiceOf = Annotated[Service, Depends(service_of)]


@router.post(
    "",
    status_code=202,
    openapi_extra=BODY,
    responses={
        200: {"model": Ticket, "description": "The result is there."},
        **documented(400, 404, 413, 422, 424, 503),
    },
)
async def ask(
    asked: Annotated[AnalysisRequest, Depends(analysis_request)], service: ServiceOf, response: Response
) -> Ticket:
    """Ask for an analysis: 202 while it is computed, 200 when its result is there."""
    ticket = await service.ask(asked)
    response.status_code = 200 if ticket.status == "done" else 202
    response.headers["Location"] = f"{router.prefix}/{ticket.key}"
    return ticket


@router.get("/{key}", responses=documented(404, 422))
async def ticket(key: Key, service: ServiceOf) -> Ticket:
    """How far a request is."""
    return await service.ticket(key)


@router.delete("/{key}", responses=documented(404, 422))
async def cancel(key: Key, service: ServiceOf) -> Ticket:
    """Cancel a request for everybody; what it had finished stays."""
    return await service.cancel(key)
