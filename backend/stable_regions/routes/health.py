"""Whether it is alive, whether it can compute, and what it counted."""

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from stable_regions.errors import Busy
from stable_regions.routes.problems import answer, documented
from stable_regions.routes.requests import ServiceOf
from stable_regions.schemas.base import Wire

router = APIRouter(tags=["health"])


class Health(Wire):
    """A sign of life."""

    status: str


@router.get("/healthz")
async def healthz() -> Health:
    """The web process answers."""
    return Health(status="ok")


@router.get("/readyz", response_model=Health, responses=documented(503))
async def readyz(service: ServiceOf) -> Health | JSONResponse:
    """A request would be computed now: the worker is up, and the server is not being stopped."""
    if service.ready:
        return Health(status="ready")
    found = "The server is being stopped." if service.stopping.is_set() else "The worker is not up yet."
    return answer(Busy(found, "Ask again in a moment.").problem(), {"Retry-After": "1"})


@router.get(
    "/metrics",
    response_class=PlainTextResponse,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
async def metrics(service: ServiceOf) -> Response:
    """Counters in Prometheus' text format."""
    return Response(generate_latest(service.measured()), media_type=CONTENT_TYPE_LATEST)
