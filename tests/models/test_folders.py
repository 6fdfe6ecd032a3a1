"""Folders as people have them: each is usable, or says why not."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from analyses.asked import ready, reports, slice_request
from stable_regions.analyses.animation.schema import AnimationRequest
from stable_regions.analyses.report import PartReady, PartSkipped
from stable_regions.errors import PromptRefused, Refusal
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.model_cache import ModelCache
from stable_regions.models.resolve import resolve
from stable_regions.schemas.model import ModelRef
from stable_regions.settings import Settings
from tiny import write_model

Make = Callable[..., Catalogue]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_model(tmp_path_factory.mktemp("sound") / "sound", revisions=("step0", "step8"))


@pytest.fixture
def made(make_settings: Callable[..., Settings], folder: Path) -> Make:
    def make(*folders: Path) -> Catalogue:
        return Catalogue(make_settings(model_folders=folders or (folder,)))

    return make


def revisions(catalogue: Catalogue, name: str) -> list[str]:
    return [row.revision for row in catalogue.card(name).revisions]


def why(catalogue: Catalogue) -> dict[str, str]:
    return {place.name: reason for place, reason in catalogue.refused()}


def edit(file: Path, **changes: object) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))


def test_checkpoints_beside_a_final_model_are_all_there(made: Make, folder: Path, sound: Path) -> None:
    shutil.copytree(sound, folder / "run")
    (folder / "run" / "step0").rename(folder / "run" / "checkpoint-500")
    (folder / "run" / "step8").rename(folder / "run" / "checkpoint-1000")
    for name in ("config.json", "model.safetensors"):
        shutil.copy(folder / "run" / "checkpoint-1000" / name, folder / "run" / name)
    catalogue = made()
    assert revisions(catalogue, "run") == ["checkpoint-500", "checkpoint-1000", "main"]
    for name in revisions(catalogue, "run"):
        assert catalogue.weights(ModelRef(name="run", revision=name))


@pytest.mark.parametrize("broken", ["step0", "step8"])
def test_a_half_written_checkpoint_is_a_gap_and_the_others_stay(
    made: Make, folder: Path, sound: Path, broken: str
) -> None:
    shutil.copytree(sound, folder / "run")
    file = folder / "run" / broken / "model.safetensors"
    file.write_bytes(file.read_bytes()[:1000])
    catalogue = made()
    assert revisions(catalogue, "run") == ["step0", "step8"]
    models = ModelCache(catalogue, catalogue.settings)
    film = AnimationRequest(
        slice=slice_request(model={"name": "run", "revision": "step8"}), revisions=("step0", "step8")
    )
    said = reports(film, models)
    models.close()
    assert [r.request.checkpoints()[0].revision for r in said if isinstance(r, PartSkipped)] == [broken]
    assert isinstance(said[-1], PartReady)


def test_a_checkpoint_with_fewer_blocks_is_a_gap(made: Make, folder: Path, sound: Path) -> None:
    shutil.copytree(sound, folder / "grown")
    small = write_model(folder.parent / "small", num_hidden_layers=1)
    shutil.rmtree(folder / "grown" / "step0")
    shutil.copytree(small, folder / "grown" / "step0")
    catalogue = made()
    models = ModelCache(catalogue, catalogue.settings)
    asked = slice_request(model={"name": "grown", "revision": "step8"}, write_layer=1)
    said = reports(AnimationRequest(slice=asked, revisions=("step0", "step8")), models)
    models.close()
    (gap,) = [r for r in said if isinstance(r, PartSkipped)]
    assert "1 blocks" in str(gap.problem["detail"])


def test_links_to_another_disk_are_followed(made: Make, folder: Path, sound: Path) -> None:
    (folder / "linked").mkdir(parents=True)
    for name in ("step0", "step8", "tokenizer.json", "tokenizer_config.json"):
        (folder / "linked" / name).symlink_to(sound / name)
    (folder / "whole").symlink_to(sound)
    catalogue = made()
    for name in ("linked", "whole"):
        assert revisions(catalogue, name) == ["step0", "step8"]
        assert catalogue.weights(ModelRef(name=name, revision="step8"))


def test_the_setting_may_name_a_model_itself_and_need_no_list(
    made: Make, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert revisions(made(sound), "sound") == ["step0", "step8"]
    for given in (str(sound), json.dumps([str(sound)])):
        monkeypatch.setenv("STABLE_REGIONS_MODEL_FOLDERS", given)
        assert Settings().model_folders == (sound,)


def test_what_cannot_be_used_is_listed_with_its_reason(made: Make, folder: Path, sound: Path) -> None:
    shutil.copytree(sound, folder / "my model (v2)")
    for name, file in (("gguf", "weights.gguf"), ("pickle", "pytorch_model.bin")):
        (folder / name).mkdir()
        (folder / name / file).write_bytes(b"x")
    shutil.copytree(sound, folder / "pointer")
    for step in ("step0", "step8"):
        text = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"
        (folder / "pointer" / step / "model.safetensors").write_text(text)
    shutil.copytree(sound, folder / "quantised")
    edit(folder / "quantised" / "step8" / "config.json", quantization_config={"quant_method": "gptq"})
    shutil.copytree(sound, folder / "bert")
    edit(folder / "bert" / "step8" / "config.json", architectures=["BertForMaskedLM"], model_type="bert")
    shutil.copytree(sound, folder / "narrow")
    edit(folder / "narrow" / "step8" / "config.json", vocab_size=7)
    (folder / "notes").mkdir()
    shutil.copytree(sound, folder / "good")
    found = why(made())
    assert "rename" in found["my model (v2)"]
    assert "a GGUF file" in found["gguf"]
    assert "a pickle" in found["pickle"]
    assert "git lfs pull" in found["pointer"]
    assert "gptq" in found["quantised"]
    assert "predicts no next token" in found["bert"]
    assert "39 tokens, its embedding 7 rows" in found["narrow"]
    assert set(found) == {"my model (v2)", "gguf", "pickle", "pointer", "quantised", "bert", "narrow"}


def test_a_token_without_a_row_in_the_embedding_is_refused_at_the_door(made: Make, folder: Path, sound: Path) -> None:
    shutil.copytree(sound, folder / "run")
    described = json.loads((folder / "run" / "tokenizer.json").read_text())
    described["added_tokens"].append(described["added_tokens"][0] | {"id": 39, "content": "<image>", "special": True})
    (folder / "run" / "tokenizer.json").write_text(json.dumps(described))
    catalogue = made()
    asked = slice_request(model={"name": "run", "revision": "step8"}, prompts=("The <image>", "Japan", "Brazil"))
    with pytest.raises(PromptRefused, match="'<image>', for which run has no row among its 39"):
        resolve(asked, catalogue, catalogue.settings)


def test_a_bos_token_that_only_the_config_names_is_known(made: Make, folder: Path, sound: Path) -> None:
    shutil.copytree(sound, folder / "run")
    (folder / "run" / "tokenizer_config.json").write_text('{"model_max_length": 1024}')
    edit(folder / "run" / "step8" / "config.json", bos_token_id=3)
    assert made().tokens("run").bos == 3


def test_names_as_lightning_writes_them_are_listed_and_taken(made: Make, folder: Path, sound: Path) -> None:
    shutil.copytree(sound, folder / "run")
    (folder / "run" / "step0").rename(folder / "run" / "epoch=0-step=100")
    (folder / "run" / "step8").rename(folder / "run" / "epoch=10-step=5500")
    catalogue = made()
    assert revisions(catalogue, "run") == ["epoch=0-step=100", "epoch=10-step=5500"]
    assert [row.step for row in catalogue.card("run").revisions] == [100, 5500]
    models = ModelCache(catalogue, catalogue.settings)
    asked = slice_request(model={"name": "run", "revision": "epoch=10-step=5500"}, resolution=9)
    assert ready(asked, models)
    models.close()


def test_a_recurrent_model_is_listed(made: Make, folder: Path) -> None:
    from transformers import AutoConfig, AutoModelForCausalLM

    write_model(folder / "base")
    config = AutoConfig.for_model("mamba", vocab_size=39, hidden_size=32, num_hidden_layers=2, state_size=4)
    AutoModelForCausalLM.from_config(config).save_pretrained(folder / "mamba")
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(folder / "base" / name, folder / "mamba" / name)
    catalogue = made()
    assert catalogue.card("mamba").layers == 2
    models = ModelCache(catalogue, catalogue.settings)
    assert ready(slice_request(model={"name": "mamba"}, write_layer=0, resolution=9, prepend_bos=False), models)
    models.close()


def test_no_such_checkpoint_is_a_refusal_whatever_its_name(made: Make, folder: Path, sound: Path) -> None:
    shutil.copytree(sound, folder / "run")
    for name in ("../run", "..", ".", "step0/../step8", ""):
        with pytest.raises((Refusal, ValueError)):
            made().files(ModelRef(name="run", revision=name))
