"""Which region of one frame is which of the next: overlap, links, tracks and events.

Two regions of consecutive frames are *linked* where at least half of the smaller lies in the larger. Linked regions are
matched one to one, greedily: the pair with the largest overlap first, of equal ones that with the lower numbers. The matching
is maximal (no further linked pair could be added). A matched region carries its *track* on; any other begins one.

    birth      a region linked to none before            split      a region linked to several after
    death      a region linked to none after             merge      a region linked to several before
    continue   a region and one after, linked to each other alone

Regions tile the window, so a new one takes its area from old ones: most often it is a split, and a birth only where no single
old region held most of it. What a region is called plays no part: a place whose name changes keeps its track.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from stable_regions.maths.regions import Ids

SHARE = 0.5
"""Of the smaller region, that must lie in the larger."""

Kind = Literal["birth", "death", "split", "merge", "continue"]


@dataclass(frozen=True)
class Event:
    """What happens to regions from one frame to the next: their numbers there and here."""

    kind: Kind
    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True)
class Match:
    """Two frames compared.

    Attributes:
        links: all linked pairs (before, after), sorted.
        successor: the matched region after, by the region before.
    """

    links: tuple[tuple[int, int], ...]
    successor: dict[int, int]


def overlap(before: Ids, after: Ids, old: int, new: int) -> NDArray[np.int64]:
    """Points that regions 0 … old − 1 of one label grid share with regions 0 … new − 1 of another: [old, new]."""
    counted = (before < old) & (after < new)
    pairs = before[counted].astype(np.int64) * new + after[counted]
    return np.bincount(pairs, minlength=old * new).reshape(old, new)


def matched(shared: NDArray[np.int64], old_sizes: NDArray[np.int64], new_sizes: NDArray[np.int64]) -> Match:
    """Links and matching from the points that regions share, and the sizes of both frames' regions in points."""
    smaller = np.minimum(old_sizes[:, None], new_sizes[None])
    linked = (shared > 0) & (shared >= SHARE * smaller)
    links = [(int(i), int(j)) for i, j in np.argwhere(linked)]
    successor: dict[int, int] = {}
    taken: set[int] = set()
    for i, j in sorted(links, key=lambda pair: (-shared[pair], pair)):
        if i not in successor and j not in taken:
            successor[i] = j
            taken.add(j)
    return Match(tuple(links), successor)


def events(match: Match, old: int, new: int) -> list[Event]:
    """What happens between two frames of so many regions: deaths, splits, merges, births, and what continues."""
    after: list[list[int]] = [[] for _ in range(old)]
    before: list[list[int]] = [[] for _ in range(new)]
    for i, j in match.links:
        after[i].append(j)
        before[j].append(i)
    found = [Event("death", (i,), ()) for i in range(old) if not after[i]]
    found += [Event("split", (i,), tuple(after[i])) for i in range(old) if len(after[i]) > 1]
    found += [Event("merge", tuple(before[j]), (j,)) for j in range(new) if len(before[j]) > 1]
    found += [Event("birth", (), (j,)) for j in range(new) if not before[j]]
    return found + [
        Event("continue", (i,), (after[i][0],)) for i in range(old) if len(after[i]) == 1 == len(before[after[i][0]])
    ]


def tracks(matches: Sequence[Match], counts: Sequence[int]) -> list[Ids]:
    """The track of each region of each frame, int32: numbered from 0 as they begin.

    Args:
        matches: of each frame with the next, one fewer than frames.
        counts: regions of each frame.
    """
    found = [np.arange(counts[0], dtype=np.int32)] if counts else []
    begun = sum(counts[:1])
    for match, count in zip(matches, counts[1:], strict=True):
        here = np.full(count, -1, dtype=np.int32)
        for i, j in match.successor.items():
            here[j] = found[-1][i]
        new = np.flatnonzero(here < 0)
        here[new] = np.arange(begun, begun + len(new), dtype=np.int32)
        begun += len(new)
        found.append(here)
    return found
