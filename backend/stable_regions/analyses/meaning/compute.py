"""Computing the comparison: both kinds of pairs along their paths, then how well each score tells them apart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Literal

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from stable_regions.analyses.load_checkpoint import opened
from stable_regions.analyses.meaning.schema import MeaningRequest
from stable_regions.analyses.report import PartReady, Progress, Report
from stable_regions.engine.chunks import chunk, flops
from stable_regions.engine.pairs import Along, read_along
from stable_regions.engine.provenance import provenance
from stable_regions.engine.writer import Writer
from stable_regions.engine.writers import writer_for
from stable_regions.maths.auc import auc
from stable_regions.maths.distance import cosine
from stable_regions.models.loading import LoadedModel
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.path import samples
from stable_regions.schemas.plane import DISTANCES
from stable_regions.schemas.result import Array, Json, Result
from stable_regions.suites.pairs import different_answers, same_meaning, same_wording

Kind = Literal["same", "different"]
KINDS: tuple[Kind, Kind] = ("same", "different")

SCORES = ("end_distance", "farthest", "one_token", "anchor_distance", "anchor_cosine")
"""Ways to judge how alike a pair is, in the order of `auc`; the last two look at the activations alone."""


@dataclass(frozen=True, eq=False)
class Judged:
    """A model that pairs are read in."""

    model: LoadedModel
    writer: Writer


def compute(request: MeaningRequest, models: ModelCache, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """The comparison's result; there are no parts."""
    total = request.work().points
    weights = (models.catalogue.weights(request.model),)
    model = yield from opened(models, request.model, 0, total)
    judged = Judged(model, writer_for(model, request.write_layer))
    texts = {"same": similar(request), "different": dissimilar(request)}
    ids = [
        (kind, [(_ids(model, request, a), _ids(model, request, b)) for a, b in pairs]) for kind, pairs in texts.items()
    ]
    size = max(
        1,
        chunk(flops(model.card, request.write_layer), model, models.settings.chunk_seconds) // samples(request.steps),
    )
    read: dict[str, list[Along]] = {kind: [] for kind in KINDS}
    done, start, seconds = 0, perf_counter(), 0.0
    for kind, pairs in ids:
        for first in range(0, len(pairs), size):
            along = read_along(judged.writer, pairs[first : first + size], request.steps, request.distance)
            read[kind].append(along)
            done += len(along.distances) * samples(request.steps)
            seconds += perf_counter() - start
            yield Progress("points", done, total)
            start = perf_counter()
    same, different = (Along(*map(torch.cat, zip(*read[kind], strict=True))) for kind in KINDS)
    metadata: dict[str, Json] = {
        **provenance(request, key_of(request, weights), weights, judged),
        "pairs": {kind: [list[Json](pair) for pair in pairs] for kind, pairs in texts.items()},
        "scores": list[Json](SCORES),
        "units": units(request),
        "seconds": round(seconds, 4),
    }
    yield PartReady(request, Result(arrays(same, different), metadata))


def similar(request: MeaningRequest) -> list[tuple[str, str]]:
    """The pairs of the same meaning."""
    if request.texts_same:
        return list(request.texts_same)
    return [(a.prompt, b.prompt) for a, b in same_meaning(request.pairs, request.seed)]


def dissimilar(request: MeaningRequest) -> list[tuple[str, str]]:
    """The pairs of different meaning."""
    if request.texts_different:
        return list(request.texts_different)
    draw = different_answers if request.contrast == "answers" else same_wording
    return [(a.prompt, b.prompt) for a, b in draw(request.pairs, request.seed)]


def _ids(model: LoadedModel, request: MeaningRequest, prompt: str) -> list[int]:
    return model.tokens.encode(prompt, bool(request.prepend_bos), model.card.context)


def arrays(same: Along, different: Along) -> dict[str, Array]:
    """Everything that is told of the two kinds."""
    kinds = dict(zip(KINDS, (same, different), strict=True))
    measured = {kind: measures(along) for kind, along in kinds.items()}
    at = torch.tensor([0.25, 0.5, 0.75], dtype=same.distances.dtype)
    steps = same.distances.shape[1]
    return {
        **{
            f"{kind}_{name}": (values.to(torch.uint8) if name == "one_token" else values.float()).numpy()
            for kind, row in measured.items()
            for name, values in row.items()
        },
        "alpha": torch.linspace(0, 1, steps).numpy(),
        "curves": torch.stack([along.distances.quantile(at, dim=0) for along in kinds.values()]).float().numpy(),
        "auc": aucs(measured["same"], measured["different"]).numpy(),
    }


def measures(along: Along) -> dict[str, Float[Tensor, " pairs"] | Bool[Tensor, " pairs"]]:
    """What is told of each pair."""
    distances = along.distances
    return {
        "end_distance": distances[:, -1],
        "farthest": distances.amax(dim=-1),
        "sharpness": along.sharpness,
        "one_token": (along.top == along.top[:, :1]).all(dim=-1),
        "anchor_distance": torch.linalg.vector_norm(along.b - along.a, dim=-1),
        "anchor_cosine": torch.cat([cosine(a[None], b) for a, b in zip(along.a, along.b, strict=True)]),
    }


def aucs(same: Mapping[str, Tensor], different: Mapping[str, Tensor]) -> Float[Tensor, " scores"]:
    """How well each score tells the kinds apart; every score is small for what is alike, one token counting as 0."""

    def apart(row: Mapping[str, Tensor], name: str) -> Tensor:
        return 1 - row[name].float() if name == "one_token" else row[name]

    return torch.tensor([auc(apart(same, name), apart(different, name)) for name in SCORES])


def units(request: MeaningRequest) -> dict[str, Json]:
    """What each array is."""
    of_each: dict[str, str] = {
        "end_distance": f"d(1): {DISTANCES[request.distance]}",
        "farthest": "largest d along the path",
        "sharpness": "largest slope of the curve, 1 for a straight line; NaN: nothing moves",
        "one_token": "1 where the likeliest next token is the same all along",
        "anchor_distance": "‖B − A‖ at the write layer",
        "anchor_cosine": "1 − cos(A, B) at the write layer",
    }
    return {
        **{f"{kind}_{name}": text for kind in KINDS for name, text in of_each.items()},
        "alpha": "share of the way from A to B",
        "curves": "quartiles over pairs of d(α); same, then different",
        "auc": "chance that a similar pair is judged more alike than a dissimilar one, by each of `scores`",
    }
