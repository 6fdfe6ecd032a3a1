"""A slice plane: three prompts in one checkpoint, the plane their anchors span, and the clean outputs to compare with.

Opening one runs each prompt once. After that any point of the plane can be read: it is written into each context, the final
residual comes out, and its distance to that anchor's clean output is taken. Contexts are what costs. With `own` each anchor
is compared in its own prompt's run: three contexts, or one where the prompts differ in the last token alone, since then all
that a written point sees is the same. With `first` there is the first prompt's alone, and its anchors give what is compared.

Source: Janiak et al. 2024 (arXiv 2409.17113), figure 1; `first` is this project's addition.
"""

from dataclasses import dataclass, replace
from itertools import chain

import torch
from jaxtyping import Float, Int
from torch import Tensor

from stable_regions.engine.asked_plane import Asked, AskedPlane
from stable_regions.engine.chunks import flops
from stable_regions.engine.curve_metrics import told
from stable_regions.engine.outputs import (
    FORMULAS,
    at_least_single,
    compared,
    in_blocks,
    likeliest,
    log_softmax,
    output_of,
)
from stable_regions.engine.tail import Tail
from stable_regions.engine.writer import Clean, Writer
from stable_regions.engine.writers import writer_for
from stable_regions.errors import TooFine
from stable_regions.maths.distance import ON_RESIDUAL
from stable_regions.maths.grid import coordinates
from stable_regions.maths.measures import even, output_size
from stable_regions.maths.plane import Plane, plane_through, tilted
from stable_regions.maths.precision import distinct, steps
from stable_regions.models.loading import LoadedModel
from stable_regions.schemas.plane import Distance, Window
from stable_regions.schemas.result import Array, Json

STEPS = 101
"""Samples of the curve along A→B."""


@dataclass(frozen=True, eq=False)
class Reading:
    """What comes out at n points: distance to each anchor's clean output, and the likeliest next token, by context."""

    distance: Float[Tensor, "3 n"]
    top: Int[Tensor, "3 n"]


