"""Pairs of fact prompts: what relates the two, and that the same draw gives the same pairs."""

from collections.abc import Callable

import pytest

from stable_regions.errors import PromptRefused
from stable_regions.suites import facts
from stable_regions.suites.pairs import FactPair, different_answers, same_meaning, same_wording


@pytest.mark.parametrize("draw", [different_answers, same_meaning, same_wording])
def test_the_same_seed_draws_the_same_pairs_and_another_others(draw: Callable[[int, int], list[FactPair]]) -> None:
    assert draw(20, 3) == draw(20, 3) != draw(20, 4)


def test_dissimilar_pairs_differ_in_their_answers() -> None:
    assert all(a.answer != b.answer for a, b in different_answers(50) + same_wording(50))


def test_paraphrases_are_two_prompts_of_one_meaning_and_none_is_drawn_twice() -> None:
    drawn = same_meaning(50)
    assert all(a.meaning == b.meaning and a.prompt != b.prompt for a, b in drawn)
    assert len(set(drawn)) == 50


def test_of_a_pair_judged_on_what_was_held_out_the_second_alone_was() -> None:
    assert {(a.held_out, b.held_out) for a, b in same_meaning(50, held_out=True)} == {(False, True)}


def test_prompts_of_one_wording_differ_in_their_subject_alone() -> None:
    for a, b in same_wording(50):
        assert a.relation == b.relation
        assert [facts.paraphrases()[f.meaning].index(f) for f in (a, b)].count(
            facts.paraphrases()[a.meaning].index(a)
        ) == 2


def test_more_paraphrases_than_there_are_are_refused() -> None:
    with pytest.raises(PromptRefused, match="the suite has 9456"):
        same_meaning(9457)
