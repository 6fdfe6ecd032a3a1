from functools import cache

import numpy as np
import pytest
import torch

from stable_regions.maths import probe
from stable_regions.maths.hidden_markov import hidden_markov
from stable_regions.maths.presentation import Presentation, presentation
from stable_regions.schemas.process import RRXOR, Z1R, Mess3, Process

Rows = tuple[torch.Tensor, torch.Tensor, torch.Tensor]

LADDER: dict[str, tuple[Process, int, str, list[float]]] = {
    "mess3, 10, uniform": (Mess3(), 10, "uniform", [0.7216, 0.8902, 0.9656, 0.9886, 0.9963, 0.9989]),
    "mess3, 10, probability": (Mess3(), 10, "probability", [0.828, 0.946, 0.990, 0.9975, 0.9995, 0.9999]),
    "mess3, 8, uniform": (Mess3(), 8, "uniform", [0.7307, 0.8972, 0.9693, 0.9905, 0.9972, 0.9993]),
    "rrxor, 10, uniform": (RRXOR(), 10, "uniform", [0.133, 0.269, 0.437, 0.620, 0.749, 0.849]),
}


@cache
def presented(process: Process, length: int) -> Presentation:
    return presentation(hidden_markov(process), length)


def rows(process: Process, length: int, kind: str) -> Rows:
    found = presented(process, length)
    return (
        torch.from_numpy(found.word),
        torch.from_numpy(found.belief),
        torch.from_numpy(np.ascontiguousarray(found.weights(kind))),
    )


@pytest.mark.parametrize("name", LADDER)
def test_the_ladder_is_the_known_one(name: str) -> None:
    process, length, kind, known = LADDER[name]
    word, belief, weight = rows(process, length, kind)
    assert probe.ladder(word, belief, weight)[:6].tolist() == pytest.approx(known, abs=6e-4)


def test_three_tokens_are_all_there_is_to_know_of_z1r() -> None:
    word, belief, weight = rows(Z1R(), 10, "uniform")
    assert float(probe.ladder(word, belief, weight)[2]) == pytest.approx(1, abs=1e-9)


def one_hot(word: torch.Tensor, tokens: int) -> torch.Tensor:
    """Last token and length, as an embedding adds them."""
    size = (word >= 0).sum(dim=1)
    last = word.long().gather(1, (size - 1)[:, None])[:, 0]
    eye = torch.nn.functional.one_hot
    return torch.cat([eye(last, tokens), eye(size - 1, word.shape[1])], dim=1).double()


@pytest.mark.parametrize(("length", "known"), [(10, 0.721613027), (8, 0.730656446)])
def test_token_and_position_decode_as_well_as_the_best_function_of_the_last_token(length: int, known: float) -> None:
    word, belief, weight = rows(Mess3(), length, "uniform")
    embedded = one_hot(word, 3)
    found = probe.fit_of(probe.least_squares(embedded, belief, weight).decoded(embedded), belief, weight)
    assert found.r2 == pytest.approx(known, abs=1e-8)
    assert float(probe.ladder(word, belief, weight)[0]) == pytest.approx(known, abs=1e-8)


@pytest.mark.parametrize(
    ("process", "known"),
    [(Mess3(), (0.0, 1.0)), (RRXOR(), (0.061529517, 0.256369486)), (Z1R(), (None, 0.475))],
    ids=str,
)
def test_beliefs_read_off_the_next_token(process: Process, known: tuple[float | None, float]) -> None:
    _, belief, weight = rows(process, 10, "uniform")
    following = torch.from_numpy(presented(process, 10).next)
    found = probe.fit_of(probe.least_squares(following, belief, weight).decoded(following), belief, weight)
    assert found.r2 == pytest.approx(known[1], abs=1e-8 if known[0] is not None else 6e-4)
    if known[0] is not None:
        assert found.mse == pytest.approx(known[0], abs=1e-9)


def last(word: torch.Tensor, levels: int) -> list[torch.Tensor]:
    """Histories grouped by their last token, last two tokens, …"""
    return [probe.by_last(word, k) for k in range(1, levels + 1)]


