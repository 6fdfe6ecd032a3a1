"""Checkpoints that are chosen together."""

import pytest

from stable_regions.errors import UnknownRevision
from stable_regions.models.families import PYTHIA_STEP, repository
from stable_regions.models.revisions import moment
from stable_regions.models.selections import PAPER, chosen, named, selections
from stable_regions.schemas.model import ModelCard, RevisionCard


def cards(*names: str, each: int | None = None) -> tuple[RevisionCard, ...]:
    """Cards of branches, in the order of training."""
    moments = sorted((moment(name) for name in names), key=lambda found: found.order)
    return tuple(
        RevisionCard(
            revision=found.revision,
            stage=found.stage,
            step=found.step,
            tokens=found.step * each if each and found.step is not None else found.tokens,
        )
        for found in moments
    )


def card(name: str, revisions: tuple[RevisionCard, ...]) -> ModelCard:
    return ModelCard(
        name=name, family="f", source="hub", architecture="olmo", parameters=1, layers=3, d_model=4, d_vocab=5, context=6,
        prepend_bos=False, write_layer=0, distance="l2", revisions=revisions,
    )  # fmt: skip


PYTHIA = cards(
    "main", "step0", *(f"step{2**n}" for n in range(10)), *(f"step{n}000" for n in range(1, 144)), each=PYTHIA_STEP
)
OLMO = cards("main", *(f"step{n}-tokens{n * 4194304 // 10**9}B" for n in range(0, 657_000, 1000)))
OLMO2 = cards(
    "main", "stage1-step150-tokens1B", "stage1-step900000-tokens3775B", "stage2-ingredient1-step11931-tokens50B"
)


def test_pythia_has_154_checkpoints_and_eight_are_log_spaced() -> None:
    assert len(PYTHIA) == 155
    assert chosen(PYTHIA, "log-8") == (
        "step0", "step1", "step8", "step64", "step512", "step3000", "step20000", "step143000",
    )  # fmt: skip


@pytest.mark.parametrize("count", [2, 3, 5, 8, 16, 40])
def test_as_many_are_chosen_as_asked_each_once_in_the_order_of_training(count: int) -> None:
    found = chosen(PYTHIA, f"log-{count}")
    steps = [int(name.removeprefix("step")) for name in found]
    assert len(found) == count
    assert steps == sorted(set(steps))
    assert (steps[0], steps[-1]) == (0, 143_000)


def test_where_there_are_fewer_all_are_chosen() -> None:
    assert chosen(cards("main", "step0", "step20", "step1000-tokens4B"), "log-8") == (
        "step0", "step20", "step1000-tokens4B",
    )  # fmt: skip


def test_as_in_the_paper_means_the_nearest_tokens_among_the_branches_there_are() -> None:
    billions = PAPER["allenai/OLMo-7B-0724-hf"]
    there = [card.tokens for card in OLMO if card.tokens is not None]
    found = chosen(OLMO, "paper", billions)
    assert [moment(name).tokens for name in found] == [
        min(there, key=lambda tokens: abs(tokens - count * 10**9)) for count in billions
    ]
    assert (found[0], moment(found[4]).tokens) == ("step0-tokens0B", 251 * 10**9)


def test_a_branch_that_is_missing_is_stood_in_for_by_its_neighbour() -> None:
    without = tuple(card for card in OLMO if card.tokens != 251 * 10**9)
    found = chosen(without, "paper", PAPER["allenai/OLMo-7B-0724-hf"])
    assert [moment(name).tokens for name in found][4] in (247 * 10**9, 255 * 10**9)
    assert len(set(found)) == 10


def test_the_paper_s_sizes_are_their_trained_models() -> None:
    assert chosen(cards("main"), "paper", PAPER["Qwen/Qwen2-0.5B"]) == ("main",)


def test_later_stages_are_left_to_the_hand() -> None:
    assert chosen(OLMO2, "log-8") == ("stage1-step150-tokens1B", "stage1-step900000-tokens3775B")


def test_last_is_main_where_there_is_one() -> None:
    assert chosen(PYTHIA, "last") == ("main",)
    assert chosen(PYTHIA[:-1], "last") == ("step143000",)
    assert chosen((), "last") == ()


def test_a_word_that_means_nothing_chooses_nothing() -> None:
    assert chosen(PYTHIA, "paper") == chosen(cards("main"), "log-8") == chosen(PYTHIA, "sideways") == ()


def test_only_selections_that_mean_something_are_offered() -> None:
    def offered(name: str, revisions: tuple[RevisionCard, ...]) -> list[str]:
        return [selection.how for selection in selections(card(name, revisions))]

    assert offered("allenai/OLMo-7B-0724-hf", OLMO) == ["log-8", "paper", "last"]
    assert offered("EleutherAI/pythia-70m", PYTHIA) == ["log-8", "last"]
    assert offered("openai-community/gpt2", cards("main")) == ["last"]


def test_a_person_writes_a_selection_or_names() -> None:
    pythia = card("EleutherAI/pythia-70m", PYTHIA)
    assert named(pythia, "log-3") == ("step0", "step1", "step143000")
    assert named(pythia, " step8, step1 ,step8") == ("step8", "step1")
    with pytest.raises(UnknownRevision, match=r"no selection 'paper'.*log-8, last"):
        named(pythia, "paper")
    with pytest.raises(UnknownRevision, match="names no checkpoint"):
        named(pythia, " , ")


def test_every_repository_of_the_paper_is_in_the_families() -> None:
    for name in PAPER:
        assert repository(name) is not None, name
