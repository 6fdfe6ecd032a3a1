"""Whose turn it is, without any process."""

from collections.abc import Iterator, Mapping

from stable_regions.analyses.report import PartReady, Progress, Report
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.workers.base import Message, PartReadyMessage, Refused
from stable_regions.workers.scheduler import Compute, Scheduler
from workers.arithmetic import answer, key
from workers.contract import a_job, a_slice


def compute(request: AnalysisRequest, known: Mapping[str, bytes]) -> Iterator[Report]:
    """A chunk before each part."""
    for part in request.parts():
        yield Progress("points", 0, 1)
        yield PartReady(part, answer(part))
    yield PartReady(request, answer(request))


def waiting(request: AnalysisRequest, known: Mapping[str, bytes]) -> Iterator[Report]:
    """As `compute`; jobs whose first prompt says so wait for a download before anything else."""
    assert isinstance(request, SliceRequest)
    if "waits" in request.prompts[0]:
        yield Progress("download", 1, 2, "bytes", "main: 0 of 1 files", rest=60.0)
    yield from compute(request, known)


class Hall:
    """Scheduler, and what was said in them."""

    def __init__(self, compute: Compute = compute) -> None:
        self.said: list[tuple[int, Message | None]] = []
        self.turns = Scheduler(compute, lambda number, message: self.said.append((number, message)))

    def order(self) -> str:
        return "".join(str(number) for number, message in self.said if message is None)

    def run(self) -> None:
        while len(self.turns):
            self.turns.step()


def job(n: int = 0) -> SliceRequest:
    return a_slice(f"job {n}", resolution=33)


def test_one_job_goes_on_until_its_own_result() -> None:
    hall = Hall()
    hall.turns.begin(1, a_job(job()))
    hall.run()
    parts = [message for _, message in hall.said if isinstance(message, PartReadyMessage)]
    assert [part.key for part in parts] == [key(part) for part in (*job().parts(), job())]


def test_equals_take_turns_by_parts() -> None:
    hall = Hall()
    for n in (1, 2):
        hall.turns.begin(n, a_job(job(n)))
    hall.run()
    assert hall.order() == "1122112212"


def test_a_newcomer_shows_its_first_part_before_others_go_on_with_theirs() -> None:
    hall = Hall()
    hall.turns.begin(1, a_job(job(1)))
    for _ in range(3):
        hall.turns.step()
    hall.turns.begin(2, a_job(job(2)))
    hall.run()
    assert hall.order() == "111" + "22" + "1" + "22" + "1" + "2"


def test_interactive_goes_before_batch_even_when_it_comes_later() -> None:
    hall = Hall()
    hall.turns.begin(1, a_job(job(1), "batch"))
    hall.turns.step()
    hall.turns.begin(2, a_job(job(2), "interactive"))
    hall.run()
    assert hall.order() == "1" + "22222" + "1111"


def test_a_cancelled_job_gets_no_more_turns_and_its_computation_is_closed() -> None:
    hall = Hall()
    hall.turns.begin(1, a_job(job()))
    hall.turns.step()
    hall.turns.cancel(1)
    assert len(hall.turns) == 0
    hall.turns.cancel(1)


def test_a_job_that_cannot_be_read_is_refused_and_the_others_go_on() -> None:
    hall = Hall()
    hall.turns.begin(1, a_job(job()).__class__("k", "{", ("w",)))
    hall.turns.begin(2, a_job(job()))
    hall.run()
    assert isinstance(hall.said[0][1], Refused)
    assert isinstance(hall.said[-1][1], PartReadyMessage)


def test_a_job_that_waits_for_a_download_lets_the_others_go_on() -> None:
    hall = Hall(waiting)
    hall.turns.begin(1, a_job(a_slice("waits", resolution=33)))
    hall.turns.begin(2, a_job(job(2), "batch"))
    for _ in range(6):
        hall.turns.step()
    assert hall.order() == "1" + "22222"
    assert len(hall.turns) == 1
    assert hall.said[1] == (1, Progress("download", 1, 2, "bytes", "main: 0 of 1 files"))


def test_while_all_wait_nothing_is_computed_and_it_is_known_for_how_long() -> None:
    hall = Hall(waiting)
    hall.turns.begin(1, a_job(a_slice("waits", resolution=33)))
    assert hall.turns.pause() == 0
    hall.turns.step()
    assert 50 < hall.turns.pause() <= 60
    before = list(hall.said)
    hall.turns.step()
    assert hall.said == before
    hall.turns.begin(2, a_job(job()))
    assert hall.turns.pause() == 0


def test_a_job_that_waits_can_be_cancelled() -> None:
    hall = Hall(waiting)
    hall.turns.begin(1, a_job(a_slice("waits", resolution=33)))
    hall.turns.step()
    hall.turns.cancel(1)
    assert len(hall.turns) == 0
