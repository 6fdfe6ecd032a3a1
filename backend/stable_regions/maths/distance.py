"""How far outputs are from one clean output.

    l2         ‖o − o'‖₂                     on the final residual (after the final norm); the paper's
    cosine     1 − cos(o, o')                on the final residual; 0 to 2
    hellinger  ‖√p − √p'‖₂ / √2              on the next-token distribution; 0 to 1
    tv         ½ ‖p − p'‖₁                   on the next-token distribution; 0 to 1
    js         √(JSD₂(p, p'))                on the next-token distribution; 0 to 1, base 2

Each is written so that equal outputs are exactly 0 apart and nearly equal ones do not drown in rounding. Distributions
come as log-probabilities, which keep the rare tokens. The formulas' parts are in `measures`.

Source: METHOD of Janiak et al. 2024 for `l2`; Lin 1991 and Endres & Schindelin 2003 for the Jensen–Shannon distance.
"""

from collections.abc import Callable

from jaxtyping import Float
from torch import Tensor

from stable_regions.maths.measures import MEASURES
from stable_regions.schemas.plane import Distance

Formula = Callable[[Float[Tensor, "n size"], Float[Tensor, " size"]], Float[Tensor, " n"]]


def l2(final: Float[Tensor, "n d_model"], clean: Float[Tensor, " d_model"]) -> Float[Tensor, " n"]:
    """Euclidean distance of final residuals, in their own unit."""
    return _of("l2", final, clean)


def cosine(final: Float[Tensor, "n d_model"], clean: Float[Tensor, " d_model"]) -> Float[Tensor, " n"]:
    """1 − cos, as half the squared distance of the directions: 0 to 2, without cancellation near 0."""
    return _of("cosine", final, clean)


def hellinger(log_p: Float[Tensor, "n d_vocab"], clean: Float[Tensor, " d_vocab"]) -> Float[Tensor, " n"]:
    """Hellinger distance of distributions given as log-probabilities; 0 to 1."""
    return _of("hellinger", log_p, clean)


def tv(log_p: Float[Tensor, "n d_vocab"], clean: Float[Tensor, " d_vocab"]) -> Float[Tensor, " n"]:
    """Total variation of distributions given as log-probabilities; 0 to 1."""
    return _of("tv", log_p, clean)


def js(log_p: Float[Tensor, "n d_vocab"], clean: Float[Tensor, " d_vocab"]) -> Float[Tensor, " n"]:
    """Jensen–Shannon distance (square root of the divergence, base 2) of distributions; 0 to 1."""
    return _of("js", log_p, clean)


def _of(distance: Distance, one: Tensor, other: Tensor) -> Tensor:
    measure = MEASURES[distance]
    return measure.apart(measure.prepared(one), measure.prepared(other))


ON_RESIDUAL: dict[Distance, Formula] = {"l2": l2, "cosine": cosine}
"""Distances that compare final residuals."""

ON_DISTRIBUTION: dict[Distance, Formula] = {"hellinger": hellinger, "tv": tv, "js": js}
"""Distances that compare next-token distributions, as log-probabilities."""
