"""The price of a request, before it is asked."""

from typing import Annotated

from fastapi import APIRouter, Depends

from stable_regions.analyses import AnyRequest
from stable_regions.routes.body import analysis_request
from stable_regions.routes.problems import documented
from stable_regions.routes.requests import BODY, Desk
from stable_regions.schemas.events import Estimate

router = APIRouter(prefix="/api/v1/estimates", tags=["requests"])


@router.post("", openapi_extra=BODY, responses=documented(400, 404, 413, 422, 424))
async def price(asked: Annotated[AnyRequest, Depends(analysis_request)], desk: Desk) -> Estimate:
    """What a request would cost: points, seconds, memory, downloads, and checkpoints that cannot be had. Begins nothing."""
    return await desk.price(asked)
