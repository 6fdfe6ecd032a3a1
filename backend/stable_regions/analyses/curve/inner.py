"""The parts of a curve that look into the blocks: sign flips along the path, and who compresses."""

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor, nn

from stable_regions.analyses.report import Progress
from stable_regions.engine.crossing import Crossing
from stable_regions.engine.inside import KINDS, Inside
from stable_regions.schemas.result import Array, Json

FLIPS: dict[str, Json] = {
    "flips": "units whose nonlinearity's input changes sign from one sample to the next, by block",
    "flips_ends": "units whose sign at B's end differs from that at A, by block",
}
COMPRESSION: dict[str, Json] = {
    "gradient": "‖d out/dα‖; out as the distance compares it (hellinger, tv, js: √p / √2)",
    "compression": "1 − g / g_F with one component held constant: attention, MLP; by block; NaN where g_F is 0",
    "compression_all": "the same with every block's attention, and every block's MLP, held constant",
}
"""What the arrays are."""


def flips(
    crossing: Crossing, points: Float[Tensor, "steps d_model"], size: int
) -> Iterator[Progress | dict[str, Array]]:
    """Sign flips by block: progress after each chunk, the arrays last."""
    inside, total = Inside(crossing.writer), len(points)
    between = {block: torch.zeros(total - 1, dtype=torch.int32) for block in inside.blocks}
    last: dict[int, Tensor] = {}
    first: dict[int, Tensor] = {}
    done = 0
    for rows in points.to(crossing.model.device, crossing.model.dtype).split(size):
        for block, signs in inside.signs(crossing.cleans[0], rows).items():
            begun = block in last
            line = torch.cat([last[block], signs]) if begun else signs
            changes = (line[1:] != line[:-1]).sum(dim=-1).to(torch.int32).cpu()
            start = done - begun
            between[block][start : start + len(changes)] = changes
            first.setdefault(block, signs[:1])
            last[block] = signs[-1:]
        done += len(rows)
        yield Progress("flips", done, total)
    ends = [int((first[block] != last[block]).sum()) for block in inside.blocks]
    yield {
        "block": np.array(inside.blocks, dtype=np.int32),
        "flips": np.array([between[block].numpy() for block in inside.blocks], np.int32).reshape(-1, total - 1),
        "flips_ends": np.array(ends, dtype=np.int32),
    }


def compression(
    crossing: Crossing,
    points: Float[Tensor, "steps d_model"],
    tangents: Float[Tensor, "steps d_model"],
    size: int,
) -> Iterator[Progress | dict[str, Array]]:
    """The gradient along the path, and each component's compression: progress after each chunk, the arrays last."""
    inside, model = Inside(crossing.writer), crossing.model
    alone = [[inside.component(block, kind)] for kind in KINDS for block in inside.blocks]
    together = [[inside.component(block, kind) for block in inside.blocks] for kind in KINDS]
    sets: list[list[nn.Module]] = [[], *alone, *together]
    rows = points.to(model.device, model.dtype), tangents.to(model.device, model.dtype)
    found: list[Tensor] = []
    for place, frozen in enumerate(sets):
        parts: list[Tensor] = []
        for at, along in zip(*(row.split(size) for row in rows), strict=True):
            parts.append(
                inside.slopes(crossing.cleans[0], at, along, crossing.output, crossing.by_logits, frozen).cpu()
            )
            yield Progress("compression", place, len(sets))
        found.append(torch.cat(parts).float())
    whole, blocks = found[0], len(inside.blocks)
    held = _compression(whole, found[1:])
    yield {
        "block": np.array(inside.blocks, dtype=np.int32),
        "gradient": whole.numpy(),
        "compression": held[: len(KINDS) * blocks].reshape(len(KINDS), blocks, len(points)).numpy(),
        "compression_all": held[len(KINDS) * blocks :].numpy(),
    }


def _compression(
    whole: Float[Tensor, " steps"], held: Sequence[Float[Tensor, " steps"]]
) -> Float[Tensor, "sets steps"]:
    """1 − g / g_F; NaN where g_F is 0."""
    frozen = torch.stack(list(held))
    return torch.where(frozen > 0, 1 - whole / frozen, torch.nan)
