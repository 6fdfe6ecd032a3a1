"""Every point of a grid with its output.

A point has one output per context; its own is the one in the context that names it, whose clean output is nearest. Final
residuals are kept, `d_out` numbers a point. What the head makes of them is not, unless it is little: logits are made again,
in blocks, whenever outputs are compared, so that memory does not grow with points × vocabulary.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

import torch
from jaxtyping import Float, Int
from torch import Tensor

from stable_regions.engine import outputs
from stable_regions.engine.chunks import chunk
from stable_regions.engine.slice_plane import Reading, SlicePlane
from stable_regions.engine.slices import Level
from stable_regions.maths.grid import coordinates
from stable_regions.maths.measures import MEASURES
from stable_regions.schemas.plane import Window

HELD = 4
"""Times as many numbers as are made at once may be held: outputs are asked for several times, and the head is what costs."""


@dataclass(frozen=True, eq=False)
class GridOutputs:
    """The grid of a window: rows β upward from the low end, columns α.

    Attributes:
        alpha, beta: the grid's coordinates.
        distance: to each anchor's clean output.
        top: likeliest next token in each channel's context.
        final: final residual in the context that names the point, on the model's device.
        seconds: time that reading it took.
    """

    alpha: Float[Tensor, " n"]
    beta: Float[Tensor, " n"]
    distance: Float[Tensor, "3 n n"]
    top: Int[Tensor, "3 n n"]
    final: Float[Tensor, "n n d_out"]
    seconds: float

    @property
    def n(self) -> int:
        """Points per side."""
        return len(self.alpha)

    @property
    def name(self) -> Int[Tensor, "n n"]:
        """The token that names each point."""
        return self.top.gather(0, self.distance.argmin(dim=0, keepdim=True))[0]

    def level(self, seconds: float) -> Level:
        """The same as a slice's level, every point computed."""
        return Level(self.distance, self.top, torch.ones(self.n, self.n, dtype=torch.bool), seconds)


def grid_outputs(slice_plane: SlicePlane, window: Window, n: int, chunk_seconds: float) -> Iterator[int | GridOutputs]:
    """Read the grid: yields the points done (contexts counted) after each chunk, and the grid last.

    Raises:
        TooFine: the window holds one activation only, in double precision.
    """
    start, seconds = perf_counter(), 0.0
    slice_plane.check_window(window, n)
    alpha, beta = (coordinates(*ends, n, slice_plane.kept_in) for ends in (window.alpha, window.beta))
    readings: list[Reading] = []
    finals: list[Tensor] = []
    size = chunk(slice_plane.flops, slice_plane.model, chunk_seconds, len(slice_plane.groups))
    for places in torch.arange(n * n).split(size):
        reading, final = slice_plane.named(alpha[places % n], beta[places // n])
        readings.append(reading)
        finals.append(final)
        seconds += perf_counter() - start
        yield 3 * len(places)
        start = perf_counter()
    distance, top = (torch.cat(rows, dim=1) for rows in zip(*((r.distance, r.top) for r in readings), strict=True))
    whole = torch.cat(finals).unflatten(0, (n, n))
    seconds += perf_counter() - start
    yield GridOutputs(alpha, beta, distance.unflatten(1, (n, n)), top.unflatten(1, (n, n)), whole, seconds)


class Outputs:
    """The outputs of many points, prepared for comparison as they are asked for; made once and held where they are little.

    Args:
        slice_plane: says what of a final residual the distance compares.
        final: the points' final residuals.
    """

    def __init__(self, slice_plane: SlicePlane, final: Float[Tensor, "n d_out"]) -> None:
        self._slice_plane, self._final = slice_plane, final
        self.size = slice_plane.model.card.d_vocab if slice_plane.by_logits else final.shape[1]
        self._held = self._made(final) if len(final) * self.size <= HELD * outputs.LOGITS else None

    def __len__(self) -> int:
        return len(self._final)

    def __getitem__(self, places: Int[Tensor, " m"]) -> Float[Tensor, "m size"]:
        """The outputs at some places; the caller asks for no more than `block` at once."""
        places = places.to(self._final.device)
        return self._made(self._final[places]) if self._held is None else self._held[places]

    @property
    def block(self) -> int:
        """Most outputs that may be asked for at once."""
        return max(4, outputs.LOGITS // self.size)

    @torch.inference_mode()
    def _made(self, final: Float[Tensor, "n d_out"]) -> Float[Tensor, "n size"]:
        return MEASURES[self._slice_plane.distance].prepared(self._slice_plane.output(final))
