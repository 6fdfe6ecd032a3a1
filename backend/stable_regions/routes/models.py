"""One model: its card with every checkpoint, and checkpoints that are chosen together."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import ValidationError

from stable_regions.models.catalogue import Catalogue
from stable_regions.routes.problems import documented, in_words
from stable_regions.schemas.base import Name
from stable_regions.schemas.model import ModelDocument, ModelRef

router = APIRouter(tags=["catalogue"])


@router.get("/api/v1/models/{name:path}", responses=documented(404, 422, 424))
async def model(
    name: Name,
    request: Request,
    response: Response,
    refresh: Annotated[
        bool, Query(description="Ask the hub anew for its branches, however young the list is.")
    ] = False,
) -> ModelDocument:
    """Everything that is known of a model without loading it: bundled, of a folder, or a repository of the hub."""
    response.headers["Cache-Control"] = "no-cache"
    listed: Catalogue = request.app.state.catalogue
    try:
        asked = ModelRef(name=name)
    except ValidationError as error:
        raise in_words(error) from None
    return await asyncio.to_thread(listed.document, asked.name, refresh)
