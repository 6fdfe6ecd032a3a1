"""What a distance compares: the final residual itself, or the next-token distribution that the head makes of it."""

from collections.abc import Sequence

import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn.functional import normalize

from stable_regions.maths.distance import ON_DISTRIBUTION, ON_RESIDUAL
from stable_regions.maths.measures import MEASURES
from stable_regions.schemas.plane import Distance

LOGITS = 2**24
"""Most logits held at once: more are made in blocks, so that memory does not grow with points × vocabulary."""

CACHED = 2**18
"""Logits that are compared at once: they stay in the processor's cache while the steps of a comparison pass over them."""

STRIDE = 64
"""Logits of which the largest is found together."""

FORMULAS = ON_RESIDUAL | ON_DISTRIBUTION


def in_blocks(final: Float[Tensor, "n d_out"], d_vocab: int) -> tuple[Float[Tensor, "_ d_out"], ...]:
    """Final residuals in blocks of which the logits may be held at once."""
    return final.split(max(1, LOGITS // d_vocab))


def output_of(
    final: Float[Tensor, "n d_out"], logits: Float[Tensor, "n d_vocab"], distance: Distance
) -> Float[Tensor, "n size"]:
    """What a distance compares, in single precision or better: final residuals, or log-probabilities."""
    return at_least_single(final) if distance in ON_RESIDUAL else log_softmax(logits)


def compared(
    logits: Float[Tensor, "n d_vocab"], targets: Sequence[Float[Tensor, " d_vocab"]], distance: Distance
) -> tuple[Float[Tensor, "targets n"], Int[Tensor, " n"]]:
    """Distances of next-token distributions to each target, and their likeliest tokens, with one exponential a logit.

    `hellinger` is ‖e / ‖e‖ − √q‖ / √2 with e = exp((z − max z) / 2).

    Args:
        logits: of n outputs.
        targets: log-probabilities.
        distance: one of distributions.
    """
    measure = MEASURES[distance]
    ready = [measure.prepared(target) for target in targets]
    distances: list[Tensor] = []
    tops: list[Tensor] = []
    for rows in logits.split(max(1, CACHED // logits.shape[1])):
        whole, top = at_least_single(rows), likeliest(rows)
        if distance == "hellinger":
            root = torch.add(whole.gather(-1, top[:, None]).mul_(-0.5), whole, alpha=0.5).exp_()
            scale = torch.linalg.vector_norm(root, dim=-1, keepdim=True).reciprocal_()
            apart = [torch.linalg.vector_norm(torch.addcmul(-target, root, scale), dim=-1) for target in ready]
            distances.append(torch.stack(apart).mul_(0.5**0.5).clamp_(max=1))
        else:
            output = whole.softmax(dim=-1) if distance == "tv" else whole.log_softmax(dim=-1)
            distances.append(torch.stack([measure.apart(output, target) for target in ready]))
        tops.append(top)
    return torch.cat(distances, dim=1), torch.cat(tops)


def likeliest(logits: Float[Tensor, "n d_vocab"]) -> Int[Tensor, " n"]:
    """Place of each row's largest: `argmax`, by way of the largest of every few, which a processor finds side by side."""
    size = logits.shape[1]
    whole = size - size % STRIDE
    if size < STRIDE**2 or logits.device.type != "cpu":
        return logits.argmax(dim=-1)
    few = logits[:, :whole].unflatten(1, (-1, STRIDE))
    best = few.amax(dim=-1).argmax(dim=-1)
    row = torch.arange(len(logits))
    found = best * STRIDE + few[row, best].argmax(dim=-1)
    if whole < size:
        rest = whole + logits[:, whole:].argmax(dim=-1)
        found = torch.where(logits[row, rest] > logits[row, found], rest, found)
    return found


def embedded(
    final: Float[Tensor, "n d_out"], logits: Float[Tensor, "n d_vocab"] | None, distance: Distance
) -> Float[Tensor, "n size"]:
    """The output in coordinates whose Euclidean length the distance measures, at close range and up to a factor.

    `l2` the final residual; `cosine` its direction; `hellinger`, `tv` and `js` √p / √2, in which the Hellinger distance is
    Euclidean. Logits are given where the distance is one of distributions.
    """
    if logits is None:
        whole = at_least_single(final)
        return normalize(whole, dim=-1) if distance == "cosine" else whole
    return (log_softmax(logits) / 2).exp() / 2**0.5


def log_softmax(logits: Float[Tensor, "n d_vocab"]) -> Float[Tensor, "n d_vocab"]:
    """Next-token log-probabilities, in single precision or better."""
    return at_least_single(logits).log_softmax(dim=-1)


def at_least_single(values: Tensor) -> Tensor:
    """Half-precision values as float32; others as they are."""
    return values.float() if values.dtype.itemsize < 4 else values
