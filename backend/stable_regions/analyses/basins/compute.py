"""Computing basins: the plane's points are iterated together, then what is near their limits is named."""

from collections.abc import Iterator, Mapping
from time import perf_counter

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor

from stable_regions.analyses.basins.bank import Bank
from stable_regions.analyses.basins.schema import BasinsRequest
from stable_regions.analyses.load_checkpoint import opened
from stable_regions.analyses.report import PartReady, Progress, Report
from stable_regions.engine.iterated_block import IteratedBlock, iterated_block
from stable_regions.engine.outputs import in_blocks
from stable_regions.engine.provenance import names, norms, prompts, provenance
from stable_regions.engine.slice_plane import SlicePlane, open_slice_plane
from stable_regions.engine.writers import writer_for
from stable_regions.errors import UnsupportedModel
from stable_regions.maths import basins
from stable_regions.maths.attractor.metrics import entropy
from stable_regions.maths.grid import coordinates
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.result import Array, Json, Result

LIMITS = 12
"""Limit sets that are described, the largest first."""

TOLERANCE = {torch.float64: 1e-6, torch.float32: 1e-5, torch.bfloat16: 1e-2}
"""‖T(z) − z‖/‖z‖ below which a point is at rest, by what the model computes in."""

UNITS: dict[str, Json] = {
    "alpha": "anchor units",
    "beta": "anchor units",
    "anchors": "(α, β) of A, B and C, or C's projection",
    "frame": "steps",
    "label": "template the state is most like: 0 A, 1 B, 2 C, then real activations",
    "nearest": "anchor the state is most like: 0 A, 1 B, 2 C",
    "entropy": "of the labels, bits",
    "limit": "limit set, the largest first; -1 where unresolved",
    "period": "steps; 1 at rest, 0 where unresolved",
    "steps": "until rest",
    "speed": "‖T(s) − s‖ / ‖s‖ at the start",
    "top_token": "token id",
    "region": "anchor whose clean output is nearest in the first prompt's context: 0 A, 1 B, 2 C",
    "overlap": "adjusted Rand index of `nearest` with `region`",
    "area": "share of the points",
    "multiplier": "growth of the fastest-growing small deviation in a step",
}


