"""Names on the map: what the model says at each point, and where a name has room to stand.

A point has one output per context. Its name is the top next token in the context whose clean output it is nearest to,
so that names and borders follow the colours.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stable_regions.schemas.result import Result

Ids = NDArray[np.int32]
Mask = NDArray[np.bool_]


def name_grid(result: Result) -> Ids:
    """Token id that names each point, int32 [ny, nx]; row 0 is the lowest β. Of equally near contexts, the first."""
    nearest = np.argmin(result["distance"], axis=0)
    ids: Ids = np.take_along_axis(result["top_token"], nearest[None], axis=0)[0].astype(np.int32)
    return ids


def shown(token: str) -> str:
    """A token as a person reads it: without the space it begins with; what cannot be seen is made visible."""
    visible = token.replace("\n", "⏎").replace("\t", "⇥")
    return visible.strip() or visible.replace(" ", "␣") or "∅"


def name_text(result: Result, token: int) -> str:
    """The shown text of a token id in this result."""
    tokens = result.metadata.get("tokens")
    text = tokens.get(str(token)) if isinstance(tokens, dict) else None
    return shown(text) if isinstance(text, str) else f"#{token}"


@dataclass(frozen=True)
class Place:
    """A region that may carry its name: the token, its share of the window, and its deepest point."""

    token: int
    fraction: float
    """0 … 1."""
    column: int
    row: int
    depth: int
    """Points from the deepest one to the nearest outside, the window's edge included."""


def places(ids: Ids, least: float = 0.01) -> list[Place]:
    """The connected regions (4 neighbours) that cover at least `least` of the window, largest first."""
    found: list[Place] = []
    for token in np.unique(ids):
        for region in _connected(ids == token, least * ids.size):
            column, row, depth = _deepest(region)
            found.append(Place(int(token), float(region.mean()), column, row, depth))
    return sorted(found, key=lambda place: -place.fraction)


def _connected(mask: Mask, least: float) -> Iterator[Mask]:
    """The connected parts of a mask that hold at least so many points.

    Runs of each row are joined to the runs they touch in the row before.
    """
    parent: list[int] = []

    def root(run: int) -> int:
        while parent[run] != run:
            parent[run] = parent[parent[run]]
            run = parent[run]
        return run

    if mask.sum() < least:
        return
    label = np.full(mask.shape, -1, dtype=np.int64)
    for row in range(mask.shape[0]):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], mask[row].view(np.int8), [0]))))
        for start, stop in zip(edges[::2], edges[1::2], strict=True):
            run = len(parent)
            parent.append(run)
            label[row, start:stop] = run
            if row:
                for other in np.unique(label[row - 1, start:stop]):
                    if other >= 0:
                        parent[root(run)] = root(int(other))
    roots = np.array([root(run) for run in range(len(parent))], dtype=np.int64)
    joined = np.where(label >= 0, roots[label], -1) if parent else label
    parts, points = np.unique(joined[joined >= 0], return_counts=True)
    for part in parts[points >= least]:
        yield joined == part


def _deepest(region: Mask) -> tuple[int, int, int]:
    """Column, row and depth of a point that survives longest when the region is peeled, layer by layer."""
    left, depth = region, 0
    while True:
        padded = np.pad(left, 1)
        inner = left & padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        depth += 1
        if not inner.any():
            break
        left = inner
    rows, columns = np.nonzero(left)
    middle = int(np.argmin((rows - rows.mean()) ** 2 + (columns - columns.mean()) ** 2))
    return int(columns[middle]), int(rows[middle]), depth
