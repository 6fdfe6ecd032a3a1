"""What a network believes: beliefs read off its residual stream, with everything that says how much to make of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor

from stable_regions.engine.histories import Histories
from stable_regions.maths import probe
from stable_regions.maths.presentation import Presentation
from stable_regions.maths.probe import Probe
from stable_regions.schemas.result import Array, Json

LEVELS = 6
"""Zoom levels that are measured: 0 is the whole."""


@dataclass(frozen=True, eq=False)
class HistoryRows:
    """The histories as tensors, and what is the same at every place.

    Attributes:
        size: tokens of each.
        belief: what is believed after each.
        weight: how much each counts.
        prefix: the same weight for each, which the held-out score is under.
        groups: histories with the same last token, last two tokens, …
        deals: the beliefs dealt out anew.
    """

    size: Int[Tensor, " rows"]
    belief: Float[Tensor, "rows states"]
    weight: Float[Tensor, " rows"]
    prefix: Float[Tensor, " rows"]
    groups: Sequence[Int[Tensor, " rows"]]
    deals: Float[Tensor, "rows _"]

    @classmethod
    def of(cls, presented: Presentation, weights: str) -> "HistoryRows":
        """Of a presentation, under a weighting."""
        word, belief = torch.from_numpy(presented.word), torch.from_numpy(presented.belief)
        weight = torch.from_numpy(np.ascontiguousarray(presented.weights(weights)))
        return cls(
            torch.from_numpy(presented.size).long(),
            belief,
            weight,
            torch.from_numpy(presented.weights("prefix")),
            [probe.by_last(word, k) for k in range(1, min(LEVELS, presented.length))],
            probe.dealt(belief, weight),
        )


@dataclass(frozen=True, eq=False)
class PlaceReading:
    """What was read at one place.

    Attributes:
        decoded: beliefs, [rows, states].
        probe: the map that read them.
        mse: weighted mean squared error.
        r2: of the fit; in sample where the probe is the place's own.
        held_out: R² on histories that were left out, every history alike.
        shuffled: R² of fits to beliefs dealt out anew.
        zoom: R² within groups of the same last k tokens.
        by_size: mean squared error by tokens seen.
    """

    decoded: Float[Tensor, "rows states"]
    probe: Probe
    mse: float
    r2: float
    held_out: float
    shuffled: float
    zoom: Float[Tensor, " levels"]
    by_size: Float[Tensor, " length"]


def read_place(activation: Float[Tensor, "rows dims"], rows: HistoryRows, frozen: Probe | None = None) -> PlaceReading:
    """Read beliefs off a place, by its own least-squares probe or by one that was fitted elsewhere."""
    seen = activation.double()
    own = frozen or probe.least_squares(seen, rows.belief, rows.weight)
    decoded = own.decoded(seen)
    fit = probe.fit_of(decoded, rows.belief, rows.weight)
    error = (rows.belief - decoded).square().mean(dim=1)
    return PlaceReading(
        decoded=decoded,
        probe=own,
        mse=fit.mse,
        r2=fit.r2,
        held_out=probe.held_out(seen, rows.belief, rows.prefix),
        shuffled=probe.shuffled(seen, rows.deals, rows.weight),
        zoom=probe.zoom(decoded, rows.belief, rows.weight, rows.groups),
        by_size=torch.stack([error[rows.size == n].mean() for n in range(1, int(rows.size.max()) + 1)]),
    )


def losses(found: Histories, presented: Presentation) -> Float[Tensor, " length"]:
    """Exact mean cross-entropy of the next token by tokens seen, nats; where words were drawn, over those."""
    following = torch.from_numpy(presented.next)
    each = -(following * found.log_probability.double()).sum(dim=1)
    chance, size = torch.from_numpy(presented.probability), torch.from_numpy(presented.size)
    return torch.stack([(chance * each)[size == n].sum() for n in range(1, presented.length + 1)])


def reading_arrays(
    readings: Sequence[PlaceReading], found: Histories, presented: Presentation, ladder: Float[Tensor, " length"]
) -> dict[str, Array]:
    """What was read at each place, as a result holds it; `reading_units` says what each array is."""
    return {
        "decoded": torch.stack([reading.decoded for reading in readings]).float().numpy(),
        "mse": np.array([reading.mse for reading in readings]),
        "r2": np.array([reading.r2 for reading in readings]),
        "r2_held_out": np.array([reading.held_out for reading in readings]),
        "r2_shuffled": np.array([reading.shuffled for reading in readings]),
        "zoom": torch.stack([reading.zoom for reading in readings]).numpy(),
        "mse_by_size": torch.stack([reading.by_size for reading in readings]).numpy(),
        "ladder": ladder.numpy(),
        "loss": losses(found, presented).numpy(),
        "floor": presented.entropy[1:],
        "probabilities": found.log_probability.exp().numpy(),
        "matrix": torch.cat([reading.probe.matrix for reading in readings]).numpy(),
        "offset": torch.stack([reading.probe.offset for reading in readings]).numpy(),
        "dims": np.array([len(reading.probe.matrix) for reading in readings], dtype=np.int32),
    }


def reading_units(weights: str) -> dict[str, Json]:
    """The unit of each of the arrays."""
    return {
        "decoded": "probability of each state, as read; unbounded",
        "mse": "mean squared error over rows and states",
        "r2": f"1 - mse / variance of the beliefs, {weights} weights, in sample",
        "r2_held_out": "R² on histories left out, ten folds, ridge, every history alike",
        "r2_shuffled": "R² of fits to beliefs dealt out anew: what so many columns explain of anything",
        "zoom": "R² within histories of the same last k tokens; k = 0 is the whole",
        "mse_by_size": "by tokens seen",
        "ladder": "R² of the best function of the last k tokens",
        "loss": "nats, by tokens seen",
        "floor": "nats, by tokens seen: the least there is",
        "probabilities": "of the next token, the model's",
        "matrix": "states per unit of activation",
        "offset": "probability",
        "dims": "columns of each place",
    }
