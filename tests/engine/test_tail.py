"""The fast path leaves the network alone, keeps points apart, and refuses what it would get wrong."""

import copy
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch
from torch import Tensor, nn

from engine.plain import block_list
from engine.zoo import FAST, specimen
from stable_regions.engine.batching import rows_for
from stable_regions.engine.families import Family, family_of
from stable_regions.engine.tail import RECENT, Tail, TailClean
from stable_regions.errors import ModelUnavailable, TooCostly, UnsupportedModel

IDS = [5, 9, 13, 6, 44, 23, 61]


@pytest.fixture(scope="module")
def tail() -> Tail:
    return Tail(specimen("gpt_neox"), 1, Family("gpt_neox", "gpt_neox", "layers", ""))


def points_of(tail: Tail, n: int) -> Tensor:
    anchor = tail.clean(IDS).anchor
    return anchor + torch.randn(n, len(anchor), generator=torch.Generator().manual_seed(3))


def test_the_anchor_written_back_gives_the_clean_output(tail: Tail):
    clean = tail.clean(IDS)
    torch.testing.assert_close(tail.written(clean, clean.anchor[None])[0], clean.final, rtol=1e-5, atol=1e-5)


def test_no_point_sees_another(tail: Tail):
    clean, points = tail.clean(IDS), points_of(tail, 12)
    alone = tail.written(clean, points)
    points[4] = torch.nan
    together = tail.written(clean, points)
    assert together[4].isnan().all()
    others = [i for i in range(12) if i != 4]
    torch.testing.assert_close(together[others], alone[others], rtol=1e-5, atol=1e-5)


def test_more_points_than_a_pass_are_the_same_points(tail: Tail):
    clean, points = tail.clean(IDS), points_of(tail, rows_for(64) + 3)
    finals = tail.written(clean, points)
    torch.testing.assert_close(finals[-5:], tail.written(clean, points[-5:]), rtol=1e-5, atol=1e-5)
    assert finals.shape == points.shape


def test_no_points_give_no_outputs(tail: Tail):
    clean = tail.clean(IDS)
    assert tail.written(clean, clean.anchor.new_empty(0, 64)).shape == (0, 64)


def test_the_network_is_left_as_it_was():
    network = specimen("gemma2")
    family = family_of(network)
    assert family is not None
    modules = dict(network.named_modules())
    attention, before = network.config._attn_implementation, network(torch.tensor([IDS])).logits
    tail = Tail(network, 2, family)
    tail.logits(tail.written(tail.clean(IDS), points_of(tail, 3)))
    assert {name: id(module) for name, module in network.named_modules()} == {n: id(m) for n, m in modules.items()}
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in modules.values())
    assert network.config._attn_implementation == attention
    assert torch.equal(network(torch.tensor([IDS])).logits, before)


def test_a_tail_shares_the_networks_memory():
    network = specimen("llama")
    tail = Tail(network, 0, Family("llama", "model", "layers", ""))
    ours = {p.data_ptr() for p in network.parameters()}
    for held in (tail._whole, tail._above, tail._head):
        assert {p.data_ptr() for p in held.parameters()} <= ours


class Narrow:
    """A `_run` on a device whose memory takes so many points at a time."""

    def __init__(self, tail: Tail, most: int) -> None:
        self.run, self.most = tail._run, most
        self.tried: list[int] = []

    def __call__(self, cleans: list[TailClean], points: Tensor) -> Tensor:
        self.tried.append(points.shape[0] * points.shape[1])
        if self.tried[-1] > self.most:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return self.run(cleans, points)


def test_where_memory_runs_out_passes_are_halved_and_the_request_goes_on(monkeypatch: pytest.MonkeyPatch):
    tail = Tail(specimen("gpt_neox"), 1, Family("gpt_neox", "gpt_neox", "layers", ""))
    clean, points = tail.clean(IDS), points_of(tail, 700)
    expected = tail.written(clean, points)
    narrow = Narrow(tail, 100)
    monkeypatch.setattr(tail, "_run", narrow)
    torch.testing.assert_close(tail.written(clean, points), expected, rtol=1e-5, atol=1e-6)
    assert narrow.tried == [700, 350, 175, *[87] * 8, 4]
    narrow.tried.clear()
    tail.written(clean, points)
    assert narrow.tried == [*[87] * 8, 4], "what fits is remembered"
    other = tail.clean([7, 80, 3])
    narrow.tried.clear()
    tail.written(other, points)
    assert narrow.tried[0] == 700, "another prompt length leaves another room"


def test_several_contexts_are_halved_too(monkeypatch: pytest.MonkeyPatch):
    tail = Tail(specimen("gpt_neox"), 1, Family("gpt_neox", "gpt_neox", "layers", ""))
    cleans = [tail.clean([*IDS[:-1], last]) for last in range(6)]
    points = torch.stack([points_of(tail, 40) for _ in cleans])
    expected = tail.written_each(cleans, points)
    narrow = Narrow(tail, 100)
    monkeypatch.setattr(tail, "_run", narrow)
    torch.testing.assert_close(tail.written_each(cleans, points), expected, rtol=1e-5, atol=1e-6)
    assert narrow.tried == [240, 120, *[40] * 6]


def test_memory_that_takes_next_to_nothing_is_told_in_words(monkeypatch: pytest.MonkeyPatch):
    tail = Tail(specimen("gpt_neox"), 1, Family("gpt_neox", "gpt_neox", "layers", ""))
    clean = tail.clean(IDS)
    points = points_of(tail, 64)
    monkeypatch.setattr(tail, "_run", Narrow(tail, 3))
    with pytest.raises(TooCostly, match="runs out with 16 points at a time, in prompts of 7 tokens"):
        tail.written(clean, points)


