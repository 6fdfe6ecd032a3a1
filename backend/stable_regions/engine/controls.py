"""What a sharpness is compared with: the same kind of path where there can be no stable regions, or none that were learnt.

    last_block   the same pair's path, written after the last block: only the final norm and the head are above it
    final_line   a straight line between the two final residuals, through the same head: what the distance itself bends
    random       a path between random activations as long as the pair's own, in A's context

The fourth control, the untrained checkpoint, is a cell of its own.

Source: the controls are this project's; random activations as in Janiak et al. 2024 (arXiv 2409.17113).
"""

from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor

from stable_regions.engine.paths import Path, between, path_between
from stable_regions.engine.writer import Clean
from stable_regions.engine.writers import writer_for
from stable_regions.models.loading import LoadedModel


def control_paths(model: LoadedModel, own: Path, ends: Sequence[Clean], first: int = 0) -> dict[str, Path]:
    """The controls of some pairs, by name.

    Args:
        model: the checkpoint.
        own: the pairs' paths.
        ends: clean runs of the prompts that they end with, at the write layer.
        first: the first pair's place: what is random is drawn by it.
    """
    assert own.contexts is not None
    last = writer_for(model, model.card.layers - 1)
    above = last.cleans([clean.ids for clean in (*own.contexts, *ends)])
    return {
        "last_block": path_between(last, above[: len(ends)], above[len(ends) :]),
        "final_line": final_line(own),
        "random": between(own.writer, own.contexts, *random_ends(own.contexts, ends, first)),
    }


def random_ends(
    starts: Sequence[Clean], ends: Sequence[Clean], first: int
) -> tuple[Float[Tensor, "pairs d_model"], Float[Tensor, "pairs d_model"]]:
    """Two random directions for each pair, drawn by its place, as long as its anchors."""
    drawn: list[Tensor] = []
    for place, (a, b) in enumerate(zip(starts, ends, strict=True), start=first):
        rows = torch.randn(2, len(a.anchor), generator=torch.Generator().manual_seed(place), dtype=torch.float64)
        size = torch.stack([a.anchor.double().norm(), b.anchor.double().norm()]).cpu()
        drawn.append(rows / rows.norm(dim=-1, keepdim=True) * size[:, None])
    both = torch.stack(drawn)
    return both[:, 0], both[:, 1]


def final_line(path: Path) -> Path:
    """The straight line between a path's own final residuals; nothing is written."""
    ends = path.finals(torch.tensor([0.0, 1.0]).expand(len(path.clean), 2))
    return Path(path.writer, None, ends[:, 0], ends[:, 1], ends[:, 0])
