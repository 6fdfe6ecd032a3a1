from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM

from stable_regions.errors import ModelUnavailable
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.loading import load
from stable_regions.schemas.model import ModelRef
from stable_regions.settings import Settings
from tiny import write_model

CPU = torch.device("cpu")


@pytest.mark.parametrize("name", ["tiny-neox", "tiny-gpt2"])
def test_what_is_loaded_is_what_transformers_loads(name: str, catalogue: Catalogue, tiny_folder: Path) -> None:
    revision = catalogue.card(name).revisions[-1].revision
    loaded = load(ModelRef(name=name, revision=revision), catalogue, CPU)
    folder = tiny_folder / name if revision == "main" else tiny_folder / name / revision
    expected = AutoModelForCausalLM.from_pretrained(folder).state_dict()
    found = loaded.network.state_dict()
    assert found.keys() == expected.keys()
    assert all(torch.equal(found[key], expected[key]) for key in found)


def test_a_loaded_network_is_frozen_and_in_evaluation(catalogue: Catalogue) -> None:
    network = load(ModelRef(name="tiny-gpt2"), catalogue, CPU).network
    assert not network.training
    assert not any(weight.requires_grad for weight in network.parameters())


def test_weights_stored_in_half_precision_are_computed_with_in_single(settings: Settings, tmp_path: Path) -> None:
    folder = write_model(tmp_path / "models" / "half")
    file = folder / "model.safetensors"
    stored = {name: weight.half() for name, weight in load_file(file).items()}
    save_file(stored, file, metadata={"format": "pt"})
    catalogue = Catalogue(settings.model_copy(update={"model_folders": (folder.parent,)}))
    loaded = load(ModelRef(name="half"), catalogue, CPU)
    found = loaded.network.state_dict()["gpt_neox.embed_in.weight"]
    assert found.dtype == torch.float32
    assert torch.equal(found, stored["gpt_neox.embed_in.weight"].float())


def test_a_checkpoint_that_lacks_weights_is_refused(settings: Settings, tmp_path: Path) -> None:
    folder = write_model(tmp_path / "models" / "holed")
    file = folder / "model.safetensors"
    stored = load_file(file)
    del stored["gpt_neox.final_layer_norm.weight"]
    save_file(stored, file, metadata={"format": "pt"})
    catalogue = Catalogue(settings.model_copy(update={"model_folders": (folder.parent,)}))
    with pytest.raises(ModelUnavailable, match=r"lacks 1 weights, such as gpt_neox.final_layer_norm.weight"):
        load(ModelRef(name="holed"), catalogue, CPU)


def test_a_checkpoint_of_another_shape_is_refused(settings: Settings, tmp_path: Path) -> None:
    folder = write_model(tmp_path / "models" / "misshapen")
    other = write_model(tmp_path / "other", hidden_size=64)
    (folder / "model.safetensors").write_bytes((other / "model.safetensors").read_bytes())
    catalogue = Catalogue(settings.model_copy(update={"model_folders": (folder.parent,)}))
    with pytest.raises(ModelUnavailable, match="misshapen at main"):
        load(ModelRef(name="misshapen"), catalogue, CPU)


def test_checkpoints_may_share_the_config_and_tokenizer_beside_them(settings: Settings, tmp_path: Path) -> None:
    folder = write_model(tmp_path / "models" / "shared", revisions=("step0", "step8"))
    alone = load_file(folder / "step8" / "model.safetensors")
    for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
        if (folder / "step8" / name).exists():
            (folder / "step8" / name).rename(folder / name)
    for rest in folder.glob("step*/*.json"):
        rest.unlink()
    catalogue = Catalogue(settings.model_copy(update={"model_folders": (folder.parent,)}))
    found = load(ModelRef(name="shared", revision="step8"), catalogue, CPU).network.state_dict()
    assert torch.equal(found["gpt_neox.embed_in.weight"], alone["gpt_neox.embed_in.weight"])
