"""Names on the map: what the model says at each point, and where a name has room to stand.

A point has one output per context. Its name is the top next token in the context whose clean output it is nearest to,
so that names and borders follow the colours.
"""

from dataclasses import dataclass

import numpy as np

from stable_regions.maths.regions import Ids, agreeing, centres, connected
from stable_regions.schemas.result import Result


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
    label = connected(*agreeing(ids))
    centre = centres(label)
    fractions = np.bincount(label.reshape(-1)) / label.size
    found = [
        Place(int(ids[row, column]), float(fraction), int(column), int(row), int(depth))
        for row, column, depth, fraction in zip(centre.row, centre.column, centre.depth, fractions, strict=True)
        if fraction >= least
    ]
    return sorted(found, key=lambda place: (-place.fraction, place.token))
