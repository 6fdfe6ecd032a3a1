"""Whether it is alive, whether it can compute, and what it counted."""

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from stable_regions.errors import Busy
from stable_regions.routes.problems import documented
from stable_regions.routes.requests import Desk
from stable_regions.schemas.base import Wire

router = APIRouter(tags=["health"])


class Health(Wire):
    """A sign of life."""

    status: str


@router.get("/healthz")
async def healthz() -> Health:
    """The web process answers."""
    return Health(status="ok")


@router.get("/readyz", responses=documented(503))
async def readyz(desk: Desk) -> Health:
    """A request would be computed now: the worker is up, and the server is not being stopped."""
    if not desk.ready:
        stopping = desk.stopping.is_set()
        raise Busy(
            "The server is being stopped." if stopping else "The worker is not up yet.", "Ask again in a moment."
        )
    return Health(status="ready")


@router.get(
    "/metrics",
    response_class=PlainTextResponse,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
async def metrics(desk: Desk) -> Response:
    """Counters in Prometheus' text format."""
    return Response(generate_latest(desk.measured()), media_type=CONTENT_TYPE_LATEST)
