import pytest
import torch
from jaxtyping import Float
from torch import Tensor

from paper import REF, A, B, C, Paper, on_paper, request
from stable_regions.engine import chunks
from stable_regions.engine.chunks import LARGEST, SMALLEST, chunk, rate
from stable_regions.engine.slice_plane import SlicePlane, open_slice_plane
from stable_regions.engine.slices import Level, level
from stable_regions.engine.writer import Clean
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.plane import Window

pytestmark = pytest.mark.portable


def last(slice_plane: SlicePlane, n: int, base: Level | None = None, exact: bool = True) -> tuple[Level, int]:
    """A level, and how many points were said to be done on the way."""
    points = 0
    for found in level(slice_plane, Window(), n, base, exact, chunk_seconds=0.1):
        if isinstance(found, Level):
            return found, points
        points += found
    raise AssertionError("a level ends with itself")


def test_a_level_from_the_one_before_is_the_level_by_itself(models: ModelCache) -> None:
    slice_plane = on_paper(models)
    coarse, first = last(slice_plane, 9)
    fine, second = last(slice_plane, 17, coarse)
    alone, _ = last(slice_plane, 17)
    assert torch.allclose(fine.distance, alone.distance, atol=1e-5)
    assert torch.equal(fine.distance[:, ::2, ::2], coarse.distance)
    assert torch.equal(fine.top, alone.top)
    assert (first, first + second) == (3 * 9**2, 3 * 17**2)
    assert bool(fine.computed.all())


def test_rows_are_beta_upward_and_columns_alpha(models: ModelCache) -> None:
    found, _ = last(on_paper(models), 9)
    alpha, beta = -0.25 + 1.5 * 7 / 8, -0.25 + 1.5 * 2 / 8
    assert torch.isclose(found.distance[0, 2, 7], torch.tensor(((2 * alpha) ** 2 + (4 * beta) ** 2) ** 0.5))


def test_only_undecided_cells_are_computed_when_exactness_is_not_asked_for(models: ModelCache) -> None:
    slice_plane = on_paper(models)
    base, _ = last(slice_plane, 33)
    refined, points = last(slice_plane, 65, base, exact=False)
    exact, _ = last(slice_plane, 65, base)
    assert points < 3 * (65**2 - 33**2)
    assert int(refined.computed.sum()) == 33**2 + points // 3
    assert torch.allclose(refined.distance[:, refined.computed], exact.distance[:, refined.computed], atol=1e-5)
    off = (refined.distance - exact.distance).abs().flatten(1) / exact.distance.flatten(1).amax(dim=1, keepdim=True)
    assert float((off > 2 / 255).float().mean()) <= 0.005
    assert float(off.max()) <= 10 / 255


class Noise(Paper):
    """Nothing is flat: the output swings a thousand times between two points of the grid."""

    def written(self, clean: Clean, points: Float[Tensor, "n d_model"]) -> Float[Tensor, "n d_model"]:
        return clean.final + torch.sin(1e6 * points.sum(dim=-1, keepdim=True))


def test_where_nothing_is_flat_refinement_computes_what_exact_computes_and_no_point_more(models: ModelCache) -> None:
    model, asked = models.model(REF), request()
    ends = [model.tokens.encode(prompt, True)[-1] for prompt in asked.prompts]
    slice_plane = open_slice_plane(model, asked, Noise(dict(zip(ends, (A, B, C), strict=True)), model.card.d_model))
    base, _ = last(slice_plane, 33)
    for n in (65, 129):
        refined, points = last(slice_plane, n, base, exact=False)
        assert bool(refined.computed.all())
        assert points == 3 * (n**2 - base.n**2)
        base = refined


def test_a_chunk_is_a_power_of_two_within_bounds(models: ModelCache) -> None:
    slice_plane = on_paper(models)
    sizes = [chunk(slice_plane.flops, slice_plane.model, seconds) for seconds in (1e-9, 0.01, 0.1, 1e9)]
    assert sizes == sorted(sizes)
    assert (sizes[0], sizes[-1]) == (SMALLEST, LARGEST)
    assert all(size & (size - 1) == 0 for size in sizes)


def test_a_chunk_is_sized_by_the_devices_own_rate_and_the_same_again(
    models: ModelCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = models.model(REF)
    assert rate(model.device, model.dtype) == rate(model.device, model.dtype) > 0
    monkeypatch.setattr(chunks, "rate", lambda *_: 1e12)
    assert chunk(1e8, model, 0.1) == 256
    assert chunk(1e7, model, 0.1) == 4096
    assert chunk(1e7, model, 0.1, contexts=4) == 1024


def test_a_report_comes_after_each_context_of_a_chunk(models: ModelCache) -> None:
    slice_plane = on_paper(models)
    steps = list(level(slice_plane, Window(), 33, None, True, 1e-9))
    counts = [step for step in steps if isinstance(step, int)]
    assert len(slice_plane.groups) == 3
    assert max(counts) == SMALLEST
    assert sum(counts) == 3 * 33**2
