"""The shapes of many pairs are those of their curves, whatever the number of steps; and the controls are what they say."""

import pytest
import torch
from jaxtyping import Float
from torch import Tensor

from paper import REF, Paper
from stable_regions.engine.controls import control_paths, final_line, random_ends
from stable_regions.engine.pair_shapes import Pairs, Shapes, shapes
from stable_regions.engine.paths import path_between, shape
from stable_regions.engine.writer import Clean
from stable_regions.engine.writers import writer_for
from stable_regions.maths.curve import sharpness, width
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.path import CONTROLS, points_written, samples
from stable_regions.schemas.plane import DISTANCES, Distance

pytestmark = pytest.mark.portable

PROMPTS = [[0, 3, 4, 5], [0, 7, 8, 9], [0, 9, 11, 3], [0, 4, 6], [0, 4, 6], [0, 12, 9, 4]]
MOVING = [0, 1, 2, 4]
TRAINED = ModelRef(name="facts-4l", revision="step1536")


def of(models: ModelCache, distance: Distance = "hellinger", steps: int = 9, ref: ModelRef = REF) -> Pairs:
    model = models.model(ref)
    return Pairs(model, writer_for(model, 1), 1, PROMPTS, steps, distance)


def measured(pairs: Pairs, chunk_seconds: float = 0.1) -> tuple[Shapes, int]:
    points = 0
    for step in shapes(pairs, chunk_seconds):
        if isinstance(step, Shapes):
            return step, points
        points += step
    raise AssertionError("shapes end with themselves")


def dense(models: ModelCache, distance: Distance, ref: ModelRef) -> Float[Tensor, "pairs 401"]:
    pairs = of(models, distance, ref=ref)
    runs = pairs.writer.cleans(PROMPTS)
    return path_between(pairs.writer, runs[:-1], runs[1:]).distances(torch.linspace(0, 1, 401).expand(5, 401), distance)


@pytest.mark.parametrize("chunk_seconds", [1e-9, 0.1])
def test_shapes_are_those_of_the_curves_read_densely(models: ModelCache, chunk_seconds: float) -> None:
    found, points = measured(of(models, steps=41), chunk_seconds)
    assert points == points_written(5, 41) == 10 * samples(41)
    distances = dense(models, "hellinger", REF)[MOVING]
    assert torch.allclose(found.own.sharpness[MOVING], sharpness(distances).float(), rtol=5e-3)
    assert torch.allclose(found.own.width[MOVING], width(distances).float(), rtol=2e-2)
    assert torch.allclose(found.own.end[MOVING], distances[:, -1].float(), atol=1e-5)


@pytest.mark.parametrize("distance", DISTANCES)
def test_sharpness_does_not_depend_on_the_number_of_steps(models: ModelCache, distance: Distance) -> None:
    expected = sharpness(dense(models, distance, TRAINED)[MOVING]).float()
    for steps in (26, 51, 101):
        found = measured(of(models, distance, steps, TRAINED))[0].own.sharpness[MOVING]
        assert torch.allclose(found, expected, rtol=1e-2), steps


def test_a_pair_of_equal_prompts_is_left_out(models: ModelCache) -> None:
    found, _ = measured(of(models))
    out = [False, False, False, True, False]
    assert found.own.sharpness.isnan().tolist() == found.own.width.isnan().tolist() == out
    assert found.own.end[3] == 0
    for values in found.controls.values():
        assert values.isnan().tolist() == out


class Rounding(Paper):
    """No output comes out twice the same, as where two passes have different shapes."""

    def points_written(self, clean: Clean, points: Float[Tensor, "n d_model"]) -> Float[Tensor, "n d_model"]:
        found = super().points_written(clean, points)
        return found + 1e-3 * torch.randn(found.shape, generator=torch.Generator().manual_seed(self.passes))


