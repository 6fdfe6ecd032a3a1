"""How many points go through in one pass."""

import pytest
import torch

from stable_regions.engine.batching import ALIVE, FEWEST, LARGEST, Passes, rows_for, rows_in

GIB = 2**30


@pytest.mark.parametrize(("d_model", "rows"), [(32, 2048), (128, 2048), (512, 512), (768, 341), (4096, 256)])
def test_on_the_cpu_rows_depend_on_the_width_alone(d_model: int, rows: int) -> None:
    assert rows_for(d_model) == rows
    assert Passes(d_model, torch.device("cpu"), torch.float32).rows(10) == rows


@pytest.mark.parametrize("free", [0, GIB // 100, GIB, 80 * GIB])
def test_on_a_gpu_a_pass_takes_at_most_half_of_what_is_free(free: int) -> None:
    rows = rows_in(free, 4096, 2)
    assert FEWEST <= rows <= LARGEST
    assert rows & (rows - 1) == 0
    assert rows * ALIVE * 4096 * 2 <= free // 2 or rows == FEWEST
    assert rows == LARGEST or 2 * rows * ALIVE * 4096 * 2 > free // 2


def test_half_the_bytes_a_number_take_twice_the_points() -> None:
    assert rows_in(GIB, 4096, 2) == 2 * rows_in(GIB, 4096, 4)
