"""The walk over the tree of histories against the network's own full pass over every word."""

import pytest
import torch

from stable_regions.engine.beliefs import HistoryRows, losses, read_place
from stable_regions.engine.histories import Histories, histories, places_of
from stable_regions.errors import UnknownLayer
from stable_regions.maths.hidden_markov import hidden_markov
from stable_regions.maths.presentation import Presentation, presentation
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.model import ModelRef
from stable_regions.schemas.process import RRXOR, Mess3, Process

CASES: dict[str, Process] = {"mess3-2l": Mess3(), "rrxor-4l": RRXOR()}
LAST = {"mess3-2l": "step3000", "rrxor-4l": "step6000"}


def walked(models: ModelCache, name: str, length: int, revision: str = "") -> tuple[Presentation, Histories]:
    process = hidden_markov(CASES[name])
    rows = presentation(process, length)
    model = models.model(ModelRef(name=name, revision=revision or LAST[name]))
    ids = list(range(len(process.tokens)))
    return rows, histories(model, ids, torch.from_numpy(rows.word), torch.from_numpy(rows.parent))


@pytest.mark.parametrize("name", CASES)
def test_every_history_has_the_stream_and_the_outputs_of_the_full_pass(models: ModelCache, name: str) -> None:
    rows, found = walked(models, name, 6)
    network = models.model(ModelRef(name=name, revision=LAST[name])).network
    for size in range(1, 7):
        here = torch.from_numpy(rows.size == size)
        words = torch.from_numpy(rows.word)[here][:, :size].long()
        with torch.inference_mode():
            full = network(input_ids=words, output_hidden_states=True, use_cache=False)
        streams = [*full.hidden_states]
        assert torch.allclose(found.places["embed"][here], streams[0][:, -1], atol=1e-5)
        for block in range(len(streams) - 2):
            own = found.places[f"blocks.{block}.hook_resid_post"][here]
            assert torch.allclose(own, streams[block + 1][:, -1], atol=2e-4, rtol=1e-4)
        assert torch.allclose(found.places["final"][here], streams[-1][:, -1], atol=2e-4, rtol=1e-4)
        assert torch.allclose(found.log_probability[here], full.logits[:, -1].log_softmax(-1), atol=1e-4)


def test_the_stream_between_attention_and_mlp_is_what_the_block_adds_its_mlp_to(models: ModelCache) -> None:
    _, found = walked(models, "mess3-2l", 5)
    model = models.model(ModelRef(name="mess3-2l", revision=LAST["mess3-2l"]))
    block = model.network.get_submodule("transformer.h.1")
    mid = found.places["blocks.1.hook_resid_mid"]
    with torch.inference_mode():
        after = mid + block.get_submodule("mlp")(block.get_submodule("ln_2")(mid))
    assert torch.allclose(after, found.places["blocks.1.hook_resid_post"], atol=1e-4)


def test_places_are_named_in_the_order_of_the_network_and_others_are_refused(models: ModelCache) -> None:
    model = models.model(ModelRef(name="mess3-2l", revision="step0"))
    blocks = [f"blocks.{block}.hook_resid_{part}" for block in (0, 1) for part in ("mid", "post")]
    assert places_of(model) == ["embed", *blocks, "final"]
    _, found = walked(models, "mess3-2l", 3, "step0")
    assert found.at("concat").shape[1] == 3 * 64
    assert found.at("all").shape[1] == 6 * 64
    with pytest.raises(UnknownLayer, match=r"no place 'blocks\.7\.hook_resid_post'"):
        found.at("blocks.7.hook_resid_post")


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("revision", ["step0", "step100", ""])
def test_the_loss_is_above_the_bound_after_every_token(models: ModelCache, name: str, revision: str) -> None:
    rows, found = walked(models, name, 8, revision)
    assert (losses(found, rows).numpy() > rows.entropy[1:] - 1e-7).all()


def test_the_embedding_decodes_as_well_as_the_last_token_at_any_time(models: ModelCache) -> None:
    for revision in ("step0", LAST["mess3-2l"]):
        rows, found = walked(models, "mess3-2l", 8, revision)
        assert read_place(found.places["embed"], HistoryRows.of(rows, "uniform")).r2 == pytest.approx(
            0.730656446, abs=1e-6
        )


def test_the_bundled_mess3_holds_the_fractal(models: ModelCache) -> None:
    """R² ≥ 0.998, three levels of the fractal, and the loss within 0.1 mnat of the bound after every token."""
    rows, found = walked(models, "mess3-2l", 10)
    reading = read_place(found.places["blocks.1.hook_resid_post"], HistoryRows.of(rows, "uniform"))
    assert reading.r2 >= 0.998
    assert reading.zoom[3] >= 0.95
    assert (losses(found, rows).numpy() - rows.entropy[1:]).max() < 1e-4
    assert reading.decoded.sum(dim=1).numpy() == pytest.approx(1, abs=1e-6)


def test_the_bundled_rrxor_spreads_its_beliefs_over_layers(models: ModelCache) -> None:
    """Within 0.15 mnat; histories left out: concatenated ≥ 0.70 and 0.05 above the best place, untrained ≤ 0.15."""
    rows, found = walked(models, "rrxor-4l", 10)
    asked = HistoryRows.of(rows, "prefix")
    score = {place: read_place(found.at(place), asked).held_out for place in (*found.places, "concat")}
    best = max(score[place] for place in found.places if place.endswith("post"))
    assert (losses(found, rows).numpy() - rows.entropy[1:]).max() < 1.5e-4
    assert score["concat"] >= 0.70
    assert score["concat"] >= best + 0.05
    _, untrained = walked(models, "rrxor-4l", 10, "step0")
    assert read_place(untrained.at("concat"), asked).held_out <= 0.15
