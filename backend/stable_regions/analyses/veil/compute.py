"""Computing a veil: the bank's activations are seen from the plane, and every grid point looks for the nearest."""

from collections.abc import Iterator, Mapping
from time import perf_counter

import numpy as np
import torch
from torch import Tensor

from stable_regions.analyses.load_checkpoint import opened
from stable_regions.analyses.report import PartReady, Progress, Report
from stable_regions.analyses.veil.bank import Bank, bank
from stable_regions.analyses.veil.schema import VeilRequest
from stable_regions.engine.provenance import names, norms, prompts, provenance
from stable_regions.engine.slice_plane import Span, open_span
from stable_regions.errors import ModelUnavailable
from stable_regions.maths.grid import coordinates
from stable_regions.maths.veil import nearest_other, nearest_real
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.result import Json, Result

TOGETHER = 512
"""Activations that look for their nearest between two reports."""

PAIRS = 2**24
"""Distances between grid and bank that are held at once."""


def compute(request: VeilRequest, models: ModelCache, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """The veil's result; there are no parts."""
    total = request.resolution**2
    weights = (models.catalogue.weights(request.model),)
    model = yield from opened(models, request.model, 0, total)
    yield Progress("clean", 0, total)
    start = perf_counter()
    span = open_span(model, request)
    held: Bank | None = None
    for step in bank(span, str(request.bank), bool(request.prepend_bos)):
        held = step
        yield Progress("bank", 0, total)
    assert held is not None
    apart: list[Tensor] = []
    for first in range(0, len(held.tokens), TOGETHER):
        apart.append(nearest_other(held.activations, first, min(first + TOGETHER, len(held.tokens))))
        yield Progress("bank", 0, total)
    typical = _typical(torch.cat(apart))
    real = span.plane.projected(held.activations)
    alpha, beta = (coordinates(*bounds, request.resolution) for bounds in (request.window.alpha, request.window.beta))
    rows: list[Tensor] = []
    for part in beta.split(max(1, PAIRS // (len(held.tokens) * request.resolution))):
        rows.append(nearest_real(span.plane, alpha, part, real) / typical)
        yield Progress("points", sum(map(len, rows)) * request.resolution, total)
    arrays = {
        "alpha": alpha.numpy(),
        "beta": beta.numpy(),
        "anchors": np.array(span.plane.anchors, dtype=np.float32),
        "nearest": torch.cat(rows).float().numpy(),
        "typical": np.array([typical], dtype=np.float32),
        **_seen(held, real, typical),
    }
    metadata: dict[str, Json] = {
        **_described(span, request, held),
        **provenance(request, key_of(request, weights), weights, span),
        "seconds": round(perf_counter() - start, 4),
    }
    yield PartReady(request, Result(arrays, metadata))


def _typical(apart: Tensor) -> float:
    """The median distance between real activations.

    Raises:
        ModelUnavailable: they all coincide, or are not finite: the checkpoint's weights are no trained model's.
    """
    typical = float(apart.quantile(0.5))
    if not (0 < typical < float("inf")):
        raise ModelUnavailable(
            f"The median distance between real activations is {typical:.3g}, so nothing is relative to it.",
            "Choose another checkpoint, or a higher write layer.",
        )
    return typical


def _seen(held: Bank, real: tuple[Tensor, Tensor, Tensor], typical: float) -> dict[str, np.ndarray]:
    """The bank as seen from the plane, what is nearest to it first."""
    order = real[2].argsort(stable=True)
    return {
        "bank_plane": torch.stack(real[:2], dim=1)[order].float().numpy(),
        "bank_off": (real[2][order] / typical).float().numpy(),
        "bank_token": np.array(held.tokens, dtype=np.int32)[order.numpy()],
    }


def _described(span: Span, request: VeilRequest, held: Bank) -> dict[str, Json]:
    return {
        "bank": {"what": held.words, "activations": len(held.tokens)},
        "prompts": prompts(request, span),
        "tokens": names(span, sorted(set(held.tokens))),
        "norms": norms(span.plane),
        "units": {
            "alpha": "anchor units: multiples of B − A",
            "beta": "anchor units: multiples of C − X, where X is the foot of C on the line AB",
            "anchors": "(α, β) of A, B and C, or C's projection",
            "nearest": "distance from the nearest real activation, `typical` being 1",
            "typical": "median distance of a real activation from the nearest other one, in units of activation",
            "bank_plane": "(α, β) of a real activation's projection",
            "bank_off": "its distance from the plane, `typical` being 1",
            "bank_token": "token id at its position",
        },
    }