def test_equal_prompts_are_known_by_their_tokens_and_not_by_their_outputs(models: ModelCache) -> None:
    model = models.model(REF)
    writer = Rounding({4: (0.0, 5.0), 5: (2.0, 2.0)}, model.card.d_model)
    found, _ = measured(Pairs(model, writer, 0, [[3, 4], [3, 4], [3, 5]], 11, "l2"))
    assert found.own.end.tolist() == [0, pytest.approx(13**0.5, abs=0.05)]
    assert found.own.sharpness.isnan().tolist() == found.own.width.isnan().tolist() == [True, False]


def test_paths_through_nothing_are_straight_lines_and_so_are_their_controls(models: ModelCache) -> None:
    model = models.model(REF)
    paper = Paper({3: (1.0, 0.0), 4: (0.0, 5.0), 5: (2.0, 2.0)}, model.card.d_model)
    found, _ = measured(Pairs(model, paper, 0, [[3], [4], [5]], 11, "l2"))
    assert found.own.sharpness.tolist() == pytest.approx([1, 1], abs=1e-3)
    assert found.own.width.tolist() == pytest.approx([0.8, 0.8], abs=1e-4)
    assert found.own.end.tolist() == pytest.approx([26**0.5, 13**0.5])
    for name in ("final_line", "random"):
        assert found.controls[name].tolist() == pytest.approx([1, 1], abs=1e-3), name


def test_an_output_that_turns_evenly_is_a_straight_line_under_cosine(models: ModelCache) -> None:
    """A chord of a circle does not turn evenly, but one of few degrees nearly does; 1 − cos would read 2 and 0.63."""
    model = models.model(REF)
    paper = Paper({3: (1.0, 0.0), 4: (1.0, 0.1)}, model.card.d_model)
    runs = paper.cleans([[3], [4]])
    found = shape(path_between(paper, runs[:1], runs[1:]), 51, "cosine")
    assert found.sharpness.item() == pytest.approx(1, abs=0.01)
    assert found.width.item() == pytest.approx(0.8, abs=0.01)
    assert found.end.item() == pytest.approx(0.0997, abs=1e-3)


def test_under_l2_the_line_between_the_final_residuals_is_straight(models: ModelCache) -> None:
    found, _ = measured(of(models, "l2"))
    assert found.controls["final_line"][MOVING].tolist() == pytest.approx([1] * 4, abs=1e-3)


def test_the_last_blocks_control_is_the_pairs_own_path_where_that_is_the_write_layer(models: ModelCache) -> None:
    model = models.model(REF)
    last = model.card.layers - 1
    pairs = Pairs(model, writer_for(model, last), last, PROMPTS, 51, "hellinger")
    found, _ = measured(pairs)
    assert torch.allclose(found.controls["last_block"][MOVING], found.own.sharpness[MOVING], rtol=1e-3)


def test_random_ends_are_as_long_as_the_anchors_and_the_same_whatever_stands_beside_them(models: ModelCache) -> None:
    runs = of(models).writer.cleans(PROMPTS)
    a, b = random_ends(runs[:-1], runs[1:], first=0)
    for ends, cleans in ((a, runs[:-1]), (b, runs[1:])):
        expected = torch.stack([clean.anchor for clean in cleans]).double().norm(dim=-1).cpu()
        assert torch.allclose(ends.norm(dim=-1), expected)
    alone = random_ends(runs[2:3], runs[3:4], first=2)
    assert torch.allclose(alone[0][0], a[2])
    assert torch.allclose(alone[1][0], b[2])
    assert not torch.allclose(a[0], a[1], rtol=0.1)


def test_a_final_line_ends_where_the_path_does(models: ModelCache) -> None:
    pairs = of(models)
    runs = pairs.writer.cleans(PROMPTS)
    own = path_between(pairs.writer, runs[:-1], runs[1:])
    ends = torch.tensor([0.0, 1.0]).expand(5, 2)
    torch.testing.assert_close(final_line(own).finals(ends), own.finals(ends), rtol=1e-4, atol=1e-4)
    assert set(control_paths(pairs.model, own, runs[1:])) == set(CONTROLS)
