"""Gradients over a sheet against finite differences in double precision; polytopes against counting by hand."""

import numpy as np
import pytest
import torch

from engine.sheets import read
from near import mostly
from paper import on_paper, request
from stable_regions.engine.gradient import gradient
from stable_regions.engine.inside import Inside
from stable_regions.engine.outputs import embedded
from stable_regions.engine.polytopes import Polytopes, polytopes
from stable_regions.engine.scene import Scene, open_scene
from stable_regions.engine.sheet import Sheet, sheet
from stable_regions.errors import UnsupportedModel
from stable_regions.models.loading import load
from stable_regions.models.shelf import Shelf
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.plane import DISTANCES, Window

pytestmark = pytest.mark.portable

SMALL = 1e-4
"""Of a finite difference, in units of activation."""

SIGNS = 0.03
"""Share of the points at which rounding may decide the sign of a unit that is next to 0."""


def in_double(shelf: Shelf, **fields: object) -> Scene:
    ref = ModelRef(name="tiny-neox", revision="step8")
    model = load(ref.model_copy(update={"dtype": "float64"}), shelf.catalogue, torch.device("cpu"))
    return open_scene(model, request(write_layer=1, **fields))


@pytest.mark.parametrize("distance", DISTANCES)
@pytest.mark.parametrize("contexts", ["own", "first"])
def test_the_gradient_is_the_largest_slope_of_finite_differences(shelf: Shelf, distance: str, contexts: str) -> None:
    scene = in_double(shelf, distance=distance, contexts=contexts)
    found, _ = read(scene)
    *steps, measured = gradient(scene, found, 7)
    assert isinstance(measured, torch.Tensor)
    assert sum(step for step in steps if isinstance(step, int)) == 2 * 81
    group = scene.group_of(found.distance)
    for row, column in ((0, 0), (2, 6), (8, 4)):
        clean = scene.groups[int(group[row, column])][0]
        point = scene.points(found.alpha[[column]], found.beta[[row]])
        angles = torch.linspace(0, np.pi, 721, dtype=torch.float64)
        ways = torch.stack([angles.cos(), angles.sin()], dim=1) @ scene.plane.axes
        ends = [out(scene, scene.writer.written(clean, point + sign * SMALL * ways)) for sign in (1, -1)]
        slopes = (ends[0] - ends[1]).norm(dim=1) / (2 * SMALL)
        assert float(measured[row, column]) == pytest.approx(float(slopes.max()), rel=1e-4)


def test_a_window_that_one_context_names_alone_has_a_gradient(shelf: Shelf) -> None:
    scene = in_double(shelf, distance="hellinger")
    *_, near = sheet(scene, Window(alpha=(-0.01, 0.01), beta=(-0.01, 0.01)), 9, 0.1)
    assert isinstance(near, Sheet)
    assert set(scene.group_of(near.distance).flatten().tolist()) == {0}
    *steps, measured = gradient(scene, near, 7)
    assert isinstance(measured, torch.Tensor)
    assert sum(step for step in steps if isinstance(step, int)) == 2 * 81
    assert bool((measured > 0).all())


def out(scene: Scene, final: torch.Tensor) -> torch.Tensor:
    return embedded(final, scene.writer.logits(final) if scene.by_logits else None, scene.distance)


def whole(scene: Scene, mlps: int, size: int) -> Polytopes:
    *_, found = polytopes(scene, read(scene)[0], mlps, size)
    assert isinstance(found, Polytopes)
    return found


def test_flips_and_patterns_are_those_counted_by_hand(shelf: Shelf) -> None:
    scene = open_scene(shelf.model(ModelRef(name="tiny-neox", revision="step8")), request(distance="hellinger"))
    found, _ = read(scene)
    group, inside = scene.group_of(found.distance), Inside(scene.writer)
    assert len(group.unique()) > 1
    points = scene.points(found.alpha.repeat(9), found.beta.repeat_interleave(9))
    signs = [inside.signs(clean, points) for clean, _ in scene.groups]
    seen = whole(scene, 1, 1000)
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


def test_bands_of_any_height_count_the_same(shelf: Shelf) -> None:
    scene = open_scene(shelf.model(ModelRef(name="tiny-neox", revision="step8")), request(distance="hellinger"))
    one, other = whole(scene, 2, 1), whole(scene, 2, 30)
    mostly(one.right, other.right, SIGNS)
    mostly(one.up, other.up, SIGNS)
    mostly(torch.from_numpy(one.pattern), torch.from_numpy(other.pattern), SIGNS)
    assert one.blocks == [1, 2]


def test_the_slow_path_has_no_gradient_and_no_polytopes(shelf: Shelf) -> None:
    scene = on_paper(shelf)
    found, _ = read(scene)
    for looked in (gradient(scene, found, 10), polytopes(scene, found, 1, 10)):
        with pytest.raises(UnsupportedModel, match="without flips, compression, gradient and polytopes"):
            next(looked)
