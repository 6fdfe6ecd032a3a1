"""A checkpoint loaded beside another is what it is when loaded alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from engine.zoo import FAST, specimen
from stable_regions.engine.shallow_copy import shallow_copy
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.loading import LoadedModel, load
from stable_regions.models.module_copy import can_be_copied, module_copy
from stable_regions.models.swap_weights import swapped
from stable_regions.schemas.model import Dtype, ModelRef
from stable_regions.settings import Settings
from tiny import write_model

CPU = torch.device("cpu")
TOKENS = torch.tensor([[5, 9, 13, 6, 4]])


def loaded(catalogue: Catalogue, revision: str, dtype: Dtype = "float32", beside: LoadedModel | None = None):
    return load(ModelRef(name="tiny-neox", revision=revision, dtype=dtype), catalogue, CPU, beside)


@pytest.mark.parametrize("dtype", ["float32", "bfloat16", "float64"])
def test_a_sibling_is_bit_for_bit_what_loading_alone_gives(catalogue: Catalogue, dtype: Dtype) -> None:
    first, alone = loaded(catalogue, "step0", dtype), loaded(catalogue, "step8", dtype)
    second = loaded(catalogue, "step8", dtype, beside=first)
    expected = alone.network.state_dict()
    assert second.network.state_dict().keys() == expected.keys()
    assert all(torch.equal(weight, expected[name]) for name, weight in second.network.state_dict().items())
    with torch.inference_mode():
        assert torch.equal(second.network(TOKENS).logits, alone.network(TOKENS).logits)
    assert (second.bytes, second.weights) == (alone.bytes, alone.weights)
    assert not second.network.training
    assert not any(weight.requires_grad for weight in second.network.parameters())


def test_a_sibling_leaves_the_first_one_as_it_was(catalogue: Catalogue) -> None:
    first = loaded(catalogue, "step0")
    with torch.inference_mode():
        before = first.network(TOKENS).logits
        loaded(catalogue, "step8", beside=first)
        assert torch.equal(first.network(TOKENS).logits, before)


def test_tied_weights_stay_tied(make_settings: Callable[..., Settings], tmp_path: Path) -> None:
    folder = write_model(tmp_path / "models" / "tied", "gpt2", revisions=("step0", "step8"))
    catalogue = Catalogue(make_settings(model_folders=(folder.parent,)))
    first, alone = (load(ModelRef(name="tied", revision=name), catalogue, CPU) for name in ("step0", "step8"))
    network = load(ModelRef(name="tied", revision="step8"), catalogue, CPU, beside=first).network
    assert network.lm_head.weight is network.transformer.wte.weight
    assert torch.equal(network.lm_head.weight, alone.network.lm_head.weight)


def test_files_of_other_names_go_the_long_way(tiny_folder: Path, tmp_path: Path, catalogue: Catalogue) -> None:
    first = loaded(catalogue, "step0")
    stored = load_file(tiny_folder / "tiny-neox" / "step8" / "model.safetensors")
    file = tmp_path / "model.safetensors"
    save_file({f"model.{name}": weight for name, weight in stored.items()}, file)
    assert swapped(first.network, [file]) is None
    assert swapped(first.network, [tmp_path / "none.safetensors"]) is None
    save_file(stored, file)
    assert swapped(first.network, [file]) is not None


@pytest.mark.parametrize("model_type", FAST)
def test_a_twin_has_modules_and_configs_of_its_own_and_the_same_tensors(model_type: str) -> None:
    network = specimen(model_type)
    made = module_copy(network)
    assert can_be_copied(network)
    assert not {id(module) for module in made.modules()} & {id(module) for module in network.modules()}
    assert [id(p) for p in made.parameters()] == [id(p) for p in network.parameters()]
    configs = {id(vars(module)["config"]) for module in network.modules() if "config" in vars(module)}
    assert not {id(vars(module).get("config")) for module in made.modules()} & configs
    with torch.inference_mode():
        assert torch.equal(made(TOKENS).logits, network(TOKENS).logits)


def test_a_module_with_a_forward_of_its_own_is_copied_whole() -> None:
    network = specimen("llama")
    module = network.model.norm
    module.forward = module.forward
    assert not can_be_copied(network)
    made = shallow_copy(network, "eager")
    assert made.model.norm.forward.__self__ is made.model.norm
