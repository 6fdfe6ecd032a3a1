"""Images become tokens and come back whole; what is drawn at random is the same everywhere."""

import pytest
import torch

from maths.attractor.made import chance
from stable_regions.maths.attractor.chance import normal, order, uniform
from stable_regions.maths.attractor.tokens import Cut, Tokens, boosted, orthogonal, tokens_of


@pytest.mark.parametrize("cut", ["patches", "rows", "pixels"])
def test_an_image_comes_back_from_its_tokens(cut: Cut):
    tokens = tokens_of(8, cut, 3)
    images = torch.rand(4, 64, generator=chance(), dtype=torch.float64)
    assert torch.allclose(tokens.decode(tokens.encode(images)), images, atol=1e-12)
    assert torch.equal(tokens.images(tokens.patches(images)), images)


def test_every_token_has_the_same_length_and_the_embedding_is_orthogonal():
    tokens = tokens_of(8, "patches", 0)
    lengths = tokens.encode(torch.rand(4, 64, generator=chance(), dtype=torch.float64)).norm(dim=-1)
    assert torch.allclose(lengths, torch.full_like(lengths, 2 / 8**0.5), atol=1e-12)  # √4 pixels, over √a
    eye = torch.eye(8, dtype=torch.float64)
    assert torch.allclose(tokens.embedding.T @ tokens.embedding, eye / 8, atol=1e-12)
    assert torch.allclose(orthogonal(32, 1) @ orthogonal(32, 1).T, torch.eye(32, dtype=torch.float64), atol=1e-12)


def test_a_patch_is_a_square_of_neighbouring_pixels():
    tokens = Tokens(4, (2, 2), torch.eye(8, dtype=torch.float64))
    assert tokens.patches(torch.arange(16.0)[None])[0].tolist()[1] == [2, 3, 6, 7]


def test_an_image_without_any_sign_is_black():
    assert tokens_of(8, "patches", 0).decode(torch.zeros(1, 16, 8, dtype=torch.float64)).abs().max() == 0


def test_boosting_doubles_and_clips():
    assert boosted(torch.tensor([[0.0, 0.3, 0.5, 0.9]])).tolist()[0] == pytest.approx([0, 0.6, 1, 1])


def test_the_papers_network_has_as_many_parameters_as_the_notebook_says():
    tokens = tokens_of(28, "patches", 0)
    assert tokens.count**2 * len(tokens.embedding) ** 2 + 64 == 2_458_688


def test_the_stream_is_mulberry32s():
    state, found = ((7 * 64 + 4) * 0x9E3779B1) & 0xFFFFFFFF, []
    for _ in range(3):  # as the generator is usually written, one number at a time
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        t = ((state ^ state >> 15) * (state | 1)) & 0xFFFFFFFF
        t ^= (t + ((t ^ t >> 7) * (t | 61) & 0xFFFFFFFF)) & 0xFFFFFFFF
        found.append((t ^ t >> 14) / 2**32)
    assert uniform(7, 3, 3).tolist() == found


def test_draws_have_the_shape_they_are_called_after():
    drawn = normal(0, 0, 20_000)
    assert float(drawn.mean()) == pytest.approx(0, abs=0.03)
    assert float(drawn.std()) == pytest.approx(1, abs=0.03)
    assert sorted(order(1, 0, 50).tolist()) == list(range(50))
    assert order(1, 0, 50).tolist() != order(2, 0, 50).tolist()
