"""Checkpoints in the order of training, however their names are written; what cannot be ordered so says so."""

from itertools import pairwise
from random import Random

import pytest

from stable_regions.models.revisions import in_order, moment

IN_ORDER = {
    "underscores": "step_100 step_900 step_1000 step_9000 step_10000",
    "DeepSpeed": "global_step1 global_step20 global_step100",
    "Trainer": "checkpoint-500 checkpoint-1000 main",
    "Lightning": "epoch=0-step=100 epoch=1-step=600 epoch=10-step=5500",
    "epochs": "epoch-1 epoch-2 epoch-10",
    "SmolLM3": "stage1-step-40000 stage1-step-120000 stage2-step-80000 stage3-step-40000 "
    "lc-4k-to-32k-step-4000 lc-4k-to-32k-step-20000 lc-32k-to-64k-step-4000 main",
    "TinyLlama": "step-50k-105b step-240k-503b step-480k-1T step-1195k-2.5T step-1431k-3T",
    "OLMo 2": "stage1-step10000-tokens21B stage1-step928646-tokens3896B stage2-ingredient1-step1000-tokens3B "
    "stage2-ingredient1-step23852-tokens51B",
    "FineWeb": "step-000500-1BT step-001000-2BT step-010000-20.5BT",
    "numbers": "0 8 64 512 1000",
    "tokens": "tokens100M tokens1B tokens2.5B tokens1T",
    "nothing known": "b1 b2 b10 draft-9 draft-12 main",
    "with a main": "step0 step20 step1000 final",
}


@pytest.mark.parametrize("family", IN_ORDER)
def test_names_stand_in_the_order_of_training(family: str) -> None:
    names = IN_ORDER[family].split()
    for seed in range(5):
        assert in_order(Random(seed).sample(names, len(names))) == names


@pytest.mark.parametrize(
    ("name", "stage", "step", "tokens"),
    [
        ("step_9000", None, 9000, None),
        ("epoch=10-step=5500", None, 5500, None),
        ("step-480k-1T", None, 480_000, 10**12),
        ("step-50k-105b", None, 50_000, 105 * 10**9),
        ("step-480k", None, 480_000, None),
        ("stage1-step-40000", 1, 40_000, None),
        ("lc-4k-to-32k-step-4000", 4, 4000, None),
        ("lc-32k-to-64k-step-4000", 5, 4000, None),
        ("b10", None, None, None),
        ("v1.5", None, None, None),
        ("2000", None, 2000, None),
    ],
)
def test_what_a_name_tells(name: str, stage: int | None, step: int | None, tokens: int | None) -> None:
    found = moment(name)
    assert (found.stage, found.step, found.tokens) == (stage, step, tokens)


def test_names_that_tell_nothing_say_so() -> None:
    assert [moment(name).known for name in ("b10", "main", "step1", "tokens1B")] == [False, False, True, True]


def test_every_order_is_total() -> None:
    names = [name for family in IN_ORDER.values() for name in family.split()]
    ordered = in_order(names)
    assert all(moment(a).order <= moment(b).order for a, b in pairwise(ordered))