def planted(belief: torch.Tensor, dims: int = 40, seed: int = 0) -> torch.Tensor:
    """Activations that hold the beliefs in a random affine map, and nothing else."""
    chance = torch.Generator().manual_seed(seed)
    draw = torch.randn(belief.shape[1], dims, generator=chance, dtype=torch.float64)
    return belief @ draw + torch.randn(dims, generator=chance, dtype=torch.float64)


@pytest.mark.parametrize("kind", ["uniform", "probability", "prefix"])
def test_a_planted_belief_is_read_exactly(kind: str) -> None:
    word, belief, weight = rows(Mess3(), 8, kind)
    activation = planted(belief)
    found = probe.least_squares(activation, belief, weight)
    decoded = found.decoded(activation)
    assert probe.fit_of(decoded, belief, weight).r2 == pytest.approx(1, abs=1e-9)
    assert probe.zoom(decoded, belief, weight, last(word, 5)).tolist() == pytest.approx([1] * 6, abs=1e-6)
    assert probe.held_out(activation, belief, weight) == pytest.approx(1, abs=1e-3)
    assert decoded.sum(dim=1).numpy() == pytest.approx(1, abs=1e-6)
    assert found.matrix.sum(dim=1).numpy() == pytest.approx(0, abs=1e-9)
    assert float(found.offset.sum()) == pytest.approx(1, abs=1e-9)


def test_an_affine_change_of_activations_changes_no_score() -> None:
    word, belief, weight = rows(RRXOR(), 8, "uniform")
    noise = torch.randn(len(belief), 12, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    activation = torch.cat([planted(belief[:, :2], 4), noise], dim=1)
    turn = torch.randn(16, 16, generator=torch.Generator().manual_seed(2), dtype=torch.float64)
    scores = []
    for seen in (activation, activation @ turn + 3):
        decoded = probe.least_squares(seen, belief, weight).decoded(seen)
        scores.append(
            [
                *probe.fit_of(decoded, belief, weight),
                *probe.zoom(decoded, belief, weight, last(word, 2)).tolist(),
            ]
        )
    assert scores[0] == pytest.approx(scores[1], abs=1e-8)


def test_shuffled_beliefs_are_not_read_off_few_columns_and_are_off_many() -> None:
    _, belief, weight = rows(Mess3(), 8, "prefix")
    assert abs(probe.shuffled(planted(belief), probe.dealt(belief, weight), weight)) < 0.01
    _, belief, weight = rows(RRXOR(), 8, "prefix")
    noise = torch.randn(len(belief), 200, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    # So many random columns explain that share of whatever is asked of them.
    assert probe.shuffled(noise, probe.dealt(belief, weight), weight) == pytest.approx(
        200 / (len(belief) - 1), abs=0.02
    )


def test_what_was_fitted_to_noise_is_worth_nothing_held_out() -> None:
    _, belief, weight = rows(RRXOR(), 9, "prefix")
    noise = torch.randn(len(belief), 300, generator=torch.Generator().manual_seed(4), dtype=torch.float64)
    inside = probe.fit_of(probe.least_squares(noise, belief, weight).decoded(noise), belief, weight).r2
    assert inside > 0.4
    assert probe.held_out(noise, belief, weight) < 0.02


def test_many_rows_and_few_are_fitted_alike() -> None:
    """The normal equations and the singular values give one probe."""
    _, belief, weight = rows(RRXOR(), 7, "prefix")
    activation = torch.cat([planted(belief, 20), planted(belief, 100, seed=5)], dim=1)
    activation = activation + 0.1 * torch.randn(activation.shape, generator=torch.Generator().manual_seed(6)).double()
    few = probe.least_squares(activation[:, :50], belief, weight)
    several = activation[:, :50].repeat(5, 1)
    many = probe.least_squares(several, belief.repeat(5, 1), weight.repeat(5) / 5)
    assert torch.allclose(few.decoded(activation[:, :50]), many.decoded(activation[:, :50]), atol=1e-8)


def test_distances_of_pairs_agree_with_themselves_and_not_with_noise() -> None:
    _, belief, weight = rows(RRXOR(), 7, "prefix")
    assert probe.pair_agreement(planted(belief, 5), planted(belief, 5), weight) == pytest.approx(1, abs=1e-12)
    noise = torch.randn(len(belief), 2, generator=torch.Generator().manual_seed(7), dtype=torch.float64)
    assert probe.pair_agreement(belief, noise, weight) < 0.02
