"""Where a checkpoint goes, decided without a GPU."""

import pytest
import torch

from stable_regions.errors import TooCostly
from stable_regions.models.placing import SHARE, placement
from stable_regions.settings import GIB

ANY = torch.device("cuda")


def test_on_a_processor_there_is_one_place() -> None:
    assert placement("m", 10**15, torch.device("cpu"), []) == "one"


def test_what_fits_the_first_gpu_stays_whole() -> None:
    assert placement("m", 20 * GIB, ANY, [24 * GIB, 24 * GIB]) == "one"


def test_what_does_not_is_spread_over_all_of_them() -> None:
    assert placement("m", 30 * GIB, ANY, [24 * GIB, 24 * GIB]) == "spread"


def test_a_share_of_each_is_left_for_prompts_and_points() -> None:
    assert placement("m", int(SHARE * 24 * GIB), ANY, [24 * GIB, 24 * GIB]) == "one"
    assert placement("m", int(SHARE * 24 * GIB) + 1, ANY, [24 * GIB, 24 * GIB]) == "spread"


def test_what_fits_nowhere_is_refused_with_both_numbers() -> None:
    with pytest.raises(TooCostly, match=r"m takes 60.0 GiB; 2 GPUs have room for 40.8 GiB"):
        placement("m", 60 * GIB, ANY, [24 * GIB, 24 * GIB])


def test_a_gpu_named_by_number_is_taken_at_its_word() -> None:
    assert placement("m", 30 * GIB, torch.device("cuda:1"), [24 * GIB, 24 * GIB]) == "one"
