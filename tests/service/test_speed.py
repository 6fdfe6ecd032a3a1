"""How long it will take."""

import pytest

from service.conftest import a_slice
from stable_regions.analyses.animation.schema import AnimationRequest
from stable_regions.schemas.model import ModelCard
from stable_regions.service.speed import Speeds, weights_above


def card(name: str = "m", layers: int = 12, parameters: int = 12_000_000) -> ModelCard:
    return ModelCard(
        name=name,
        family="f",
        source="bundled",
        architecture="gpt_neox",
        parameters=parameters,
        layers=layers,
        d_model=100,
        d_vocab=1000,
        context=64,
        prepend_bos=True,
        write_layer=2,
        distance="hellinger",
        revisions=(),
    )


def test_nothing_is_said_before_something_was_measured() -> None:
    estimate = Speeds().estimate(a_slice(resolution=65), [card()])
    assert (estimate.points, estimate.passes, estimate.seconds) == (3 * 65**2, 1, None)


def test_what_was_measured_is_scaled_by_points() -> None:
    speeds = Speeds()
    speeds.learn(a_slice(resolution=17), [card()], 1000, 2.0)
    assert speeds.estimate(a_slice(resolution=65), [card()]).seconds == pytest.approx(3 * 65**2 * 0.002)
    animation = AnimationRequest(slice=a_slice(resolution=65), revisions=("a", "b"))
    assert speeds.estimate(animation, [card()] * 2).seconds == pytest.approx(2 * 3 * 65**2 * 0.002)


def test_another_model_is_guessed_by_the_weights_above_its_write_layer() -> None:
    speeds = Speeds()
    speeds.learn(a_slice(), [card()], 1000, 1.0)
    larger = card("larger", parameters=120_000_000)
    ratio = weights_above(larger, 1) / weights_above(card(), 1)
    guess = speeds.estimate(a_slice(resolution=9), [larger]).seconds
    assert guess == pytest.approx(3 * 81 * 0.001 * ratio)


def test_a_higher_write_layer_costs_less() -> None:
    assert weights_above(card(), 10) < weights_above(card(), 2)
    assert weights_above(card(), 11) > 0


def test_the_newest_measurements_count_most() -> None:
    speeds = Speeds()
    for seconds in (1.0, *[3.0] * 20):
        speeds.learn(a_slice(), [card()], 1000, seconds)
    assert speeds.estimate(a_slice(resolution=9), [card()]).seconds == pytest.approx(3 * 81 * 0.003, rel=0.01)
