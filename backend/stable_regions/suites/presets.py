"""The gallery, and the view the page opens with. Data in presets.json; no torch.

A preset is three prompts for one bundled model, at all its checkpoints. The first one is the default view. The results
they need at once (every frame of the default view, one small picture of each preset) are shipped; see `shipped`.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from stable_regions.analyses.animation.schema import AnimationRequest
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.errors import Refusal
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.resolve import resolve
from stable_regions.schemas.base import Wire
from stable_regions.schemas.model import ModelCard, ModelRef
from stable_regions.schemas.plane import Distance, Prompt
from stable_regions.schemas.preset import Preset
from stable_regions.settings import Settings

FOLDER = Path(__file__).parent
RESULTS = FOLDER / "results"

THUMBNAIL = 33
"""Resolution of a preset's picture, points per side."""


class PresetRow(Wire):
    """A row of presets.json."""

    name: str
    group: Literal["meaning", "wording", "syntax", "people", "near", "control"]
    title: str
    text: str
    model: str
    prompts: tuple[Prompt, Prompt, Prompt]
    write_layer: int
    distance: Distance = "hellinger"


@cache
def rows() -> tuple[PresetRow, ...]:
    """The presets as written down, the default view first."""
    return TypeAdapter(tuple[PresetRow, ...]).validate_json((FOLDER / "presets.json").read_bytes())


def animation(row: PresetRow, catalogue: Catalogue) -> AnimationRequest:
    """The preset as the page asks it: every checkpoint of its model, the last one on screen, refined where it matters."""
    revisions = [card.revision for card in catalogue.card(row.model).revisions]
    view = SliceRequest.model_validate(
        {
            "model": {"name": row.model, "revision": revisions[-1]},
            "prompts": row.prompts,
            "write_layer": row.write_layer,
            "distance": row.distance,
            "exact": False,
        }
    )
    return AnimationRequest(slice=view, revisions=tuple(revisions))


def thumbnail(row: PresetRow, catalogue: Catalogue) -> SliceRequest:
    """The request whose result is the preset's picture."""
    request = animation(row, catalogue)
    return request.frame(request.slice.model.revision, THUMBNAIL)


def default_request(catalogue: Catalogue) -> AnimationRequest:
    """The first view: the first preset, over all checkpoints."""
    return animation(rows()[0], catalogue)


def presets(catalogue: Catalogue, settings: Settings) -> list[Preset]:
    """The gallery, in the order of presets.json."""
    return [
        Preset(
            name=row.name,
            group=row.group,
            title=row.title,
            text=row.text,
            request=animation(row, catalogue).model_dump(mode="json"),
            thumbnail=resolve(thumbnail(row, catalogue), catalogue, settings).key,
        )
        for row in rows()
    ]


def shown_weights(catalogue: Catalogue, cards: Sequence[ModelCard]) -> tuple[str, ...]:
    """Names of the weights that the presets' pictures show, of those of their models that are among the cards."""
    found: list[str] = []
    models = {row.model for row in rows()}
    for card in cards:
        if card.name in models:
            try:
                found.append(catalogue.weights(ModelRef(name=card.name, revision=card.revisions[-1].revision)))
            except (Refusal, OSError):
                found.append("")
    return tuple(found)


class PaperPair(Wire):
    """Two prompts of the paper's figures on similar and dissimilar pairs. Each begins with a space."""

    meaning: Literal["same", "different"]
    prompts: tuple[Prompt, Prompt]


@cache
def paper() -> tuple[PaperPair, ...]:
    """The paper's six pairs, for public models of English.

    Source: Janiak et al. 2024 (arXiv 2409.17113), figures on similar and dissimilar prompts (Qwen2-0.5B).
    """
    return TypeAdapter(tuple[PaperPair, ...]).validate_json((FOLDER / "paper.json").read_bytes())
