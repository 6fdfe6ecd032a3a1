"""What a distance compares: the final residual itself, or the next-token distribution that the head makes of it."""

from jaxtyping import Float
from torch import Tensor
from torch.nn.functional import normalize

from stable_regions.maths.distance import ON_DISTRIBUTION, ON_RESIDUAL
from stable_regions.schemas.plane import Distance

LOGITS = 2**24
"""Most logits held at once: more are made in blocks, so that memory does not grow with points × vocabulary."""

FORMULAS = ON_RESIDUAL | ON_DISTRIBUTION


def in_blocks(final: Float[Tensor, "n d_out"], d_vocab: int) -> tuple[Float[Tensor, "_ d_out"], ...]:
    """Final residuals in blocks of which the logits may be held at once."""
    return final.split(max(1, LOGITS // d_vocab))


def output_of(
    final: Float[Tensor, "n d_out"], logits: Float[Tensor, "n d_vocab"], distance: Distance
) -> Float[Tensor, "n size"]:
    """What a distance compares, in single precision or better: final residuals, or log-probabilities."""
    return at_least_single(final) if distance in ON_RESIDUAL else log_softmax(logits)


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
