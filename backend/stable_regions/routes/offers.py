"""The price of a request, before it is asked."""

from typing import Annotated

from fastapi import APIRouter, Depends

from stable_regions.routes.body import analysis_request
from stable_regions.routes.problems import documented
from stable_regions.routes.requests import BODY, ServiceOf
from stable_regions.schemas.events import Offer
from stable_regions.schemas.request import AnalysisRequest

router = APIRouter(prefix="/api/v1/offers", tags=["requests"])


@router.post("", openapi_extra=BODY, responses=documented(400, 404, 413, 422, 424))
async def offer(asked: Annotated[AnalysisRequest, Depends(analysis_request)], service: ServiceOf) -> Offer:
    """What a request would cost (points, seconds, memory, downloads), and what of it is there. Begins nothing."""
    return await service.offer(asked)
