from pathlib import Path

import pytest
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from stable_regions.errors import ModelUnavailable, PromptRefused
from stable_regions.models.tokens import Tokens, visible
from tiny import write_tokenizer


@pytest.fixture
def words(tmp_path: Path) -> Tokens:
    write_tokenizer(tmp_path)
    return Tokens(tmp_path)


def test_words_outside_the_vocabulary_are_named_as_they_were_written(words: Tokens, byte_level: Tokens) -> None:
    assert words.unknown_words("The capital of Klingon is blorb") == ["Klingon", "blorb"]
    assert words.unknown_words("The capital of France is") == []
    assert byte_level.unknown_words("Klingon") == [], "every byte is a token"


@pytest.fixture(scope="module")
def byte_level(tmp_path_factory: pytest.TempPathFactory) -> Tokens:
    folder = tmp_path_factory.mktemp("bytes")
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=270, special_tokens=["<|endoftext|>"], initial_alphabet=alphabet)
    tokenizer.train_from_iterator(["the cat sat on the mat"] * 9, trainer)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text('{"bos_token": "<|endoftext|>"}')
    return Tokens(folder)


def test_bos_is_put_in_front_only_when_asked(words: Tokens) -> None:
    assert words.encode("The capital", prepend_bos=True) == [0, *words.encode("The capital", prepend_bos=False)]


def test_a_tokenizer_says_whether_it_begins_with_bos(words: Tokens, byte_level: Tokens) -> None:
    assert words.adds_bos
    assert not byte_level.adds_bos


def test_a_prompt_without_tokens_is_refused(words: Tokens) -> None:
    with pytest.raises(PromptRefused, match="has no tokens"):
        words.encode("   ", prepend_bos=True)


def test_a_prompt_that_is_too_long_is_refused_with_both_numbers(words: Tokens) -> None:
    with pytest.raises(PromptRefused, match="has 6 tokens; at most 5"):
        words.encode("The capital of France is", prepend_bos=True, most=5)


def test_a_leading_space_is_part_of_a_token(byte_level: Tokens) -> None:
    strings = byte_level.strings(byte_level.encode("the the", prepend_bos=False))
    assert "".join(strings) == "the the"
    assert any(string.startswith(" ") for string in strings)


def test_control_characters_are_made_visible(byte_level: Tokens) -> None:
    assert "".join(byte_level.strings(byte_level.encode("a\n\tb", prepend_bos=False))) == "a⏎⇥b"


def test_bytes_that_are_no_character_are_shown_as_bytes(byte_level: Tokens) -> None:
    assert byte_level.strings(byte_level.encode("é", prepend_bos=False)) == ["\\xc3", "\\xa9"]


def test_a_row_beyond_the_vocabulary_is_shown_by_its_number(words: Tokens) -> None:
    assert words.strings([99_999]) == ["<99999>"]


def test_marks_that_turn_the_line_around_are_made_visible() -> None:
    assert visible("a\u202eb\u200b") == "a\\u202eb\\u200b"


def test_a_folder_without_a_tokenizer_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="save_pretrained"):
        Tokens(tmp_path)
