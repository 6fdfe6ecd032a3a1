"""Sheets: every point with its own output, steps between neighbours, and seams between contexts."""

import pytest
import torch

from engine.grids import read
from near import mostly
from paper import ONE_CONTEXT, on_paper, request
from stable_regions.engine.cross_context_steps import within_contexts
from stable_regions.engine.grid_outputs import GridOutputs, Outputs, grid_outputs
from stable_regions.engine.neighbour_distances import Likeness, Steps, likeness, steps
from stable_regions.engine.slice_plane import SlicePlane, open_slice_plane
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.plane import DISTANCES, Window

pytestmark = pytest.mark.portable

ACROSS, UP = 2.0, 4.0
"""Lengths of the paper plane's axes."""


def stepped(slice_plane: SlicePlane, found: GridOutputs, outputs: Outputs) -> Steps:
    *_, last = steps(outputs, found.n, slice_plane.distance)
    assert isinstance(last, Steps)
    return last


def tiny(models: ModelCache, **fields: object) -> SlicePlane:
    asked = request(write_layer=1, **fields)
    return open_slice_plane(models.model(ModelRef(name="tiny-neox", revision="step8")), asked)


def test_a_sheet_reads_what_a_scene_reads(models: ModelCache) -> None:
    slice_plane = tiny(models, distance="hellinger")
    found, _ = read(slice_plane)
    alpha, beta = found.alpha.repeat(9), found.beta.repeat_interleave(9)
    reading = slice_plane.read(alpha, beta)
    assert torch.allclose(found.distance.flatten(1), reading.distance, atol=1e-6)
    mostly(found.top.flatten(1), reading.top)


def test_a_points_own_output_is_that_of_the_context_it_is_nearest_to(models: ModelCache) -> None:
    slice_plane = tiny(models, distance="l2")
    found, outputs = read(slice_plane)
    away = torch.stack([(outputs[torch.arange(81)] - target).norm(dim=-1) for target in slice_plane.targets])
    nearest = found.distance.flatten(1).argmin(dim=0)
    own = away.gather(0, nearest[None])[0]
    assert torch.allclose(own, found.distance.flatten(1).amin(dim=0), atol=1e-5)


def test_points_written_and_points_counted_are_the_same(models: ModelCache) -> None:
    assert sum(step for step in grid_outputs(on_paper(models), Window(), 17, 0.1) if isinstance(step, int)) == 3 * 17**2


def test_in_one_context_steps_are_those_of_the_plane(models: ModelCache) -> None:
    slice_plane = on_paper(models, prompts=ONE_CONTEXT)
    found, outputs = read(slice_plane)
    own = stepped(slice_plane, found, outputs)
    assert torch.allclose(own.right, torch.full((9, 8), ACROSS * 1.5 / 8), atol=1e-4)
    assert torch.allclose(own.up, torch.full((8, 9), UP * 1.5 / 8), atol=1e-4)
    fair = within_contexts(slice_plane, found, outputs, own)
    assert torch.equal(fair.right, own.right)
    assert torch.equal(fair.up, own.up)


def test_across_a_seam_own_outputs_jump_and_outputs_in_one_context_do_not(models: ModelCache) -> None:
    slice_plane = on_paper(models)
    found, outputs = read(slice_plane)
    own = stepped(slice_plane, found, outputs)
    assert float(own.right.max()) > 10
    fair = within_contexts(slice_plane, found, outputs, own)
    assert torch.allclose(fair.right, torch.full((9, 8), ACROSS * 1.5 / 8), atol=1e-3)
    assert torch.allclose(fair.up, torch.full((8, 9), UP * 1.5 / 8), atol=1e-3)


@pytest.mark.parametrize("distance", DISTANCES)
def test_steps_are_the_textbooks_distances_of_neighbours(models: ModelCache, distance: str) -> None:
    slice_plane = tiny(models, distance=distance)
    found, outputs = read(slice_plane)
    own = stepped(slice_plane, found, outputs)
    for row, column in ((0, 0), (4, 5), (8, 7)):
        one, other = (slice_plane.output(found.final[[row], [place]])[0].double() for place in (column, column + 1))
        assert float(own.right[row, column]) == pytest.approx(textbook(one, other, distance), abs=2e-6)


