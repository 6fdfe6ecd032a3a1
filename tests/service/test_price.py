"""What a request costs where some of it is there."""

import pytest

from service.conftest import a_slice, heard
from stable_regions.analyses.sweep.schema import SweepRequest
from stable_regions.errors import UnknownLayer
from stable_regions.schemas.events import Estimate
from stable_regions.service.desk import Service
from stable_regions.service.price import left

SWEEP = SweepRequest(request=a_slice(resolution=33), revisions=("step0", "step8"), write_layers=(0, 1))
WHOLE = Estimate(points=4 * 3 * 33**2, passes=2, seconds=8.0)


def test_what_is_known_costs_nothing() -> None:
    cell = SWEEP.cell("step0", 1)
    assert left(WHOLE, SWEEP.parts(), []) == WHOLE
    assert left(WHOLE, SWEEP.parts(), [cell]) == Estimate(points=3 * 3 * 33**2, passes=2, seconds=6.0)
    assert left(WHOLE, SWEEP.parts(), [cell, SWEEP.cell("step0", 0)]).passes == 1
    assert left(WHOLE, SWEEP.parts(), list(SWEEP.cells())) == Estimate(points=0, passes=0, seconds=0.0)


def test_a_coarse_level_pays_for_its_own_points_once() -> None:
    cell = SWEEP.cell("step0", 1)
    coarse = cell.model_copy(update={"resolution": 9})
    assert left(WHOLE, SWEEP.parts(), [coarse]).points == WHOLE.points - 3 * 9**2
    assert left(WHOLE, SWEEP.parts(), [coarse, cell]).points == WHOLE.points - 3 * 33**2


def test_a_slice_whose_coarser_level_is_known_still_loads_its_checkpoint() -> None:
    slice_ = a_slice(resolution=17)
    price = left(Estimate(points=3 * 17**2, passes=1, seconds=None), slice_.parts(), slice_.parts())
    assert (price.points, price.passes, price.seconds) == (3 * (17**2 - 9**2), 1, None)


async def test_asking_the_price_begins_nothing_and_falls_with_what_is_there(service: Service) -> None:
    sweep = SweepRequest(request=a_slice(resolution=17), write_layers=(1, 2))
    assert (await service.price(sweep)).points == 2 * 3 * 17**2
    assert service._flights == {}
    ticket = await service.ask(a_slice())
    await heard(service, ticket.key)
    assert (await service.price(sweep)).points == 3 * 17**2
    assert (await service.price(a_slice())).points == 0


async def test_what_would_be_refused_has_no_price(service: Service) -> None:
    with pytest.raises(UnknownLayer):
        await service.price(a_slice(write_layer=99))
