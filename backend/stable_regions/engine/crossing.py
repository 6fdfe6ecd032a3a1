"""A crossing: two prompts in one checkpoint, and the path from one's anchor to the other's, in the first one's context.

Reading a point of the path gives its distance to A's clean output and its likeliest next token. Under `logit_diff` the
reading is a difference of two logits instead: of A's likeliest next token and of B's, as their clean runs have them.

Source: Janiak et al. 2024 (arXiv 2409.17113), sections on pairs of prompts and on training and size.
"""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import torch
from jaxtyping import Float, Int
from torch import Tensor

from stable_regions.engine.chunks import flops
from stable_regions.engine.outputs import FORMULAS, at_least_single, embedded, in_blocks, output_of
from stable_regions.engine.writer import Clean, Writer
from stable_regions.engine.writers import writer_for
from stable_regions.maths.distance import ON_RESIDUAL
from stable_regions.maths.measures import output_size
from stable_regions.models.loading import LoadedModel
from stable_regions.schemas.plane import CurveDistance


@runtime_checkable
class AskedPair(Protocol):
    """What a request says of a crossing."""

    @property
    def prompts(self) -> tuple[str, str]: ...
    @property
    def write_layer(self) -> int: ...
    @property
    def distance(self) -> CurveDistance: ...
    @property
    def prepend_bos(self) -> bool | None: ...


@dataclass(frozen=True, eq=False)
class Crossing:
    """Two prompts in one checkpoint.

    Attributes:
        model: the checkpoint.
        writer: writes at `write_layer`.
        cleans: the clean runs of A and B.
        distance: how outputs are compared.
        rivals: the likeliest next tokens of A's and B's clean runs.
    """

    model: LoadedModel
    writer: Writer
    write_layer: int
    cleans: tuple[Clean, Clean]
    distance: CurveDistance
    rivals: tuple[int, int]

    @torch.inference_mode()
    def read(self, points: Float[Tensor, "n d_model"]) -> tuple[Float[Tensor, " n"], Int[Tensor, " n"]]:
        """Write points into A's context: distance to A's clean output (or the logit difference), and the top token."""
        clean = self.cleans[0]
        final = self.writer.written(clean, points.to(self.model.device, self.model.dtype))
        values: list[Tensor] = []
        tops: list[Tensor] = []
        for rows in in_blocks(final, self.model.card.d_vocab):
            logits = self.writer.logits(rows)
            tops.append(logits.argmax(dim=-1))
            values.append(self._value(rows, logits))
        return torch.cat(values).cpu(), torch.cat(tops).cpu()

    @property
    def by_logits(self) -> bool:
        """Whether outputs are compared by what the head makes of the final residual."""
        return self.distance not in ON_RESIDUAL

    def output(
        self, final: Float[Tensor, "n d_out"], logits: Float[Tensor, "n d_vocab"] | None
    ) -> Float[Tensor, "n _"]:
        """The output in coordinates in which the distance is Euclidean (see `embedded`); of `logit_diff`, itself."""
        if self.distance != "logit_diff":
            return embedded(final, logits, self.distance)
        assert logits is not None
        a, b = self.rivals
        return at_least_single(logits[:, a : a + 1]) - at_least_single(logits[:, b : b + 1])

    @property
    def scale(self) -> float:
        """How large A's clean output is in the distance's unit; 1 logit under `logit_diff`."""
        return 1.0 if self.distance == "logit_diff" else float(output_size(self.cleans[0].final.float(), self.distance))

    @property
    def flops(self) -> float:
        """Floating-point operations a point costs."""
        return flops(self.model.card, self.write_layer)

    def _value(self, final: Float[Tensor, "n d_out"], logits: Float[Tensor, "n d_vocab"]) -> Float[Tensor, " n"]:
        if self.distance == "logit_diff":
            a, b = self.rivals
            return at_least_single(logits[:, a]) - at_least_single(logits[:, b])
        start = self.cleans[0].final[None]
        target = output_of(start, self.writer.logits(start), self.distance)[0]
        return FORMULAS[self.distance](output_of(final, logits, self.distance), target)


@torch.inference_mode()
def open_crossing(model: LoadedModel, asked: AskedPair, writer: Writer | None = None) -> Crossing:
    """Run the two prompts.

    Args:
        model: the checkpoint.
        asked: prompts, write layer and distance; resolved.
        writer: writes at that layer; the fastest exact one if not given.

    Raises:
        PromptRefused: a prompt has no tokens.
        UnsupportedModel: the architecture cannot be written into.
    """
    writer = writer or writer_for(model, asked.write_layer)
    a, b = (writer.clean(model.tokens.encode(prompt, bool(asked.prepend_bos))) for prompt in asked.prompts)
    top_a, top_b = writer.logits(torch.stack([a.final, b.final])).argmax(dim=-1).tolist()
    return Crossing(model, writer, asked.write_layer, (a, b), asked.distance, (top_a, top_b))
