"""Folders that were made to do harm, or that harm befell: each is refused in words, and takes none of the others with it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from stable_regions.errors import Refusal
from stable_regions.models.catalogue import Catalogue
from stable_regions.settings import Settings
from tiny import write_model

DEEP = "[" * 100_000


def replaced(name: str, **changes: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        file = folder / name
        file.write_text(json.dumps(json.loads(file.read_text()) | changes))

    return change


def written(name: str, content: bytes | str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())

    return write


def sparse(name: str, size: int) -> Callable[[Path], None]:
    def stretch(folder: Path) -> None:
        with (folder / name).open("wb") as file:
            file.truncate(size)

    return stretch


def header(text: str) -> Callable[[Path], None]:
    return written("model.safetensors", len(text).to_bytes(8, "little") + text.encode())


def loop(folder: Path) -> None:
    (folder / "config.json").unlink()
    (folder / "config.json").symlink_to("config.json")


def backtracking(folder: Path) -> None:
    """A tokenizer whose expression takes ages for a line of one letter."""
    file = folder / "tokenizer.json"
    split = {"type": "Split", "pattern": {"Regex": "(a+)+b|(a|a)*c"}, "behavior": "Isolated", "invert": False}
    file.write_text(json.dumps(json.loads(file.read_text()) | {"pre_tokenizer": split}))


HARM: dict[str, Callable[[Path], None]] = {
    "deep config": written("config.json", DEEP),
    "deep objects": written("config.json", '{"a":' * 100_000),
    "no utf-8": written("config.json", b"\xff\xfe\x00{"),
    "a list": written("config.json", "[]"),
    "an endless number": written("config.json", f'{{"vocab_size": {"9" * 10_000}}}'),
    "sizes that are words": replaced("config.json", num_hidden_layers="many"),
    "sizes below zero": replaced("config.json", num_hidden_layers=-3),
    "a huge config": sparse("config.json", 2**30),
    "a link to itself": loop,
    "deep tokenizer": written("tokenizer.json", DEEP),
    "a huge tokenizer": sparse("tokenizer.json", 2**30),
    "a tokenizer that backtracks": backtracking,
    "no tokenizer at all": written("tokenizer.json", "{}"),
    "deep tokenizer config": written("tokenizer_config.json", DEEP),
    "a deep header": header(DEEP),
    "a header of words": header('{"x":{"dtype":"F32","shape":"abc","data_offsets":[0,0]}}'),
    "a header of negatives": header('{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,0]}}'),
    "a header that is a list": header("[1,2]"),
    "an endless header": written("model.safetensors", (2**40).to_bytes(8, "little")),
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_model(tmp_path_factory.mktemp("sound") / "sound")


@pytest.mark.parametrize("harm", HARM)
def test_a_harmful_folder_is_refused_in_words_and_the_others_stay(
    make_settings: Callable[..., Settings], sound: Path, tmp_path: Path, harm: str
) -> None:
    folder = tmp_path / "models"
    shutil.copytree(sound, folder / "another")
    shutil.copytree(sound, folder / "harmful")
    HARM[harm](folder / "harmful")
    catalogue = Catalogue(make_settings(model_folders=(folder,)))
    assert "another" in [card.name for card in catalogue.cards()]
    assert "harmful" not in [card.name for card in catalogue.cards()]
    with pytest.raises(Refusal) as refused:
        catalogue.card("harmful")
    assert refused.value.next
    assert len(str(refused.value)) < 600


def test_a_tokenizer_with_a_sound_expression_of_its_own_is_taken(
    make_settings: Callable[..., Settings], sound: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "models"
    shutil.copytree(sound, folder / "own")
    file = folder / "own" / "tokenizer.json"
    split = {"type": "Split", "pattern": {"Regex": "[a-z]+|[A-Z]+"}, "behavior": "Isolated", "invert": False}
    file.write_text(json.dumps(json.loads(file.read_text()) | {"pre_tokenizer": split}))
    assert Catalogue(make_settings(model_folders=(folder,))).card("own").name == "own"


def test_a_failure_that_nobody_foresaw_leaves_one_model_out(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = catalogue.card

    def card(name: str) -> object:
        if name == "tiny-gpt2":
            raise ZeroDivisionError
        return look(name)

    monkeypatch.setattr(catalogue, "card", card)
    names = [found.name for found in catalogue.cards()]
    assert "tiny-neox" in names
    assert "tiny-gpt2" not in names
