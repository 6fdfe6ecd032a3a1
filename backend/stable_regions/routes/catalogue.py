"""What there is to choose from: models and their checkpoints, distances, resolutions, presets, the first view."""

import asyncio

from fastapi import APIRouter, Request, Response

from stable_regions import __version__
from stable_regions.errors import Refusal
from stable_regions.models.catalogue import Catalogue
from stable_regions.schemas.base import Wire
from stable_regions.schemas.model import FamilyCard, ModelCard
from stable_regions.schemas.plane import DISTANCES, RESOLUTIONS
from stable_regions.schemas.preset import Preset
from stable_regions.settings import Settings
from stable_regions.suites import presets

router = APIRouter(tags=["catalogue"])


class DistanceCard(Wire):
    """A way to compare outputs."""

    name: str
    text: str


class CatalogueDocument(Wire):
    """Everything the page must know before it can ask."""

    models: tuple[ModelCard, ...]
    families: tuple[FamilyCard, ...]
    distances: tuple[DistanceCard, ...]
    resolutions: tuple[int, ...]
    presets: tuple[Preset, ...]
    default: dict[str, object] | None
    """The first view: an animation request; null where its model is not there."""
    version: str


@router.get("/api/v1/catalogue")
async def catalogue(request: Request, response: Response) -> CatalogueDocument:
    """Models (sizes ascending), families, distances, resolutions, presets, and the first view."""
    response.headers["Cache-Control"] = "no-cache"
    return await asyncio.to_thread(_document, request.app.state.catalogue, request.app.state.settings)


def _document(listed: Catalogue, settings: Settings) -> CatalogueDocument:
    gallery, default = _gallery(listed, settings)
    return CatalogueDocument(
        models=tuple(listed.cards()),
        families=tuple(listed.families()),
        distances=tuple(DistanceCard(name=name, text=text) for name, text in DISTANCES.items()),
        resolutions=RESOLUTIONS,
        presets=gallery,
        default=default,
        version=__version__,
    )


def _gallery(listed: Catalogue, settings: Settings) -> tuple[tuple[Preset, ...], dict[str, object] | None]:
    """The presets and the first view; none where a bundled model is missing, say while it is being trained."""
    try:
        default = presets.default_request(listed).model_dump(mode="json")
        return tuple(presets.presets(listed, settings)), default
    except (Refusal, FileNotFoundError):
        return (), None
