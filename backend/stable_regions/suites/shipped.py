"""What is computed beforehand and shipped in `results/`, so that the page opens at once and offline. No torch.

- the first view with all its frames, and a small picture of each preset;
- the *studies*: sharpness over training and size for every bundled suite, on its own text, under the paper's distance and
  under the product's; of their cells the first and the last checkpoint of each model, whose pairs can be looked at;
- the *comparisons*: how well outputs tell meanings apart, over checkpoints and layers of the facts models;
- the *films of beliefs* that the belief room opens with.

`stable-regions bundle` makes what is missing; the same requests computed again give the same arrays, which a test holds.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from stable_regions.analyses.belief.schema import BeliefRequest
from stable_regions.analyses.belief_film.schema import BeliefFilmRequest
from stable_regions.analyses.meaning.schema import MeaningRequest
from stable_regions.analyses.study.schema import StudyModel, StudyRequest
from stable_regions.analyses.sweep.schema import SweepRequest
from stable_regions.models.catalogue import Catalogue
from stable_regions.schemas.model import ModelCard, ModelRef
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.suites.presets import default_request, rows, thumbnail
from stable_regions.suites.processes import BUNDLED

SUITES: tuple[Literal["facts", "stdlib"], ...] = ("facts", "stdlib")
LAYERS = 5
"""Most write layers of a comparison: the first, the last, and some evenly between."""


def studies(catalogue: Catalogue) -> list[StudyRequest]:
    """The paper's figure for each suite, under each of two distances: all sizes, all checkpoints, 1,000 pairs."""
    return [
        StudyRequest(
            models=tuple(StudyModel(name=card.name, revisions=_revisions(card)) for card in _sizes(catalogue, suite)),
            corpus=suite,
            distance=distance,
        )
        for suite in SUITES
        for distance in ("hellinger", "l2")
    ]


def comparisons(catalogue: Catalogue) -> list[SweepRequest]:
    """Similar against dissimilar pairs, the hard contrast, in the largest and the smallest facts model."""
    sizes = _sizes(catalogue, "facts")
    return [
        SweepRequest(
            request=MeaningRequest(
                model=ModelRef(name=card.name, revision=card.revisions[-1].revision),
                write_layer=card.write_layer,
                contrast="wording",
            ),
            revisions=_revisions(card),
            write_layers=_spread(card.layers, card.write_layer),
        )
        for card in (sizes[-1], sizes[0])
    ]


def _spread(layers: int, write_layer: int) -> tuple[int, ...]:
    """At most so many layers: the first, the last, the model's own write layer, and some evenly between."""
    if layers <= LAYERS:
        return tuple(range(layers))
    even = {round(place * (layers - 1) / (LAYERS - 2)) for place in range(LAYERS - 1)}
    return tuple(sorted(even | {write_layer}))


def bundled_requests(catalogue: Catalogue) -> Iterator[AnalysisRequest]:
    """Every request whose result is shipped."""
    yield default_request(catalogue)
    for row in rows():
        yield thumbnail(row, catalogue)
    yield from studies(catalogue)
    yield from comparisons(catalogue)
    yield from belief_films(catalogue)


def belief_films(catalogue: Catalogue) -> Iterator[BeliefFilmRequest | BeliefRequest]:
    """As the belief room opens: every model of a process over training, in short words and at every place; and where the
    words are longer, all of them at the last and the first checkpoint, after the last block.
    """
    for row in BUNDLED:
        card = catalogue.card(row.name)
        revisions = _revisions(card)
        belief = BeliefRequest(model=ModelRef(name=card.name, revision=revisions[-1]), length=row.length)
        whole = belief.resolved([card])
        short = whole.coarse() or whole
        yield BeliefFilmRequest(belief=belief.model_copy(update={"length": short.length}), revisions=revisions)
        if short != whole:
            for revision in (revisions[-1], revisions[0]):
                ref = ModelRef(name=card.name, revision=revision)
                last = f"blocks.{card.layers - 1}.hook_resid_post"
                yield BeliefRequest(model=ref, places=(last,), length=row.length)


def shipped_parts(request: AnalysisRequest) -> Sequence[AnalysisRequest]:
    """The parts of a resolved request that are shipped with it."""
    if isinstance(request, StudyRequest):
        ends = [ref for model in request.models for ref in (model.checkpoints()[0], model.checkpoints()[-1])]
        return [cell for cell in request.parts() if cell.model in ends]
    if isinstance(request, SweepRequest):
        return request.parts()[:1]
    if isinstance(request, BeliefRequest):
        return ()
    return request.parts()


def _sizes(catalogue: Catalogue, suite: str) -> list[ModelCard]:
    """The bundled models of a suite, smallest first."""
    return [card for card in catalogue.cards() if card.source == "bundled" and card.family == suite]


def _revisions(card: ModelCard) -> tuple[str, ...]:
    return tuple(row.revision for row in card.revisions)