def compute(request: BasinsRequest, models: ModelCache, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """The basins' result; there are no parts."""
    total = request.work().points
    weights = (models.catalogue.weights(request.model),)
    model = yield from opened(models, request.model, 0, total)
    yield Progress("clean", 0, total)
    start = perf_counter()
    slice_plane = open_slice_plane(model, request)
    slice_plane.check_window(request.window, request.resolution)
    ids = slice_plane.cleans[0].ids
    block = iterated_block(model, request.block, ids, request.map.step, request.map.kind == "attention")
    bank = Bank(model, slice_plane.writer, slice_plane.cleans, bool(request.prepend_bos))
    n = request.resolution
    alpha, beta = (coordinates(*ends, n) for ends in (request.window.alpha, request.window.beta))
    across, upward = alpha.repeat(n), beta.repeat_interleave(n)
    starts = block.on_sphere(slice_plane.points(across, upward))
    anchors = block.on_sphere(torch.stack([clean.anchor for clean in slice_plane.cleans]))
    centre = block.on_sphere(bank.activations).mean(0)
    templates = torch.cat([anchors, block.on_sphere(bank.templates())])
    label, nearest = basins.most_like(templates, centre), basins.most_like(anchors, centre)
    kept: list[Tensor] = []

    def both(states: Tensor) -> Tensor:
        """The label among all templates; that among the anchors is kept beside it."""
        kept.append(nearest(states).cpu())
        return label(states)

    going = basins.flow(block.step, starts, both, centre, request.iterations, TOLERANCE.get(starts.dtype, 1e-5))
    try:
        while True:
            yield Progress("iterate", next(going) * n * n, total)
    except StopIteration as end:
        flow: basins.Flow = end.value
    yield Progress("regions", request.iterations * n * n, total)
    region = torch.cat(
        [slice_plane.read(a, b).distance.argmin(0) for a, b in zip(across.split(1024), upward.split(1024), strict=True)]
    )
    top = lens(slice_plane, flow.turn)
    multiplier, said = described(block, flow, bank, centre, top, slice_plane)
    grid = (n, n)
    arrays: dict[str, Array] = {
        "alpha": alpha.numpy(),
        "beta": beta.numpy(),
        "anchors": np.array(slice_plane.plane.anchors, dtype=np.float32),
        "frame": np.array(basins.moments(request.iterations), dtype=np.int32),
        "label": flow.label.to(torch.int8).cpu().numpy().reshape(-1, *grid),
        "nearest": torch.stack(kept).to(torch.int8).numpy().reshape(-1, *grid),
        "entropy": np.array([entropy(row) for row in flow.label.cpu()], dtype=np.float32),
        "limit": flow.limit.to(torch.int16).cpu().numpy().reshape(grid),
        "period": flow.period.to(torch.int8).cpu().numpy().reshape(grid),
        "steps": flow.steps.to(torch.int16).cpu().numpy().reshape(grid),
        "speed": flow.speed.float().cpu().numpy().reshape(grid),
        "top_token": top.to(torch.int32).cpu().numpy().reshape(grid),
        "region": region.to(torch.int8).numpy().reshape(grid),
        "overlap": np.array([basins.overlap(row, region) for row in kept], dtype=np.float32),
        "area": areas(flow.limit),
        "multiplier": multiplier,
    }
    shown = sorted({int(token) for token in np.unique(arrays["top_token"])})
    metadata: dict[str, Json] = {
        **provenance(request, key_of(request, weights), weights, slice_plane),
        "prompts": prompts(request, slice_plane),
        "tokens": names(slice_plane, shown),
        "norms": {**norms(slice_plane.plane), "radius": block.radius},
        "block": request.block,
        "bank": {"what": bank.words, "activations": len(bank.activations)},
        "templates": ["A", "B", "C", *_spaced(bank)],
        "limits": said,
        "unresolved": float((flow.limit < 0).double().mean()),
        "units": UNITS,
        "seconds": round(perf_counter() - start, 4),
    }
    yield PartReady(request, Result(arrays, metadata))


def _spaced(bank: Bank) -> list[Json]:
    count = len(bank.templates())
    return [bank.texts[int(at)] for at in torch.linspace(0, len(bank.texts) - 1, count).long()]


def areas(limit: Int[Tensor, " n"]) -> Array:
    """Share of the points in each limit set."""
    counts = torch.bincount(limit[limit >= 0].cpu())
    return (counts.double() / len(limit)).float().numpy()


@torch.inference_mode()
def lens(slice_plane: SlicePlane, states: Float[Tensor, "n d_model"]) -> Int[Tensor, " n"]:
    """The likeliest token of each state, read as the last stream: final norm, then the head."""
    model = slice_plane.model
    last = writer_for(model, model.card.layers - 1)
    clean = last.clean(slice_plane.cleans[0].ids)
    final = last.written(clean, states)
    return torch.cat([last.logits(rows).argmax(-1) for rows in in_blocks(final, model.card.d_vocab)])


def described(
    block: IteratedBlock, flow: basins.Flow, bank: Bank, centre: Tensor, top: Tensor, slice_plane: SlicePlane
) -> tuple[Array, list[Json]]:
    """Leading multipliers of the largest limit sets, and what is near each."""
    count = int(flow.limit.max()) + 1
    multiplier = np.full(count, np.nan, dtype=np.float32)
    chosen = [int((flow.limit == limit).nonzero()[0]) for limit in range(min(count, LIMITS))]
    if not chosen:
        return multiplier, []
    states, periods = flow.turn[chosen], flow.period[chosen]
    why: str | None = None
    try:
        found = basins.multipliers(block.push, block.step, states, periods)
        multiplier[: len(chosen)] = found.float().cpu().numpy()
    except UnsupportedModel as refusal:
        why = str(refusal)
    real = block.on_sphere(bank.activations) - centre
    away = flow.last[chosen] - centre
    cosine = torch.nn.functional.cosine_similarity(away[:, None], real[None], dim=-1)
    words = names(slice_plane, sorted({int(token) for token in top[chosen]}))
    said: list[Json] = [
        {
            "period": int(periods[row]),
            "nearest": bank.texts[int(cosine[row].argmax())],
            "cosine": float(cosine[row].max()),
            "token": words[str(int(top[place]))],
            "multiplier": None if why else float(multiplier[row]),
            "why": why,
        }
        for row, place in enumerate(chosen)
    ]
    return multiplier, said