@dataclass(frozen=True, eq=False)
class SlicePlane:
    """Three prompts in one checkpoint.

    Attributes:
        model: the checkpoint.
        writer: writes at `write_layer`.
        cleans: the clean run of each prompt.
        plane: through the three anchors.
        distance: how outputs are compared.
        groups: each distinct context, and the channels (0 = A, 1 = B, 2 = C) that are read in it.
        targets: the output each channel is compared with: final residual, or log-probabilities.
    """

    model: LoadedModel
    writer: Writer
    write_layer: int
    cleans: tuple[Clean, Clean, Clean]
    plane: Plane
    distance: Distance
    groups: tuple[tuple[Clean, tuple[int, ...]], ...]
    targets: tuple[Tensor, Tensor, Tensor]

    @torch.inference_mode()
    def read(self, alpha: Float[Tensor, " n"], beta: Float[Tensor, " n"]) -> Reading:
        """Write the points at the coordinates into every context and compare what comes out."""
        return self._read(alpha, beta)[0]

    @torch.inference_mode()
    def named(self, alpha: Float[Tensor, " n"], beta: Float[Tensor, " n"]) -> tuple[Reading, Float[Tensor, "n d_out"]]:
        """As `read`, with the final residual in the context that names each point: whose clean output is nearest."""
        reading, finals = self._read(alpha, beta)
        group = self.group_of(reading.distance).to(finals[0].device)
        return reading, torch.stack(finals)[group, torch.arange(len(group), device=group.device)]

    def group_of(self, distance: Float[Tensor, "3 *grid"]) -> Int[Tensor, "*grid"]:
        """Place in `groups` of the context that names each point; of equally near ones, the first."""
        home = [group for channel in range(3) for group, (_, read) in enumerate(self.groups) if channel in read]
        return torch.tensor(home)[distance.argmin(dim=0)]

    def output(self, final: Float[Tensor, "n d_out"]) -> Float[Tensor, "n size"]:
        """What the distance compares: the final residuals themselves, or log-probabilities."""
        return output_of(final, self.writer.logits(final) if self.by_logits else final, self.distance)

    @property
    def by_logits(self) -> bool:
        """Whether outputs are compared by what the head makes of the final residual."""
        return self.distance not in ON_RESIDUAL

    @torch.inference_mode()
    def path(self) -> dict[str, Array]:
        """The shape of the straight path from A to B, in A's context, at `STEPS` even steps (`curve_metrics.told`)."""

        def read(alpha: Tensor) -> Tensor:
            final = self.writer.written(self.cleans[0], self.points(alpha, torch.zeros(len(alpha))))
            if self.by_logits:
                found = self.compared(final, (self.targets[0],))[0][0]
            else:  # no token is named along the path, so nothing goes through the head
                found = FORMULAS[self.distance](at_least_single(final), self.targets[0]).to(self.kept_in).cpu()
            return even(found, self.distance)

        size = float(output_size(at_least_single(self.cleans[0].final), self.distance))
        return told(read(torch.linspace(0, 1, STEPS)), size, read)

    @torch.inference_mode()
    def log_probabilities(self, alpha: Float[Tensor, "1"], beta: Float[Tensor, "1"]) -> Float[Tensor, "3 d_vocab"]:
        """Next-token log-probabilities at one point, in the context of each channel."""
        points = self.points(alpha, beta)
        rows: dict[int, Tensor] = {}
        for clean, channels in self.groups:
            outcome = log_softmax(self.writer.logits(self.writer.written(clean, points)))[0]
            rows |= dict.fromkeys(channels, outcome)
        return torch.stack([rows[channel] for channel in range(3)]).cpu()

    def context(self, channel: int) -> Clean:
        """The run that a channel is read in."""
        return next(clean for clean, channels in self.groups if channel in channels)

    def points(self, alpha: Float[Tensor, " n"], beta: Float[Tensor, " n"]) -> Float[Tensor, "n d_model"]:
        """The activations at the coordinates, as the model takes them."""
        device = self.model.device
        return self.plane.point(alpha.to(device), beta.to(device)).to(self.model.dtype)

    def lean(self) -> "SlicePlane":
        """The same slice plane without the weights below the write layer, which only prompts needed; itself where there are none.

        They leave memory when nobody else holds the checkpoint. The slice plane that it was taken from reads on as before.
        """
        if not isinstance(self.writer, Tail):
            return self
        writer, network = self.writer.lean()
        held = sum(tensor.numel() * tensor.element_size() for tensor in chain(network.parameters(), network.buffers()))
        return replace(self, writer=writer, model=replace(self.model, network=network, bytes=held))

    def precision(self, window: Window, n: int) -> dict[str, Json]:
        """How far a window is from the limit of what the model computes in, along the grid's middle row and column.

        `distinct`: share of neighbouring points that are different activations; below 1 the limit is reached. `steps`: the
        smallest step between neighbours, in units of the dtype's resolution.
        """
        alpha, beta = (coordinates(*ends, n, torch.float64) for ends in (window.alpha, window.beta))
        lines = ((alpha, beta[n // 2].expand(n)), (alpha[n // 2].expand(n), beta))
        shares = [distinct(self.points(*(axis.to(self.kept_in) for axis in line))) for line in lines]
        least = min(steps(self.plane.point(*line), self.model.dtype) for line in lines)
        return {"dtype": str(self.model.dtype).removeprefix("torch."), "distinct": min(shares), "steps": least}

    def check_window(self, window: Window, n: int) -> None:
        """Refuse a window in which double precision tells no two points apart.

        Raises:
            TooFine: all of them are one activation; a float64 slice plane is the finest there is.
        """
        if self.model.dtype == torch.float64 and not self.precision(window, n)["distinct"]:
            raise TooFine(
                f"In the window α {window.alpha}, β {window.beta} all points are one activation, even in float64.",
                "Zoom out.",
            )

    @property
    def kept_in(self) -> torch.dtype:
        """What coordinates and distances are kept in: float64 where the model computes in it, else float32."""
        return torch.float64 if self.model.dtype == torch.float64 else torch.float32

    @property
    def flops(self) -> float:
        """Floating-point operations a point costs in one context."""
        return flops(self.model.card, self.write_layer)

    @torch.inference_mode()
    def read_in(
        self, context: Clean, channels: tuple[int, ...], points: Float[Tensor, "n d_model"]
    ) -> tuple[Float[Tensor, "channels n"], Int[Tensor, " n"]]:
        """Write activations into one context: distances to the clean outputs of its channels, and the likeliest token."""
        return self.compared(self.writer.written(context, points), tuple(self.targets[k] for k in channels))

    def _read(
        self, alpha: Float[Tensor, " n"], beta: Float[Tensor, " n"]
    ) -> tuple[Reading, list[Float[Tensor, "n d_out"]]]:
        """The reading, and the final residuals in each of the groups' contexts."""
        points = self.points(alpha, beta)
        distance = torch.empty(3, len(alpha), dtype=self.kept_in)
        top = torch.empty(3, len(alpha), dtype=torch.int64)
        finals = [self.writer.written(clean, points) for clean, _ in self.groups]
        for final, (_, channels) in zip(finals, self.groups, strict=True):
            distance[list(channels)], top[list(channels)] = self.compared(
                final, tuple(self.targets[k] for k in channels)
            )
        return Reading(distance=distance, top=top), finals

    def compared(
        self, final: Float[Tensor, "n d_model"], targets: tuple[Tensor, ...]
    ) -> tuple[Float[Tensor, "targets n"], Int[Tensor, " n"]]:
        """Distances of final residuals to each target, and their likeliest next token."""
        distances: list[Tensor] = []
        tops: list[Tensor] = []
        for rows in in_blocks(final, self.model.card.d_vocab):
            logits = self.writer.logits(rows)
            if self.by_logits:
                distance, top = compared(logits, targets, self.distance)
            else:
                output, top = at_least_single(rows), likeliest(logits)
                distance = torch.stack([FORMULAS[self.distance](output, target) for target in targets])
            distances.append(distance)
            tops.append(top)
        return torch.cat(distances, dim=1).to(self.kept_in).cpu(), torch.cat(tops).cpu()


@dataclass(frozen=True, eq=False)
class Span:
    """Three prompts in one checkpoint and the plane through their anchors: a slice plane of which no output is asked."""

    model: LoadedModel
    writer: Writer
    cleans: tuple[Clean, Clean, Clean]
    plane: Plane


def open_span(model: LoadedModel, asked: AskedPlane, writer: Writer | None = None) -> Span:
    """Run the three prompts and lay the plane through their anchors, tilted as asked; as `open_slice_plane`."""
    writer = writer or writer_for(model, asked.write_layer)
    ids = [model.tokens.encode(prompt, bool(asked.prepend_bos)) for prompt in asked.prompts]
    a, b, c = (writer.clean(prompt) for prompt in ids)
    plane = plane_through(a.anchor, b.anchor, c.anchor)
    if asked.tilt:
        plane = tilted(plane, asked.tilt.degrees, asked.tilt.seed)
    return Span(model, writer, (a, b, c), plane)


def open_slice_plane(model: LoadedModel, asked: Asked, writer: Writer | None = None) -> SlicePlane:
    """Run the three prompts and lay the plane through their anchors.

    Args:
        model: the checkpoint.
        asked: prompts, write layer, distance and contexts; resolved.
        writer: writes at that layer; the fastest exact one if not given.

    Raises:
        DegeneratePlane: the anchors coincide or lie on one line.
        PromptRefused: a prompt has no tokens.
        UnsupportedModel: the architecture cannot be written into.
    """
    span = open_span(model, asked, writer)
    (a, b, c), writer = span.cleans, span.writer
    finals = [a.final, b.final, c.final]
    if asked.contexts == "first":
        finals[1:] = writer.written(a, torch.stack([b.anchor, c.anchor]))
        groups = ((a, (0, 1, 2)),)
    else:
        groups = _shared((a, b, c))
    rows = torch.stack(finals)
    at_a, at_b, at_c = output_of(rows, writer.logits(rows), asked.distance)
    return SlicePlane(
        model=model,
        writer=writer,
        write_layer=asked.write_layer,
        cleans=(a, b, c),
        plane=span.plane,
        distance=asked.distance,
        groups=groups,
        targets=(at_a, at_b, at_c),
    )


def _shared(cleans: tuple[Clean, Clean, Clean]) -> tuple[tuple[Clean, tuple[int, ...]], ...]:
    """Contexts that agree in all but the last token are one: the last position is written over."""
    groups: dict[tuple[int, ...], tuple[Clean, tuple[int, ...]]] = {}
    for channel, clean in enumerate(cleans):
        context, channels = groups.get(tuple(clean.ids[:-1]), (clean, ()))
        groups[tuple(clean.ids[:-1])] = (context, (*channels, channel))
    return tuple(groups.values())
