"""What the networks do with handwritten digits: the golden facts of the literature, of one seed, within their spread."""

import pytest
import torch
from torch import Tensor

from stable_regions.maths.attractor import metrics, tasks
from stable_regions.maths.attractor.memory import Memory, Rule, stored
from stable_regions.maths.attractor.tokens import tokens_of
from stable_regions.suites.images import images

TOKENS = tokens_of(8, "patches", 0)
DIGITS = images("digits")
MEAN = DIGITS.train.mean(0)


def memory(rule: Rule, row_norm: float, shown: Tensor = DIGITS.train, sharpness_train: float = 0.2) -> Memory:
    return stored(TOKENS, shown, DIGITS.train, rule, sharpness_train, 1.0, row_norm, 0.5)


def errors(held: Memory, task: str, iterations: int) -> list[float]:
    visible = tasks.masked(360, 16, 0.3, 0) if task == "mask" else None
    begun = DIGITS.test if task == "mask" else tasks.noisy(DIGITS.test, 0.7, 0)
    orbit = held.orbit(held.begin(begun, visible), iterations, visible)
    return [float(metrics.mean_square(held.images(state), DIGITS.test).mean()) for state in orbit]


@pytest.fixture(scope="module")
def paper() -> Memory:
    return memory("paper", 0.14)


def test_masked_digits_are_best_after_one_step_and_then_drift_away(paper: Memory):
    found = errors(paper, "mask", 100)
    assert found[1] == pytest.approx(0.0376, abs=0.005)
    assert found[100] == pytest.approx(0.168, rel=0.05)
    assert min(found[1:]) == found[1]


def test_denoising_has_its_best_moment_and_it_is_worse_than_the_mean_image(paper: Memory):
    found = errors(paper, "denoise", 100)
    best = min(range(101), key=lambda t: found[t])
    assert found[best] == pytest.approx(0.1238, rel=0.05)
    assert best + 1 == pytest.approx(30, abs=4)
    assert found[best] > float(metrics.mean_square(MEAN.expand_as(DIGITS.test), DIGITS.test).mean())


@pytest.mark.parametrize(("row_norm", "expected"), [(0.14, 30), (0.28, 15), (0.5, 8)])
def test_the_best_moment_is_one_over_the_strength_of_a_step(row_norm: float, expected: int):
    found = errors(memory("paper", row_norm), "denoise", 50)
    best = min(range(51), key=lambda t: found[t]) + 1  # the corrupted image is t = 1
    assert best == pytest.approx(expected, abs=max(2, 0.1 * expected))
    assert 1.4 <= best / (15 / (0.5 * row_norm * (16 * 8) ** 0.5)) <= 1.9


def test_whatever_is_shown_to_the_papers_rule_ends_in_the_same_few_states(paper: Memory):
    visible = tasks.masked(360, 16, 0.3, 0)
    *_, last = paper.orbit(paper.begin(DIGITS.test, visible), 100, visible)
    assert int(metrics.leaders(last.flatten(1)).max()) + 1 <= 6
    assert float(metrics.with_mean(paper.images(last), MEAN).mean()) > 0.8


def test_centred_the_transient_belongs_to_the_image(paper: Memory):
    held = memory("centred", 8.0)
    begun = tasks.noisy(DIGITS.test, 0.7, 0)

    def best(held: Memory) -> float:
        orbit = held.orbit(held.begin(begun), 30)
        return max(float(metrics.own(held.images(state), DIGITS.test, MEAN).mean()) for state in orbit)

    assert best(held) == pytest.approx(0.418, abs=0.03)
    assert best(paper) == pytest.approx(0.279, abs=0.03)


@pytest.mark.parametrize(("rule", "kept"), [("normalised", 5), ("paper", 0)])
def test_five_digits_are_fixed_points_with_the_normaliser_and_not_without(rule: Rule, kept: int):
    shown = DIGITS.train[DIGITS.chosen(5, 0)]
    held = memory(rule, 0.14, shown, sharpness_train=1.0)
    *_, last = held.orbit(held.begin(shown), 300)
    assert int((metrics.own(held.images(last), shown, MEAN) > 0.9).sum()) == pytest.approx(kept, abs=1)


def test_one_image_at_a_time_and_all_at_once_are_the_same(paper: Memory):
    state = paper.begin(DIGITS.test[:70])
    assert torch.allclose(paper.after(state)[65:66], paper.after(state[65:66]), atol=1e-12)


def test_the_mean_image_of_mnist_is_as_far_as_was_measured():
    from stable_regions.maths.attractor.tokens import boosted

    mnist = images("mnist")
    assert (mnist.train.shape, mnist.test.shape) == ((10_000, 784), (1000, 784))
    assert torch.bincount(mnist.train_labels).tolist() == [1000] * 10
    raw = metrics.mean_square(mnist.train.mean(0).expand_as(mnist.test), mnist.test).mean()
    lifted, test = boosted(mnist.train), boosted(mnist.test)
    assert float(raw) == pytest.approx(0.0639, rel=0.05)
    assert float(metrics.mean_square(lifted.mean(0).expand_as(test), test).mean()) == pytest.approx(0.0816, rel=0.05)


def test_the_papers_curves_are_those_that_were_read_off_its_figure():
    from stable_regions.suites.images import curves

    read = curves()
    assert read["mask/bare"][0] == pytest.approx(0.0413, abs=1e-4)
    assert read["mask/bare"][99] == pytest.approx(0.1252, abs=1e-4)
    assert min(read["denoise/bare"]) == read["denoise/bare"][10] == pytest.approx(0.1411, abs=1e-4)


def test_the_first_ten_that_are_stored_are_the_ten_digits():
    assert sorted(DIGITS.train_labels[DIGITS.chosen(10, 4)].tolist()) == list(range(10))
    assert len(set(DIGITS.chosen(1437, 4).tolist())) == 1437
