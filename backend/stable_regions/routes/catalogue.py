"""What there is to choose from: models and their checkpoints, distances, resolutions, presets, the first view."""

import asyncio
from typing import Literal, NamedTuple, TypedDict

from fastapi import APIRouter, Request, Response
from pydantic import Field

from stable_regions.errors import Refusal
from stable_regions.models.catalogue import Catalogue
from stable_regions.routes.encoding import Body, compressed
from stable_regions.schemas.base import Wire
from stable_regions.schemas.model import FamilyCard, ModelCard
from stable_regions.schemas.plane import DISTANCES, RESOLUTIONS
from stable_regions.schemas.preset import Preset
from stable_regions.settings import Settings
from stable_regions.suites import presets, shipped
from stable_regions.suites.presets import PaperPair
from stable_regions.version import __version__

router = APIRouter(tags=["catalogue"])


class DistanceCard(Wire):
    """A way to compare outputs."""

    name: str
    text: str


class HubCard(Wire):
    """What this server does with the hub."""

    allowed: tuple[str, ...] = Field(description="Patterns of repositories that it loads.")
    offline: bool = Field(description="Whether the hub is never asked; then only what is on disk can be had.")
    keep: Literal["keep", "cache-limit", "delete-after-use"] = Field(
        description="What becomes of downloaded checkpoints, as in STABLE_REGIONS_HUB_KEEP."
    )


class CatalogueDocument(Wire):
    """Everything the page must know before it can ask."""

    models: tuple[ModelCard, ...]
    families: tuple[FamilyCard, ...]
    hub: HubCard
    distances: tuple[DistanceCard, ...]
    resolutions: tuple[int, ...]
    presets: tuple[Preset, ...]
    default: dict[str, object] | None
    """The first view: an animation request; null where its model is not there."""
    studies: tuple[dict[str, object], ...]
    """Studies whose results are shipped, as they are posted."""
    comparisons: tuple[dict[str, object], ...]
    """Sweeps of similar against dissimilar pairs whose results are shipped."""
    paper: tuple[PaperPair, ...]
    """The paper's pairs of prompts, for public models."""
    version: str


class Document:
    """The catalogue as it is sent, written anew when a model comes, goes or changes.

    Looking whether anything has changed takes a few file times; resolving and tokenising every preset twenty times as long.

    Args:
        listed: knows the models.
        settings: say what presets are resolved under.
    """

    def __init__(self, listed: Catalogue, settings: Settings) -> None:
        self._listed, self._settings = listed, settings
        self._written: tuple[_Seen, Body] | None = None

    def body(self) -> Body:
        """What there is to choose from now."""
        seen = self._look()
        if self._written is None or self._written[0] != seen:
            text = catalogue_document(self._listed, self._settings).model_dump_json()
            self._written = seen, compressed(text.encode())
        return self._written[1]

    def _look(self) -> "_Seen":
        cards = tuple(self._listed.cards())
        return _Seen(cards, presets.shown_weights(self._listed, cards))


class _Seen(NamedTuple):
    """All that a catalogue's text depends on beside the settings: the models, and the weights that presets' pictures show."""

    cards: tuple[ModelCard, ...]
    weights: tuple[str, ...]


@router.get(
    "/api/v1/catalogue", response_model=CatalogueDocument, responses={304: {"description": "You have it already."}}
)
async def catalogue(request: Request) -> Response:
    """Models (sizes ascending), families, distances, resolutions, presets, and the first view."""
    document: Document = request.app.state.document
    body = await asyncio.to_thread(document.body)
    return body.answer(request, "application/json", {"Cache-Control": "no-cache"})


def catalogue_document(listed: Catalogue, settings: Settings) -> CatalogueDocument:
    """What the page must know before it can ask."""
    gallery, default = _gallery(listed, settings)
    return CatalogueDocument(
        models=tuple(listed.cards()),
        families=tuple(listed.families()),
        hub=HubCard(allowed=settings.hub_models, offline=listed.offline, keep=settings.hub_keep),
        distances=tuple(DistanceCard(name=name, text=text) for name, text in DISTANCES.items()),
        resolutions=RESOLUTIONS,
        presets=gallery,
        default=default,
        **_shipped(listed),
        paper=presets.paper(),
        version=__version__,
    )


def _gallery(listed: Catalogue, settings: Settings) -> tuple[tuple[Preset, ...], dict[str, object] | None]:
    """The presets and the first view; none where a bundled model is missing, say while it is being trained."""
    try:
        default = presets.default_request(listed).model_dump(mode="json")
        return tuple(presets.presets(listed, settings)), default
    except (Refusal, FileNotFoundError):
        return (), None


class _Shipped(TypedDict):
    """The part of the document that says what is shipped beside the gallery."""

    studies: tuple[dict[str, object], ...]
    comparisons: tuple[dict[str, object], ...]


def _shipped(listed: Catalogue) -> _Shipped:
    """The shipped studies and comparisons; none where a bundled model is missing."""
    try:
        studies, comparisons = shipped.studies(listed), shipped.comparisons(listed)
    except (IndexError, ValueError):
        return _Shipped(studies=(), comparisons=())
    return _Shipped(
        studies=tuple(study.model_dump(mode="json") for study in studies),
        comparisons=tuple(sweep.model_dump(mode="json") for sweep in comparisons),
    )
