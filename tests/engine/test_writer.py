"""Which writer serves which checkpoint."""

import gc
from pathlib import Path
from weakref import ref

import pytest
import torch

from stable_regions.engine.oracle import Oracle
from stable_regions.engine.writers import writer_for
from stable_regions.errors import UnknownLayer, UnsupportedModel
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.loading import LoadedModel, load
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.model import ModelRef
from stable_regions.settings import Settings
from tiny import PROMPTS, write_model


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    write_model(folder / "fast")
    write_model(folder / "slow", "nemotron", num_key_value_heads=2, head_dim=8)
    return folder


def loaded(folder: Path, name: str) -> LoadedModel:
    settings = Settings(model_folders=(folder,), offline=True, cache_folder=folder / "cache")
    return load(ModelRef(name=name), Catalogue(settings), torch.device("cpu"))


def test_an_architecture_on_the_list_gets_the_tail(folder: Path):
    assert writer_for(loaded(folder, "fast"), 1).name == "tail"


def test_another_that_transformer_lens_knows_gets_the_oracle(folder: Path):
    model = loaded(folder, "slow")
    writer = writer_for(model, 1)
    assert writer.name == "oracle"
    clean = writer.clean([3, 4, 5])
    torch.testing.assert_close(writer.written(clean, clean.anchor[None])[0], clean.final)


def test_a_layer_above_the_last_block_is_refused_with_the_bounds(folder: Path):
    with pytest.raises(UnknownLayer, match=r"layer 3: fast has 3 blocks\. Choose 0 to 2\."):
        writer_for(loaded(folder, "fast"), 3)


def test_an_architecture_that_nobody_knows_is_refused_by_name(folder: Path):
    write_model(folder / "strange", "biogpt")
    with pytest.raises(UnsupportedModel, match="BioGptForCausalLM"):
        writer_for(loaded(folder, "strange"), 1)


def test_streams_are_the_anchors_of_the_prompts_cut_off_there(models: ModelCache) -> None:
    model = models.model(ModelRef(name="tiny-neox", revision="step8"))
    prompts = [model.tokens.encode(prompt, True) for prompt in PROMPTS]
    for writer in (writer_for(model, 1), Oracle(model.network, 1)):
        for ids, stream in zip(prompts, writer.streams(prompts), strict=True):
            assert stream.shape == (len(ids), 32)
            for place in (0, 2, len(ids) - 1):
                torch.testing.assert_close(stream[place], writer.clean(ids[: place + 1]).anchor, rtol=1e-4, atol=1e-5)


def test_no_points_give_no_outputs_on_either_way(folder: Path) -> None:
    for model in (loaded(folder, "fast"), loaded(folder, "slow")):
        writer = writer_for(model, 1)
        clean = writer.clean([5, 6, 7])
        assert writer.written(clean, clean.anchor.new_empty(0, len(clean.anchor))).shape == (0, len(clean.final))


def test_a_writer_is_made_once_for_a_layer_and_the_oldest_layer_leaves(folder: Path):
    model = loaded(folder, "fast")
    writers = {layer: writer_for(model, layer) for layer in (0, 1)}
    assert writer_for(model, 0) is writers[0]
    writer_for(model, 2)
    assert writer_for(model, 0) is writers[0]
    assert writer_for(model, 1) is not writers[1]


def test_writers_leave_with_their_checkpoint(folder: Path):
    model = loaded(folder, "fast")
    kept = ref(writer_for(model, 1))
    del model
    gc.collect()
    assert kept() is None
