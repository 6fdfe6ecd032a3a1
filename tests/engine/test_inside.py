"""Derivatives against finite differences and a pencil; signs against the network's own."""

import pytest
import torch
from torch import Tensor, nn

from engine.plain import FullSequence, block_list
from engine.zoo import FAST, specimen
from stable_regions.engine.families import family_of
from stable_regions.engine.inside import Inside, slopes
from stable_regions.engine.oracle import Oracle
from stable_regions.engine.tail import Tail
from stable_regions.errors import UnsupportedModel

pytestmark = pytest.mark.portable

IDS = [5, 9, 13, 6, 44, 23, 61]
EXPERTS = {"mixtral", "olmoe", "qwen2_moe", "qwen3_moe", "granitemoe"}
DENSE = sorted(set(FAST) - EXPERTS)
IN_DOUBLE = {"gpt2", "gpt_neox", "opt", "persimmon", "phi", "starcoder2"}
"""Families whose norms compute in double precision where the rest does; the others' do in single."""


def tail_of(model_type: str, dtype: torch.dtype = torch.float64) -> Tail:
    network = specimen(model_type).to(dtype)
    family = family_of(network)
    assert family is not None
    return Tail(network, 1, family)


def rows(n: int = 3) -> tuple[Tensor, Tensor]:
    points, tangents = torch.randn(2, n, 64, generator=torch.Generator().manual_seed(4), dtype=torch.float64)
    return points, tangents


def final(found: Tensor, _logits: Tensor | None) -> Tensor:
    return found


class Toy(nn.Module):
    """out = h + M h, where h = x + A x: two linear components, so that every gradient can be written down."""

    def __init__(self, attention: float, mlp: float) -> None:
        super().__init__()
        self.attention, self.mlp = nn.Linear(2, 2, bias=False), nn.Linear(2, 2, bias=False)
        with torch.no_grad():
            self.attention.weight.copy_(attention * torch.eye(2))
            self.mlp.weight.copy_(mlp * torch.eye(2))

    def forward(self, x: Tensor) -> Tensor:
        h = x + self.attention(x)
        return h + self.mlp(h)


@pytest.mark.parametrize(("frozen", "slope"), [((), 5 * 1.5 * 0.25), (("mlp",), 5 * 1.5), (("attention",), 5 * 0.25)])
def test_gradients_of_a_toy_are_those_written_down(frozen: tuple[str, ...], slope: float) -> None:
    toy = Toy(attention=0.5, mlp=-0.75)
    held = [toy.get_submodule(name) for name in frozen]
    found = slopes(toy, torch.ones(4, 2), torch.tensor([[3.0, 4.0]]).expand(4, 2), held)
    assert found.tolist() == pytest.approx([slope] * 4)


def test_an_mlp_that_takes_three_quarters_away_compresses_by_three_quarters() -> None:
    toy, one = Toy(attention=0.5, mlp=-0.75), torch.ones(1, 2)
    g, g_f = (slopes(toy, one, one, held).item() for held in ([], [toy.mlp]))
    assert 1 - g / g_f == pytest.approx(0.75)


def test_where_everything_is_held_constant_nothing_moves() -> None:
    toy = nn.Sequential(nn.Linear(2, 2))
    assert slopes(toy, torch.ones(1, 2), torch.ones(1, 2), [toy[0]]).tolist() == [0]


@pytest.mark.parametrize("model_type", DENSE)
def test_gradients_are_finite_differences(model_type: str) -> None:
    tail, (points, tangents) = tail_of(model_type), rows()
    clean = tail.clean(IDS)
    found = Inside(tail).slopes(clean, points, tangents, final, False)
    small, allowed = (1e-5, 1e-5) if model_type in IN_DOUBLE else (1e-3, 5e-3)
    ends = [tail.written(clean, points + sign * small * tangents) for sign in (1, -1)]
    expected = (ends[0] - ends[1]).norm(dim=-1) / (2 * small)
    torch.testing.assert_close(found, expected, rtol=allowed, atol=1e-6)


@pytest.mark.parametrize("kind", ["attention", "mlp"])
def test_a_component_held_constant_is_a_network_that_adds_its_value(kind: str) -> None:
    """The finite difference of the full network whose component gives what it gave at the point itself."""
    tail, (points, tangents) = tail_of("gpt_neox"), rows(1)
    clean, inside = tail.clean(IDS), Inside(tail)
    component = inside.component(2, kind)  # pyright: ignore[reportArgumentType]
    seen: list[object] = []
    with component.register_forward_hook(lambda _m, _a, out: seen.append(out)):
        tail.written(clean, points)
    small = 1e-5
    with component.register_forward_hook(lambda _m, _a, _out: seen[0]):
        ends = [tail.written(clean, points + sign * small * tangents) for sign in (1, -1)]
    expected = (ends[0] - ends[1]).norm(dim=-1) / (2 * small)
    found = inside.slopes(clean, points, tangents, final, False, [component])
    torch.testing.assert_close(found, expected, rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("model_type", ["gpt_neox", "gpt2", "llama", "opt"])
def test_signs_are_those_of_the_full_network(model_type: str) -> None:
    network = specimen(model_type)
    family = family_of(network)
    assert family is not None
    tail, points = Tail(network, 1, family), rows(5)[0].float()
    found = Inside(tail).signs(tail.clean(IDS), points)
    assert sorted(found) == [2, 3]
    names = {"act", "act_fn", "activation_fn"}
    for block, signs in found.items():
        inner = block_list(network)[block].named_modules()
        (unit,) = [module for name, module in inner if name.rpartition(".")[2] in names]
        seen: list[Tensor] = []
        with unit.register_forward_pre_hook(lambda _m, args, seen=seen: seen.append(args[0])):
            FullSequence(network, 1).written(IDS, points)
        units = seen[0].reshape(5, len(IDS), -1)[:, -1]
        assert torch.equal(signs[units.abs() > 1e-5], units[units.abs() > 1e-5] > 0)


def test_looking_inside_leaves_no_hook_behind() -> None:
    tail, (points, tangents) = tail_of("llama"), rows()
    clean, inside = tail.clean(IDS), Inside(tail)
    before = tail.written(clean, points)
    inside.signs(clean, points)
    inside.slopes(clean, points, tangents, final, False, [inside.component(2, "mlp")])
    held = [module for block in tail.above.values() for module in block.modules()]
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in held)
    assert torch.equal(tail.written(clean, points), before)


@pytest.mark.parametrize("model_type", sorted(EXPERTS))
def test_a_mixture_of_experts_is_refused_in_words(model_type: str) -> None:
    tail, points = tail_of(model_type, torch.float32), rows()[0].float()
    clean, inside = tail.clean(IDS), Inside(tail)
    with pytest.raises(UnsupportedModel, match=r"mixture of experts|exactly one is expected"):
        inside.signs(clean, points)
    with pytest.raises(UnsupportedModel, match="no forward-mode derivative"):
        inside.slopes(clean, points, points, final, False)


def test_the_slow_path_cannot_be_looked_into() -> None:
    with pytest.raises(UnsupportedModel, match="cannot look"):
        Inside(Oracle(specimen("bloom"), 1))
