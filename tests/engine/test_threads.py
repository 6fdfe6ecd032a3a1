"""How many threads a pass takes."""

from collections.abc import Iterator

import pytest
import torch

from stable_regions.engine.threads import ALONE, threads_for


@pytest.fixture(autouse=True)
def given() -> Iterator[None]:
    """torch was given three threads; afterwards it has those it had."""
    before = torch.get_num_threads()
    torch.set_num_threads(3)
    yield
    torch.set_num_threads(before)


def test_little_is_done_by_one_thread_and_the_others_are_given_back() -> None:
    with threads_for(ALONE - 1):
        assert torch.get_num_threads() == 1
    assert torch.get_num_threads() == 3


def test_much_is_done_by_all() -> None:
    with threads_for(ALONE):
        assert torch.get_num_threads() == 3


def test_they_are_given_back_after_an_error_too() -> None:
    with pytest.raises(RuntimeError), threads_for(0):
        raise RuntimeError
    assert torch.get_num_threads() == 3


def test_one_is_never_made_more() -> None:
    torch.set_num_threads(1)
    with threads_for(ALONE):
        assert torch.get_num_threads() == 1
    assert torch.get_num_threads() == 1
