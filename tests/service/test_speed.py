"""How long it will take."""

import pytest

from service.conftest import a_slice
from stable_regions.analyses.animation.schema import AnimationRequest
from stable_regions.schemas.model import ModelCard
from stable_regions.service.speed import USUAL, Speeds, Took, weights_above


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


def steady(points: int, each: float, latency: float = 0.0) -> Took:
    """What a computation of so many points takes that reports now and then."""
    return Took(points, latency + points * each, points // 2, points // 2 * each)


def test_what_was_measured_is_scaled_by_points() -> None:
    speeds = Speeds()
    speeds.learn(a_slice(resolution=17), [card()], steady(1000, 0.002))
    assert speeds.estimate(a_slice(resolution=65), [card()]).seconds == pytest.approx(3 * 65**2 * 0.002)
    animation = AnimationRequest(slice=a_slice(resolution=65), revisions=("a", "b"))
    assert speeds.estimate(animation, [card()] * 2).seconds == pytest.approx(2 * 3 * 65**2 * 0.002)


def test_latency_is_paid_once_a_checkpoint_and_says_nothing_of_the_rate() -> None:
    speeds = Speeds()
    speeds.learn(a_slice(resolution=17), [card()], steady(1000, 0.002, latency=5.0))
    assert speeds.estimate(a_slice(resolution=65), [card()]).seconds == pytest.approx(5 + 3 * 65**2 * 0.002)
    animation = AnimationRequest(slice=a_slice(resolution=9), revisions=("a", "b"))
    assert speeds.estimate(animation, [card()] * 2).seconds == pytest.approx(2 * 5 + 2 * 3 * 81 * 0.002)


@pytest.mark.parametrize("faster", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("latency", [0.02, 0.3, 4.0])
@pytest.mark.parametrize("first", [1, 3, 243, 12_675])
def test_after_any_first_request_the_next_is_known_within_a_factor_of_three(
    first: int, latency: float, faster: float
) -> None:
    """A click on one point, the first level of a slice, or all of one; on processors half and twice as fast as usual."""
    here = card(parameters=120_000_000)
    each = USUAL / faster * weights_above(here, 1)
    speeds = Speeds()
    speeds.learn(a_slice(), [here], steady(first, each, latency))
    for n in (9, 65, 257):
        true = latency + 3 * n**2 * each
        said = speeds.estimate(a_slice(resolution=n), [here]).seconds
        assert said is not None
        assert 1 / 3 <= said / true <= 3, (n, said, true)


def test_a_bound_is_kept_where_a_click_shows_a_faster_machine() -> None:
    speeds, here = Speeds(), card(parameters=120_000_000)
    each = USUAL / 100 * weights_above(here, 1)
    speeds.learn(a_slice(), [here], Took(1000, 1000 * each))
    assert speeds.estimate(a_slice(resolution=257), [here]).seconds == pytest.approx(3 * 257**2 * each, rel=0.01)


def test_another_model_is_guessed_by_the_weights_above_its_write_layer() -> None:
    speeds = Speeds()
    speeds.learn(a_slice(), [card()], steady(1000, 0.001))
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
        speeds.learn(a_slice(), [card()], steady(1000, seconds / 1000))
    assert speeds.estimate(a_slice(resolution=9), [card()]).seconds == pytest.approx(3 * 81 * 0.003, rel=0.02)
