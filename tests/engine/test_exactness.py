"""The numbers are the model's own: relative 1e-5 against plain hooks and TransformerLens' hooks, in float32."""

from dataclasses import replace
from typing import cast

import pytest
import torch
from torch import Tensor, nn
from transformers import AttentionInterface

from engine.plain import FullSequence
from engine.zoo import FAST, SLOW, UNKNOWN_TO_TRANSFORMER_LENS, specimen
from stable_regions.engine.attention import WRITTEN, Prefix, written_attention
from stable_regions.engine.families import FAMILIES, family_of
from stable_regions.engine.oracle import Oracle
from stable_regions.engine.tail import Tail
from stable_regions.errors import UnsupportedModel

LONG, SHORT, ONE = [5, 9, 13, 6, 44, 23, 61], [7, 80, 3], [12]

ALLOWED = 1e-5


def tail_of(model_type: str, write_layer: int = 1) -> Tail:
    network = specimen(model_type)
    family = family_of(network)
    assert family is not None
    return Tail(network, write_layer, family)


def line(plain: FullSequence, ids: list[int], n: int = 7) -> Tensor:
    """Points along the line between two anchors and beyond, and off it."""
    a, b = plain.anchor(ids), plain.anchor([*ids[:-1], 77])
    steps = torch.linspace(-0.25, 1.25, n, dtype=a.dtype)[:, None]
    off = torch.randn(n, len(a), generator=torch.Generator().manual_seed(1), dtype=a.dtype)
    return a + steps * (b - a) + 0.3 * a.std() * off


def error(found: Tensor, expected: Tensor) -> float:
    """Largest relative error of a row."""
    return ((found - expected).norm(dim=-1) / expected.norm(dim=-1)).max().item()


def test_every_fast_family_has_a_specimen():
    assert set(FAST) == set(FAMILIES)


@pytest.mark.parametrize("model_type", FAST)
def test_the_tail_equals_plain_hooks(model_type: str):
    network = specimen(model_type)
    family = family_of(network)
    assert family is not None
    for write_layer, ids in ((0, LONG), (1, SHORT), (2, ONE), (3, LONG)):
        plain, tail = FullSequence(network, write_layer), Tail(network, write_layer, family)
        points = line(plain, ids)
        finals, logits = plain.written(ids, points)
        assert error(finals[1:], finals[:1].expand(len(finals) - 1, -1)) > 0.03, "points must matter"
        clean = tail.clean(ids)
        written = tail.written(clean, points)
        assert error(clean.anchor[None], plain.anchor(ids)[None]) < ALLOWED
        assert error(written, finals) < ALLOWED
        assert error(tail.logits(written), logits) < ALLOWED


@pytest.mark.parametrize("model_type", sorted(set(FAST) - UNKNOWN_TO_TRANSFORMER_LENS))
def test_the_tail_equals_transformer_lens(model_type: str):
    network = specimen(model_type)
    family = family_of(network)
    assert family is not None
    tail, oracle = Tail(network, 1, family), Oracle(network, 1)
    points = line(FullSequence(network, 1), LONG)
    clean, seen = tail.clean(LONG), oracle.clean(LONG)
    written, expected = tail.written(clean, points), oracle.written(seen, points)
    assert error(clean.anchor[None], seen.anchor[None]) < ALLOWED
    assert error(clean.final[None], seen.final[None]) < ALLOWED
    assert error(written, expected) < ALLOWED
    assert error(tail.logits(written), oracle.logits(expected)) < ALLOWED


@pytest.mark.parametrize("model_type", SLOW)
def test_the_fallback_equals_plain_hooks(model_type: str):
    network = specimen(model_type)
    assert family_of(network) is None
    plain, oracle = FullSequence(network, 1), Oracle(network, 1)
    points = line(plain, LONG)
    finals, logits = plain.written(LONG, points)
    written = oracle.written(oracle.clean(LONG), points)
    assert error(written, finals) < ALLOWED
    assert error(oracle.logits(written), logits) < ALLOWED


@pytest.mark.parametrize("model_type", sorted(UNKNOWN_TO_TRANSFORMER_LENS))
def test_what_transformer_lens_does_not_know_is_refused_by_name(model_type: str):
    network = specimen(model_type)
    with pytest.raises(UnsupportedModel, match=type(network).__name__):
        Oracle(network, 1)


@pytest.mark.parametrize("model_type", ["gpt2", "gpt_neox", "llama", "gemma2", "mistral"])
def test_an_attention_without_the_points_own_key_would_be_seen(model_type: str):
    """A twin of exactness: the comparisons above notice one missing score."""
    plain, tail = FullSequence(specimen(model_type), 1), tail_of(model_type)
    points, clean = line(plain, LONG), tail.clean(LONG)
    AttentionInterface.register(WRITTEN, without_self)
    try:
        wrong = tail.written(clean, points)
    finally:
        AttentionInterface.register(WRITTEN, written_attention)
    assert error(wrong, plain.written(LONG, points)[0]) > 1e-2


@pytest.mark.parametrize("model_type", ["gpt2", "gpt_neox", "llama", "gemma2", "mistral"])
def test_a_prefix_without_one_key_would_be_seen(model_type: str):
    plain, tail = FullSequence(specimen(model_type), 1), tail_of(model_type)
    points, clean = line(plain, LONG), tail.clean(LONG)
    short = {layer: Prefix(p.keys[:, 1:], p.values[:, 1:]) for layer, p in clean.prefixes.items()}
    wrong = tail.written(replace(clean, prefixes=short), points)
    assert error(wrong, plain.written(LONG, points)[0]) > 1e-2


def without_self(
    module: nn.Module, query: Tensor, key: Tensor, value: Tensor, mask: None, scaling: float, **terms: object
) -> tuple[Tensor, None]:
    prefixes = cast("dict[int, Prefix]", terms["prefixes"])
    prefix = prefixes[cast("int", module.layer_idx)]
    queries = query[0].unflatten(0, (key.shape[1], -1))
    pattern = torch.softmax(torch.matmul(queries, prefix.keys.unsqueeze(1).transpose(-1, -2)) * scaling, dim=-1)
    return torch.matmul(pattern, prefix.values.unsqueeze(1)).flatten(0, 1)[None].transpose(1, 2), None
