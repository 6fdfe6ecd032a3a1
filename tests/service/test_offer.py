"""What a request would cost: said without starting anything, and less by what is there."""

from collections.abc import Callable
from pathlib import Path

import pytest

from service.conftest import Make, a_slice, heard
from stable_regions.analyses.animation.schema import AnimationRequest
from stable_regions.analyses.study.schema import StudyRequest
from stable_regions.errors import UnknownLayer
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.resolve import resolve, resolve_part
from stable_regions.schemas.result import Result
from stable_regions.service.job_events import JobEvents
from stable_regions.service.log import Log
from stable_regions.service.metrics import Metrics
from stable_regions.service.offer import offer
from stable_regions.service.service import Service
from stable_regions.service.speed import Speeds, Took
from stable_regions.service.tools import Tools
from stable_regions.settings import Settings
from stable_regions.store.open import open_store
from stable_regions.workers.base import PartReadyMessage
from stable_regions.workers.local import LocalPool
from workers.arithmetic import chunks


def a_study(**fields: object) -> StudyRequest:
    given: dict[str, object] = {
        "models": [
            {"name": "tiny-neox", "revisions": ("step0", "step8")},
            {"name": "tiny-gpt2", "revisions": ("main",)},
        ],
        "pairs": 10,
        "steps": 11,
        "write_layers": (0, 1),
    }
    return StudyRequest.model_validate(given | fields)


async def test_an_offer_starts_nothing(service: Service, folder: Path) -> None:
    found = await service.offer(a_slice())
    assert not found.there
    assert (found.estimate.points, found.parts) == (3 * 17**2, 0)
    assert chunks(folder) == []
    assert (await service.ask(a_slice())).key == found.key


async def test_what_is_there_costs_nothing(service: Service) -> None:
    ticket = await service.ask(a_slice())
    await heard(service, ticket.key)
    found = await service.offer(a_slice())
    assert found.there
    assert (found.key, found.estimate.points, found.estimate.seconds) == (ticket.key, 0, 0)


async def test_parts_that_are_there_are_listed_and_not_paid_for(
    settings: Settings, catalogue: Catalogue, make_service: Make
) -> None:
    service = await make_service()
    resolved = resolve(a_study(), catalogue, settings)
    cells = [resolve_part(part, resolved) for part in resolved.request.parts()]
    store = open_store(settings)
    for cell in cells[:3]:
        await store.put(cell.key, b"a file")
    await store.close()
    found = await service.offer(a_study())
    assert found.parts == 6
    assert [part.key for part in found.ready] == [cell.key for cell in cells[:3]]
    assert found.estimate.points == 3 * cells[0].request.work().points
    assert found.estimate.passes == 2


async def test_an_answer_with_a_passing_gap_is_made_again_and_so_has_a_price(
    settings: Settings, catalogue: Catalogue, make_service: Make
) -> None:
    service = await make_service()
    moving = AnimationRequest(slice=a_slice(), revisions=("step0", "step8"))
    resolved = resolve(moving, catalogue, settings)
    frame = resolve_part(resolved.request.parts()[-1], resolved)
    store = open_store(settings)
    await store.put(frame.key, b"a file")
    await store.put(resolved.key, Result({}, {"provisional": True}).to_bytes())
    found = await service.offer(moving)
    assert not found.there
    assert ([part.key for part in found.ready], found.estimate.points) == ([frame.key], 3 * 17**2)
    await store.put(resolved.key, Result({}, {}).to_bytes())
    assert (await service.offer(moving)).there
    await store.close()


async def test_coarser_levels_of_a_frame_are_no_parts_to_pay_for(service: Service) -> None:
    moving = AnimationRequest(slice=a_slice(resolution=65), revisions=("step0", "step8"))
    found = await service.offer(moving)
    assert found.parts == 2
    assert found.estimate.points == 2 * 3 * 65**2


async def test_each_model_is_priced_at_its_own_speed(settings: Settings, catalogue: Catalogue) -> None:
    resolved, speeds, store = resolve(a_study(), catalogue, settings), Speeds(), open_store(settings)
    cells = [resolve_part(part, resolved) for part in resolved.request.parts()]
    assert (await offer(resolved, store, speeds)).estimate.seconds is None
    for cell in cells:
        slow = cell.cards[0].name == "tiny-gpt2"
        seconds = 10.0 if slow else 1.0
        points = cell.request.work().points
        speeds.learn(cell.request, cell.cards, Took(points, seconds, points - 10, seconds * (points - 10) / points))
    assert (await offer(resolved, store, speeds)).estimate.seconds == pytest.approx(4 * 1.0 + 2 * 10.0)
    await store.close()


async def test_of_several_models_each_ones_speed_is_learnt_from_its_own_parts(
    settings: Settings, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, make_settings: Callable[..., Settings]
) -> None:
    now = 100.0
    monkeypatch.setattr("stable_regions.service.job_events.time.monotonic", lambda: now)
    resolved, speeds, store = resolve(a_study(), catalogue, settings), Speeds(), open_store(settings)
    tools = Tools(store, LocalPool(make_settings(), "workers.arithmetic"), speeds, Metrics())
    events = JobEvents(Log(store, resolved.key), tools, resolved, asked=now)
    for part in [*(resolve_part(part, resolved) for part in resolved.request.parts()), resolved]:
        now += 8.0 if part.cards[0].name == "tiny-gpt2" else 2.0
        await events.hear(PartReadyMessage(part.key, part.request.model_dump_json(), b"a file"))
    seconds = (await offer(resolve(a_study(seed=1), catalogue, settings), store, speeds)).estimate.seconds
    assert seconds == pytest.approx(4 * 2.0 + 2 * 8.0, rel=1e-3)
    await store.close()


async def test_what_is_refused_when_asked_is_refused_when_priced(service: Service) -> None:
    with pytest.raises(UnknownLayer):
        await service.offer(a_slice(write_layer=9))
