"""What is said of regions: arrays by region and by border, scalars, and the units of all."""

from typing import TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray

from stable_regions.analyses.regions.schema import COUNTED, RegionsRequest
from stable_regions.engine.grid_outputs import GridOutputs
from stable_regions.engine.neighbour_distances import Likeness, Steps
from stable_regions.engine.polytopes import Polytopes
from stable_regions.maths.curve import STILL
from stable_regions.maths.measures import even
from stable_regions.maths.plane import Plane
from stable_regions.maths.regions import Ids, borders, centres
from stable_regions.schemas.plane import DISTANCES, Distance
from stable_regions.schemas.result import Array, Json

Said: TypeAlias = "tuple[dict[str, Array], dict[str, Json]]"
"""Arrays, and metadata."""


def described(
    read: GridOutputs,
    plane: Plane,
    label: Ids,
    own: Steps,
    fair: Steps,
    alike: Likeness,
    block: int,
    distance: Distance,
) -> Said:
    """The regions of a grid, their borders, and the scalars; steps between own outputs, and within one context."""
    name = read.name.to(torch.int32).numpy()
    right, up = (step.float().numpy() for step in (fair.right, fair.up))
    rise_right, rise_up = (even(step.float(), distance).numpy() for step in (fair.right, fair.up))
    spread = alike.spread.float().numpy()
    centre, sizes = centres(label), np.bincount(label.reshape(-1))
    area = (sizes / label.size).astype(np.float32)
    touching = borders(label)
    across, upward = (float(line[-1] - line[0]) / (read.n - 1) for line in (read.alpha, read.beta))
    length, cells = touching.lengths(across, upward)
    place = np.stack([read.alpha.numpy()[centre.column], read.beta.numpy()[centre.row]], axis=1)
    apart = even(alike.apart(torch.from_numpy(touching.pairs).long(), block), distance).numpy()
    # Slopes and ways are measured in the space of activations: an axis along which nothing is far counts for little.
    scale = np.array([plane.across_norm, plane.up_norm])
    edge = np.array([across, upward]) * scale
    with np.errstate(divide="ignore", invalid="ignore"):  # a window may be narrower than single precision tells
        slope = touching.medians((rise_right / edge[0]).astype(np.float32), (rise_up / edge[1]).astype(np.float32))
    one, other = touching.pairs.T
    way = np.linalg.norm((place[one] - place[other]) * scale, axis=1).astype(np.float32)
    sharpness = np.divide(slope * way, apart, out=np.full_like(slope, np.nan), where=apart > STILL)
    count = int((sizes >= COUNTED * label.size).sum())
    arrays: dict[str, Array] = {
        "label": label,
        "name": name,
        "step_right": own.right.float().numpy(),
        "step_up": own.up.float().numpy(),
        "cross_right": right,
        "cross_up": up,
        "area": area,
        "token": _commonest(label, name),
        "spread": spread,
        "centre": place.astype(np.float32),
        "border": touching.pairs,
        "border_length": length,
        "border_cells": cells,
        "border_sharpness": sharpness,
        "count": np.array([count], dtype=np.int32),
        "within": _weighted(spread, area),
        "between": _weighted(sharpness[other < count], length[other < count]),
        "overall": np.array([alike.overall], dtype=np.float32),
    }
    said: dict[str, Json] = {
        "counted": f"regions of at least {COUNTED:.1%} of the window: the first {count} of {len(sizes)}",
        "edge": {
            "length": edge.tolist(),
            "note": "In units of activation. A border one edge wide is as sharp as can be told: way between centres / edge.",
        },
    }
    return arrays, said


def patterns(label: Ids, found: Polytopes) -> Said:
    """Sign patterns by region, and the units that flip between neighbours."""
    regions = int(label.max()) + 1
    # Pairs of region and pattern, each once: how many there are of a region is what is counted.
    pairs = np.unique(np.stack([label.reshape(-1).astype(np.int64), found.pattern.reshape(-1)]), axis=1)
    many = np.bincount(pairs[0], minlength=regions).astype(np.int32)
    counted = np.bincount(label.reshape(-1)) >= COUNTED * label.size
    arrays: dict[str, Array] = {
        "flip_right": found.right.numpy(),
        "flip_up": found.up.numpy(),
        "patterns": many,
        "patterns_total": np.array([len(np.unique(found.pattern))], dtype=np.int32),
        "patterns_per_region": np.array([np.median(many[counted]) if counted.any() else np.nan], dtype=np.float32),
    }
    said: dict[str, Json] = {
        "polytopes": {
            "blocks": list[Json](found.blocks),
            "units": found.units,
            "points": label.size,
            "note": "Patterns are counted among sampled points: there are at most as many as points, and more on a finer grid.",
        }
    }
    return arrays, said


def _commonest(label: Ids, name: Ids) -> Ids:
    """The commonest name of each region, of several the lowest token id."""
    pairs, many = np.unique(np.stack([label.reshape(-1), name.reshape(-1)]), axis=1, return_counts=True)
    order = np.lexsort((pairs[1], -many, pairs[0]))
    _, first = np.unique(pairs[0][order], return_index=True)
    return pairs[1][order][first].astype(np.int32)


def _weighted(values: NDArray[np.float32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mean of the values that are numbers, weighted, as [1]; NaN of none, or of none that weighs anything."""
    there = np.isfinite(values) & (weights > 0)
    if not there.any():
        return np.array([np.nan], dtype=np.float32)
    return np.array([np.average(values[there], weights=weights[there])], dtype=np.float32)


def units(request: RegionsRequest) -> dict[str, Json]:
    """What each array is."""
    distance = DISTANCES[request.distance]
    return {
        "label": "region, by area, the largest is 0",
        "name": "token id: likeliest next token in the context whose clean output is nearest",
        "step_right": f"from each point to its right neighbour: {distance}",
        "step_up": f"from each point to the one above: {distance}",
        "cross_right": "as step_right, both ends in one context: where they are named in different ones, the mean over both",
        "cross_up": "as step_up, likewise",
        "area": "share of the window",
        "token": "token id: commonest name in the region",
        "spread": f"mean over the region's points, to their mean output: {distance}",
        "centre": "(α, β) of the deepest point",
        "border": "two regions that touch",
        "border_length": "anchor units, along the walls between points",
        "border_cells": "edges between neighbouring points that cross it",
        "border_sharpness": "median of cross / edge length, over (distance of mean outputs) / (way between centres), "
        "lengths in the space of activations; 1 where outputs change evenly",
        "count": f"regions of at least {COUNTED:.1%} of the window",
        "within": f"spread, weighted by area: {distance}",
        "between": "border_sharpness between counted regions, weighted by border_length",
        "overall": f"mean over all points, to their mean output: {distance}",
        "gradient": "largest singular value of d out/dP within the plane, per unit of activation; "
        "out as the distance compares it (hellinger, tv, js: √p / √2)",
        "flip_right": "units whose sign differs from the right neighbour's",
        "flip_up": "units whose sign differs from that of the point above",
        "patterns": "different sign patterns of all units above the write layer among the region's points",
        "patterns_total": "different sign patterns in the picture",
        "patterns_per_region": "median of `patterns` over counted regions",
    }
