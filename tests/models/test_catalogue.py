import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stable_regions.errors import ModelUnavailable, UnknownModel, UnknownRevision
from stable_regions.models.catalogue import Catalogue
from stable_regions.schemas.model import ModelRef
from stable_regions.settings import Settings
from tiny import write_model, write_tokenizer


def test_a_folder_with_checkpoints_is_listed_in_the_order_of_training(catalogue: Catalogue) -> None:
    card = catalogue.card("tiny-neox")
    assert [r.revision for r in card.revisions] == ["step0", "step8", "step16-tokens2K"]
    assert [r.step for r in card.revisions] == [0, 8, 16]
    assert card.revisions[-1].tokens == 2000
    assert (card.layers, card.d_model, card.architecture, card.source) == (3, 32, "gpt_neox", "folder")


def test_parameters_are_counted_without_loading(catalogue: Catalogue, tiny_folder: Path) -> None:
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(tiny_folder / "tiny-neox" / "step8")
    assert catalogue.card("tiny-neox").parameters == sum(p.numel() for p in model.parameters())


def test_weights_are_named_by_their_content(catalogue: Catalogue) -> None:
    first, again, other = (
        catalogue.weights(ModelRef(name="tiny-neox", revision=revision)) for revision in ("step0", "step0", "step8")
    )
    assert first == again != other
    assert first.startswith("sha256:")


def test_a_misspelt_model_is_refused_with_near_matches(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownModel, match="Did you mean tiny-neox"):
        catalogue.card("tinyneox")


def test_a_missing_checkpoint_is_refused_naming_what_there_is(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownRevision, match="Choose one of step0, step8"):
        catalogue.files(ModelRef(name="tiny-neox", revision="step9"))
    with pytest.raises(UnknownRevision, match="Choose one of step0, step8"):
        catalogue.files(ModelRef(name="tiny-neox"))


def test_a_pickle_is_refused_in_words(make_settings: Callable[..., Settings], tmp_path: Path) -> None:
    folder = tmp_path / "models" / "pickled"
    write_tokenizer(folder)
    (folder / "config.json").write_text(json.dumps({"model_type": "gpt2"}))
    (folder / "pytorch_model.bin").write_bytes(b"")
    catalogue = Catalogue(make_settings(model_folders=(folder.parent,)))
    with pytest.raises(ModelUnavailable, match=r"only pytorch_model.bin, a pickle.*save_pretrained"):
        catalogue.card("pickled")
    assert "pickled" not in [card.name for card in catalogue.cards()]


def test_shards_are_found_through_their_index(make_settings: Callable[..., Settings], tmp_path: Path) -> None:
    from transformers import AutoModelForCausalLM

    whole = write_model(tmp_path / "whole")
    sharded = tmp_path / "models" / "sharded"
    write_tokenizer(sharded)
    AutoModelForCausalLM.from_pretrained(whole).save_pretrained(sharded, max_shard_size="100KB")
    catalogue = Catalogue(make_settings(model_folders=(sharded.parent,)))
    ref = ModelRef(name="sharded")
    assert len(catalogue.files(ref).weights) > 1
    catalogue.files(ref).weights[0].unlink()
    with pytest.raises(ModelUnavailable, match="1 of them are not there"):
        catalogue.files(ref)


def test_a_file_that_is_cut_short_is_refused(make_settings: Callable[..., Settings], tmp_path: Path) -> None:
    write_model(tmp_path / "models" / "cut")
    file = tmp_path / "models" / "cut" / "model.safetensors"
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(ModelUnavailable, match="its header promises"):
        Catalogue(make_settings(model_folders=(tmp_path / "models",))).card("cut")


def test_a_bundled_model_comes_from_its_suite_file(settings: Settings, tmp_path: Path) -> None:
    folder = write_model(tmp_path / "facts-3l", revisions=("step0", "step4"))
    (folder / "config.json").write_bytes((folder / "step4" / "config.json").read_bytes())
    moments = [{"revision": f"step{s}", "step": s, "tokens": 10 * s, "loss": 5.0 - s} for s in (0, 4)]
    suite = {"name": "facts-3l", "family": "gpt_neox", "suite": "facts", "parameters": 7, "revisions": moments}
    (folder / "suite.json").write_text(json.dumps(suite))
    card = Catalogue(settings, bundled=tmp_path).card("facts-3l")
    assert (card.source, card.family, card.parameters, card.distance) == ("bundled", "facts", 7, "hellinger")
    assert card.prepend_bos
    assert card.revisions[1].loss == 1.0


def test_offline_a_hub_model_is_refused_at_once_with_the_next_step(catalogue: Catalogue) -> None:
    with pytest.raises(ModelUnavailable, match="bundled model"):
        catalogue.card("EleutherAI/pythia-70m")


def test_a_repository_outside_the_patterns_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownModel, match="STABLE_REGIONS_HUB_MODELS"):
        catalogue.card("somebody/something")


def test_the_catalogue_needs_no_torch() -> None:
    program = (
        "import sys; from stable_regions.models.catalogue import Catalogue; from stable_regions.models import resolve;"
        "from stable_regions.settings import Settings; Catalogue(Settings()).cards(); print('torch' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd="backend")
    assert found.stdout.strip() == "False"
