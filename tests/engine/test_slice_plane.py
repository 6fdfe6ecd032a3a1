import pytest
import torch

from near import mostly
from paper import ONE_CONTEXT, REF, A, B, Paper, on_paper, request
from stable_regions.engine.oracle import Oracle
from stable_regions.engine.slice_plane import open_slice_plane
from stable_regions.errors import DegeneratePlane
from stable_regions.models.model_cache import ModelCache

pytestmark = pytest.mark.portable


@pytest.mark.parametrize("contexts", ["own", "first"])
def test_distances_are_those_of_the_plane_where_nothing_happens_to_a_point(models: ModelCache, contexts: str) -> None:
    slice_plane = on_paper(models, contexts=contexts)
    alpha, beta = torch.tensor([0.0, 1.0, 0.5, 0.5, 0.25]), torch.tensor([0.0, 0.0, 1.0, 0.0, -0.5])
    found = slice_plane.read(alpha, beta).distance
    for channel, (a, b) in enumerate([(0, 0), (1, 0), (0.5, 1)]):
        expected = ((2 * (alpha - a)) ** 2 + (4 * (beta - b)) ** 2).sqrt()
        assert torch.allclose(found[channel], expected, atol=1e-5)


def test_a_path_through_nothing_is_a_straight_line(models: ModelCache) -> None:
    assert float(on_paper(models).path()["sharpness"][0]) == pytest.approx(1, abs=1e-3)


def test_the_likeliest_token_is_the_largest_logit(models: ModelCache) -> None:
    slice_plane = on_paper(models, prompts=ONE_CONTEXT)
    top = slice_plane.read(torch.tensor([0.0, 0.5]), torch.tensor([0.0, 1.0])).top
    assert top.tolist() == [[0, 1], [0, 1], [0, 1]]


def test_prompts_that_differ_in_the_last_token_share_one_context(models: ModelCache) -> None:
    shared, apart = on_paper(models, prompts=ONE_CONTEXT), on_paper(models)
    for slice_plane, contexts in ((shared, 1), (apart, 3)):
        assert isinstance(slice_plane.writer, Paper)
        slice_plane.writer.passes = 0
        slice_plane.read(torch.rand(7), torch.rand(7))
        assert slice_plane.writer.passes == 7 * contexts


def test_anchors_are_at_their_own_clean_output(models: ModelCache) -> None:
    slice_plane = open_slice_plane(models.model(REF), request(distance="hellinger"))
    alpha, beta = torch.tensor(slice_plane.plane.anchors).T
    distance = slice_plane.read(alpha, beta).distance
    assert float(distance.diag().max()) < 1e-5
    assert float((distance + torch.eye(3)).min()) > 1e-3


@pytest.mark.parametrize("distance", ["l2", "hellinger", "tv", "js", "cosine"])
def test_the_fast_path_and_transformer_lens_read_the_same(models: ModelCache, distance: str) -> None:
    model, asked = models.model(REF), request(distance=distance, write_layer=1)
    fast, slow = open_slice_plane(model, asked), open_slice_plane(model, asked, Oracle(model.network, 1))
    torch.manual_seed(0)
    alpha, beta = 1.5 * torch.rand(2, 40) - 0.25
    assert (fast.writer.name, slow.writer.name) == ("tail", "oracle")
    assert torch.allclose(fast.read(alpha, beta).distance, slow.read(alpha, beta).distance, rtol=1e-4, atol=1e-5)


def test_with_one_context_b_and_c_are_what_their_anchors_give_there(models: ModelCache) -> None:
    slice_plane = open_slice_plane(models.model(REF), request(contexts="first", distance="hellinger", write_layer=1))
    alpha, beta = torch.tensor(slice_plane.plane.anchors).T
    assert float(slice_plane.read(alpha, beta).distance.diag().max()) < 1e-5


def test_a_point_is_read_in_blocks_and_comes_out_the_same(models: ModelCache, monkeypatch: pytest.MonkeyPatch) -> None:
    slice_plane = open_slice_plane(models.model(REF), request(distance="js"))
    alpha, beta = torch.rand(2, 64)
    whole = slice_plane.read(alpha, beta)
    monkeypatch.setattr("stable_regions.engine.outputs.LOGITS", 16 * slice_plane.model.card.d_vocab)
    blocks = slice_plane.read(alpha, beta)
    assert torch.allclose(whole.distance, blocks.distance, atol=1e-6)
    mostly(whole.top, blocks.top)


def test_anchors_on_one_line_are_refused(models: ModelCache) -> None:
    model, asked = models.model(REF), request()
    ends = [model.tokens.encode(prompt, True)[-1] for prompt in asked.prompts]
    line = dict(zip(ends, (A, B, (9.0, 0.0, 0.0)), strict=True))
    with pytest.raises(DegeneratePlane, match="on one line"):
        open_slice_plane(model, asked, Paper(line, model.card.d_model))