def test_two_writers_of_one_network_work_at_once():
    network = specimen("qwen2")
    family = family_of(network)
    assert family is not None
    tails = [Tail(network, layer, family) for layer in (0, 2)]
    prompts = [IDS, [7, 80, 3]]

    def job(index: int) -> Tensor:
        tail, ids = tails[index % 2], prompts[index // 2 % 2]
        return tail.written(tail.clean(ids), points_of(tail, 64))

    expected = [job(index) for index in range(4)]
    with ThreadPoolExecutor(4) as threads:
        for index, found in enumerate(threads.map(job, range(24))):
            torch.testing.assert_close(found, expected[index % 4], rtol=1e-5, atol=1e-5)


def test_dropout_is_off_even_for_a_network_in_training():
    network = specimen("gpt_neox", hidden_dropout=0.5, attention_dropout=0.5).train()
    tail = Tail(network, 1, Family("gpt_neox", "gpt_neox", "layers", ""))
    clean = tail.clean(IDS)
    assert torch.equal(clean.final, tail.clean(IDS).final)


def test_a_family_with_a_term_that_is_not_computed_is_refused_by_name():
    tail = Tail(specimen("gpt_oss"), 1, Family("gpt_oss", "model", "layers", ""))
    with pytest.raises(UnsupportedModel, match=r"GptOssAttention has attention terms \['s_aux'\]"):
        tail.clean(IDS)


def test_blocks_that_mix_tokens_without_attention_are_noticed():
    tail = Tail(specimen("lfm2"), 1, Family("lfm2", "model", "layers", ""))
    with pytest.raises(UnsupportedModel, match="does not reproduce this model's clean output"):
        tail.clean(IDS)


def test_a_bidirectional_config_is_not_fast():
    assert family_of(specimen("gemma3_text", use_bidirectional_attention=True)) is None


def test_no_block_below_the_write_layer_runs():
    network = specimen("olmo")
    tail = Tail(network, 2, Family("olmo", "model", "layers", ""))
    run: list[int] = []
    clean, points = tail.clean(IDS), points_of(tail, 2)
    for index, block in enumerate(block_list(network)):
        attention = (
            next(m for m in tail._above.modules() if getattr(m, "layer_idx", -1) == index) if index > 2 else None
        )
        if isinstance(attention, nn.Module):
            attention.register_forward_pre_hook(lambda *_, index=index: run.append(index))
        assert not block._forward_pre_hooks
    tail.written(clean, points)
    assert run == [3]
    assert not [m for m in tail._above.modules() if getattr(m, "layer_idx", 9) <= 2]


def test_windowed_blocks_keep_only_what_the_last_token_sees():
    family = Family("gemma2", "model", "layers", "")
    prefixes = Tail(specimen("gemma2"), 1, family).clean(IDS).prefixes
    assert [prefix.values.shape[1] for _, prefix in sorted(prefixes.items())] == [3, 6, 3, 6]


@pytest.mark.parametrize("model_type", FAST)
def test_many_prompts_at_once_are_each_prompt_by_itself(model_type: str):
    network = specimen(model_type)
    family = family_of(network)
    assert family is not None
    tail = Tail(network, 1, family)
    prompts = [IDS, [7, 80, 3], [61, 23, 44, 6, 13, 9, 5], [12], [4, 4, 8]]
    together, alone = tail.cleans(prompts), [tail.clean(ids) for ids in prompts]
    points = torch.stack([clean.anchor + points_of(tail, 4) for clean in alone])
    written = tail.written_each(together, points)
    for place, clean in enumerate(alone):
        assert together[place].ids == clean.ids
        torch.testing.assert_close(together[place].anchor, clean.anchor, rtol=1e-5, atol=1e-5)
        torch.testing.assert_close(together[place].final, clean.final, rtol=1e-5, atol=2e-5)
        torch.testing.assert_close(written[place], tail.written(clean, points[place]), rtol=1e-4, atol=1e-4)


def test_a_checkpoint_of_nan_is_a_missing_checkpoint_and_no_unknown_architecture():
    network = specimen("gpt_neox")
    with torch.no_grad():
        broken = copy.deepcopy(network)
        next(iter(block_list(broken)[2].parameters())).fill_(torch.nan)
    with pytest.raises(ModelUnavailable, match="not finite"):
        Tail(broken, 1, Family("gpt_neox", "gpt_neox", "layers", "")).clean(IDS)


def test_a_prompt_asked_for_again_is_not_run_again_and_old_ones_leave():
    network = specimen("llama")
    tail = Tail(network, 1, Family("llama", "model", "layers", ""))
    first = tail.clean(IDS)
    assert tail.clean(list(IDS)) is first
    for last in range(RECENT):
        tail.clean([*IDS[:-1], last])
    again = tail.clean(IDS)
    assert again is not first
    assert torch.equal(again.final, first.final)
    assert len(tail._recent) == RECENT


def test_kept_runs_are_bounded_in_bytes(monkeypatch: pytest.MonkeyPatch):
    tail = Tail(specimen("llama"), 1, Family("llama", "model", "layers", ""))
    one = tail.clean(IDS).bytes
    assert one == sum(t.numel() * 4 for p in tail.clean(IDS).prefixes.values() for t in (p.keys, p.values))
    monkeypatch.setattr("stable_regions.engine.tail.RECENT_BYTES", 2.5 * one)
    for last in range(5):
        tail.clean([*IDS[:-1], last])
    assert len(tail._recent) == 2
