"""Prompts cut from a text read, by themselves, as the tokens they were cut from."""

import pytest

from stable_regions.errors import PromptRefused
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.cuts import beginnings, cuts
from stable_regions.models.tokens import Tokens

TEXT = "The capital of France is Paris . Japan is governed from the city of Tokyo"
CODE = "def greet(name: str) -> str:\n    return f'hello {name}'\n\n\nclass Thing:\n    pass\n" * 3


@pytest.fixture
def words(catalogue: Catalogue) -> Tokens:
    return catalogue.tokens("tiny-neox")


@pytest.fixture
def pieces(catalogue: Catalogue) -> Tokens:
    return catalogue.tokens("stdlib-3l")


def test_a_cut_is_so_many_consecutive_words(words: Tokens) -> None:
    for cut in cuts(words, [TEXT], 50, 4, seed=0):
        assert len(cut.split()) == 4
        assert cut in TEXT


def test_every_place_is_drawn(words: Tokens) -> None:
    assert len(set(cuts(words, [TEXT], 500, 4, seed=0))) == len(TEXT.split()) - 3


def test_the_same_seed_cuts_alike_and_another_does_not(words: Tokens) -> None:
    assert cuts(words, [TEXT], 20, 4, seed=3) == cuts(words, [TEXT], 20, 4, seed=3)
    assert cuts(words, [TEXT], 20, 4, seed=3) != cuts(words, [TEXT], 20, 4, seed=4)


def test_fewer_cuts_are_the_first_of_more(words: Tokens) -> None:
    assert cuts(words, [TEXT], 5, 4, seed=1) == cuts(words, [TEXT], 20, 4, seed=1)[:5]


def test_no_cut_reaches_from_one_passage_into_the_next(words: Tokens) -> None:
    halves = TEXT.split(" . ")
    assert all(any(cut in half for half in halves) for cut in cuts(words, ["Paris", *halves], 60, 4, seed=0))


def test_a_cut_of_pieces_of_words_reads_as_those_pieces(pieces: Tokens) -> None:
    whole = [token for token, _, _ in pieces.spans(CODE)]
    for cut in cuts(pieces, [CODE], 40, 6, seed=0):
        ids = pieces.encode(cut, prepend_bos=False)
        assert len(ids) == 6
        assert any(whole[start : start + 6] == ids for start in range(len(whole)))


def test_cuts_hold_no_word_that_the_model_lacks(words: Tokens) -> None:
    for cut in cuts(words, [f"{TEXT} Ouagadougou {TEXT}"], 100, 3, seed=0):
        assert "Ouagadougou" not in cut


def test_a_text_that_is_too_short_is_refused(words: Tokens) -> None:
    with pytest.raises(PromptRefused, match="longest passage has 5 tokens; prompts of 6"):
        cuts(words, ["The capital of France is", "Paris"], 3, 6, seed=0)


def test_a_text_in_another_language_is_refused(words: Tokens) -> None:
    with pytest.raises(PromptRefused, match="only 0 can be read"):
        cuts(words, ["Die Hauptstadt Frankreichs heißt so und so"], 3, 4, seed=0)


def test_a_beginning_is_a_sentence_from_its_first_word(words: Tokens) -> None:
    halves = TEXT.split(" . ")
    drawn = beginnings(words, halves, 40, 6, seed=0)
    assert set(drawn) == {"The capital of France is Paris", "Japan is governed from the city"}
    assert drawn == beginnings(words, halves, 40, 6, seed=0) != beginnings(words, halves, 40, 6, seed=1)


def test_a_sentence_shorter_than_asked_is_whole(words: Tokens) -> None:
    assert set(beginnings(words, ["Japan is governed"], 3, 6, seed=0)) == {"Japan is governed"}


def test_sentences_in_another_language_are_refused(words: Tokens) -> None:
    with pytest.raises(PromptRefused, match="only 0 can be read"):
        beginnings(words, ["Die Hauptstadt Frankreichs heißt so und so"], 3, 4, seed=0)
