"""Gradients over a sheet against finite differences in double precision; polytopes against counting by hand."""

import numpy as np
import pytest
import torch

from engine.grids import read
from near import mostly
from paper import on_paper, request
from stable_regions.engine.gradient import gradient
from stable_regions.engine.grid_outputs import GridOutputs, grid_outputs
from stable_regions.engine.inside import Inside
from stable_regions.engine.outputs import embedded
from stable_regions.engine.polytopes import Polytopes, polytopes
from stable_regions.engine.slice_plane import SlicePlane, open_slice_plane
from stable_regions.errors import UnsupportedModel
from stable_regions.models.loading import load
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.plane import DISTANCES, Window

pytestmark = pytest.mark.portable

SMALL = 1e-4
"""Of a finite difference, in units of activation."""

SIGNS = 0.03
"""Share of the points at which rounding may decide the sign of a unit that is next to 0."""


def in_double(models: ModelCache, **fields: object) -> SlicePlane:
    ref = ModelRef(name="tiny-neox", revision="step8")
    model = load(ref.model_copy(update={"dtype": "float64"}), models.catalogue, torch.device("cpu"))
    return open_slice_plane(model, request(write_layer=1, **fields))


@pytest.mark.parametrize("distance", DISTANCES)
@pytest.mark.parametrize("contexts", ["own", "first"])
def test_the_gradient_is_the_largest_slope_of_finite_differences(
    models: ModelCache, distance: str, contexts: str
) -> None:
    slice_plane = in_double(models, distance=distance, contexts=contexts)
    found, _ = read(slice_plane)
    *steps, measured = gradient(slice_plane, found, 7)
    assert isinstance(measured, torch.Tensor)
    assert sum(step for step in steps if isinstance(step, int)) == 2 * 81
    group = slice_plane.group_of(found.distance)
    for row, column in ((0, 0), (2, 6), (8, 4)):
        clean = slice_plane.groups[int(group[row, column])][0]
        point = slice_plane.points(found.alpha[[column]], found.beta[[row]])
        angles = torch.linspace(0, np.pi, 721, dtype=torch.float64)
        ways = torch.stack([angles.cos(), angles.sin()], dim=1) @ slice_plane.plane.axes
        ends = [out(slice_plane, slice_plane.writer.written(clean, point + sign * SMALL * ways)) for sign in (1, -1)]
        slopes = (ends[0] - ends[1]).norm(dim=1) / (2 * SMALL)
        assert float(measured[row, column]) == pytest.approx(float(slopes.max()), rel=1e-4)


def test_a_window_that_one_context_names_alone_has_a_gradient(models: ModelCache) -> None:
    slice_plane = in_double(models, distance="hellinger")
    *_, near = grid_outputs(slice_plane, Window(alpha=(-0.01, 0.01), beta=(-0.01, 0.01)), 9, 0.1)
    assert isinstance(near, GridOutputs)
    assert set(slice_plane.group_of(near.distance).flatten().tolist()) == {0}
    *steps, measured = gradient(slice_plane, near, 7)
    assert isinstance(measured, torch.Tensor)
    assert sum(step for step in steps if isinstance(step, int)) == 2 * 81
    assert bool((measured > 0).all())


def out(slice_plane: SlicePlane, final: torch.Tensor) -> torch.Tensor:
    return embedded(final, slice_plane.writer.logits(final) if slice_plane.by_logits else None, slice_plane.distance)


def whole(slice_plane: SlicePlane, mlps: int, size: int) -> Polytopes:
    *_, found = polytopes(slice_plane, read(slice_plane)[0], mlps, size)
    assert isinstance(found, Polytopes)
    return found


def test_flips_and_patterns_are_those_counted_by_hand(models: ModelCache) -> None:
    slice_plane = open_slice_plane(
        models.model(ModelRef(name="tiny-neox", revision="step8")), request(distance="hellinger")
    )
    found, _ = read(slice_plane)
    group, inside = slice_plane.group_of(found.distance), Inside(slice_plane.writer)
    assert len(group.unique()) > 1
    points = slice_plane.points(found.alpha.repeat(9), found.beta.repeat_interleave(9))
    signs = [inside.signs(clean, points) for clean, _ in slice_plane.groups]
    seen = whole(slice_plane, 1, 1000)
    assert seen.blocks == [1]
    lowest = torch.stack([by_block[1] for by_block in signs]).unflatten(1, (9, 9))
    for row in range(9):
        for column in range(8):
            here = lowest[group[row, column], row]
            assert seen.right[row, column] == (here[column] != here[column + 1]).sum()
            here = lowest[group[column, row], :, row]
            assert seen.up[column, row] == (here[column] != here[column + 1]).sum()
    every = torch.stack([torch.cat([by_block[1], by_block[2]], dim=1) for by_block in signs]).unflatten(1, (9, 9))
    rows = every.gather(0, group[None, :, :, None].expand(1, 9, 9, every.shape[-1]))[0].flatten(0, 1)
    assert seen.units == rows.shape[1]
    _, expected = rows.unique(dim=0, return_inverse=True)
    _, names = np.unique(seen.pattern, return_inverse=True)
    assert len(set(zip(expected.tolist(), names.reshape(-1).tolist(), strict=True))) == len(expected.unique())
    assert len(expected.unique()) == len(np.unique(seen.pattern))


def test_bands_of_any_height_count_the_same(models: ModelCache) -> None:
    slice_plane = open_slice_plane(
        models.model(ModelRef(name="tiny-neox", revision="step8")), request(distance="hellinger")
    )
    one, other = whole(slice_plane, 2, 1), whole(slice_plane, 2, 30)
    mostly(one.right, other.right, SIGNS)
    mostly(one.up, other.up, SIGNS)
    mostly(torch.from_numpy(one.pattern), torch.from_numpy(other.pattern), SIGNS)
    assert one.blocks == [1, 2]


def test_the_slow_path_has_no_gradient_and_no_polytopes(models: ModelCache) -> None:
    slice_plane = on_paper(models)
    found, _ = read(slice_plane)
    for looked in (gradient(slice_plane, found, 10), polytopes(slice_plane, found, 1, 10)):
        with pytest.raises(UnsupportedModel, match="without flips, compression, gradient and polytopes"):
            next(looked)