def textbook(one: torch.Tensor, other: torch.Tensor, distance: str) -> float:
    """The distance of two outputs as a textbook writes it: no care for rounding."""
    if distance == "l2":
        return float((one - other).norm())
    if distance == "cosine":
        return float(1 - one @ other / one.norm() / other.norm())
    p, q = one.exp(), other.exp()
    m = (p + q) / 2
    return {
        "hellinger": lambda: (1 - (p * q).sqrt().sum()).clamp(min=0).sqrt(),
        "tv": lambda: (p - q).abs().sum() / 2,
        "js": lambda: ((p * (p / m).log2() + q * (q / m).log2()).sum() / 2).clamp(min=0).sqrt(),
    }[distance]().item()


@pytest.mark.parametrize("distance", DISTANCES)
def test_made_in_small_blocks_or_held_outputs_give_the_same(
    models: ModelCache, distance: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    slice_plane = tiny(models, distance=distance)
    found, held = read(slice_plane)
    label = torch.arange(81) % 3
    monkeypatch.setattr("stable_regions.engine.grid_outputs.HELD", 0)
    monkeypatch.setattr("stable_regions.engine.outputs.LOGITS", 20 * slice_plane.model.card.d_vocab)
    made = Outputs(slice_plane, found.final.flatten(0, 1))
    assert made.block == 20 * slice_plane.model.card.d_vocab // made.size
    assert made.block < 81 or distance in ("l2", "cosine")
    one, other = stepped(slice_plane, found, held), stepped(slice_plane, found, made)
    assert torch.allclose(one.right, other.right, atol=1e-6)
    assert torch.allclose(one.up, other.up, atol=1e-6)
    alike = [last(outputs, label, distance) for outputs in (held, made)]
    assert torch.allclose(alike[0].spread, alike[1].spread, atol=1e-6)
    assert alike[0].overall == pytest.approx(alike[1].overall, abs=1e-6)


def last(outputs: Outputs, label: torch.Tensor, distance: str) -> Likeness:
    *_, found = likeness(outputs, label, distance)  # pyright: ignore[reportArgumentType]
    assert isinstance(found, Likeness)
    return found


def test_spread_is_the_mean_way_to_the_mean(models: ModelCache) -> None:
    slice_plane = on_paper(models, prompts=ONE_CONTEXT)
    found, outputs = read(slice_plane)
    label = torch.arange(81) // 9 % 2  # rows by turns
    alike = last(outputs, label, "l2")
    across, up = (line.double() * length for line, length in ((found.alpha, ACROSS), (found.beta, UP)))
    points = torch.cartesian_prod(up, across)
    for region in (0, 1):
        mine = points[label == region]
        assert float(alike.spread[region]) == pytest.approx(float((mine - mine.mean(0)).norm(dim=1).mean()), rel=1e-4)
    assert alike.overall == pytest.approx(float((points - points.mean(0)).norm(dim=1).mean()), rel=1e-4)
    means = [points[label == region].mean(0) for region in (0, 1)]
    apart = alike.apart(torch.tensor([[0, 1], [0, 0]]), 1)
    assert apart.tolist() == pytest.approx([float((means[0] - means[1]).norm()), 0], abs=1e-3)


def test_means_are_held_of_the_largest_regions_only(models: ModelCache, monkeypatch: pytest.MonkeyPatch) -> None:
    slice_plane = on_paper(models, prompts=ONE_CONTEXT)
    _, outputs = read(slice_plane)
    monkeypatch.setattr("stable_regions.engine.neighbour_distances.MEANS", 2)
    alike = last(outputs, torch.arange(81) % 3, "l2")
    assert alike.spread.isnan().tolist() == [False, False, True]
    assert alike.apart(torch.tensor([[0, 1], [1, 2]]), 4).isnan().tolist() == [False, True]
