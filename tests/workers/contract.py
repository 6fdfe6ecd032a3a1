"""What every pool promises. A pool's test file subclasses `PoolContract` and says how to open one."""

import os
import signal
from abc import abstractmethod
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, aclosing
from pathlib import Path

import pytest

from stable_regions.analyses.report import Progress
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.schemas.result import Result
from stable_regions.settings import Settings
from stable_regions.workers.base import (
    Job,
    Message,
    PartReadyMessage,
    PartSkippedMessage,
    Priority,
    Refused,
    WorkerDied,
    WorkerPool,
)
from workers.arithmetic import answer, chunks, key, plan


def a_slice(prompt: str = "one", **fields: object) -> SliceRequest:
    return SliceRequest.model_validate(
        {"model": {"name": "m"}, "prompts": (prompt, "two", "three"), "write_layer": 0, "resolution": 17, **fields}
    )


def a_job(request: SliceRequest, priority: Priority = "interactive", **known: bytes) -> Job:
    return Job(key(request), request.model_dump_json(), ("w",), priority, known)


async def everything(pool: WorkerPool, job: Job) -> list[Message]:
    return [message async for message in pool.run(job)]


class PoolContract:
    """The tests. `opened` gives a pool whose workers run tests/workers/arithmetic.py, and `victim` a worker's id."""

    @abstractmethod
    def opened(self, settings: Settings) -> AbstractAsyncContextManager[WorkerPool]: ...

    @abstractmethod
    async def victim(self, pool: WorkerPool) -> int: ...

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        (tmp_path / "cache").mkdir()
        return tmp_path / "cache"

    @pytest.fixture
    async def pool(self, folder: Path) -> AsyncIterator[WorkerPool]:
        async with self.opened(Settings(cache_folder=folder, stuck_seconds=1.0)) as pool:
            yield pool

    async def test_a_job_says_how_it_goes_and_ends_with_its_result(self, pool: WorkerPool) -> None:
        request = a_slice(resolution=33)
        said = await everything(pool, a_job(request))
        assert [m.done for m in said if isinstance(m, Progress)] == [1, 2]
        parts = [m for m in said if isinstance(m, PartReadyMessage)]
        assert [p.key for p in parts] == [*(key(part) for part in request.parts()), key(request)]
        assert parts[-1] is said[-1]
        assert Result.from_bytes(parts[-1].file)["square"][0] == answer(request)["square"][0]
        assert SliceRequest.model_validate_json(parts[0].request).resolution == 9

    async def test_the_same_job_gives_the_same_bytes(self, pool: WorkerPool) -> None:
        first, second = [await everything(pool, a_job(a_slice())) for _ in range(2)]
        assert first[-1] == second[-1]

    async def test_known_parts_reach_the_worker(self, pool: WorkerPool, folder: Path) -> None:
        await everything(pool, a_job(a_slice(), **{"a" * 64: bytes(3_000_000), "b" * 64: b""}))
        assert chunks(folder)[0] == "one: begins, 2 known"

    async def test_a_part_that_cannot_be_had_is_a_gap(self, pool: WorkerPool, folder: Path) -> None:
        plan(folder, "one", what="skip")
        said = await everything(pool, a_job(a_slice()))
        (gap,) = [m for m in said if isinstance(m, PartSkippedMessage)]
        assert gap.problem["detail"] == "step0 is gone."
        assert isinstance(said[-1], PartReadyMessage)

    async def test_a_refusal_ends_the_job_in_its_own_words(self, pool: WorkerPool, folder: Path) -> None:
        plan(folder, "one", what="refuse")
        (refused,) = await everything(pool, a_job(a_slice()))
        assert isinstance(refused, Refused)
        assert refused.problem["type"] == "urn:stable-regions:degenerate-plane"
        assert refused.problem["next"] == "Choose other prompts."

    @pytest.mark.parametrize("what", ["fail", "nothing"])
    async def test_a_failure_tells_the_visitor_nothing_of_the_inside(
        self, pool: WorkerPool, folder: Path, what: str
    ) -> None:
        plan(folder, "one", what=what)
        refused = (await everything(pool, a_job(a_slice())))[-1]
        assert isinstance(refused, Refused)
        assert refused.problem["status"] == 500
        assert "secret" not in str(refused)
        assert isinstance((await everything(pool, a_job(a_slice("other"))))[-1], PartReadyMessage), "others go on"

    async def test_a_library_that_prints_breaks_nothing(self, pool: WorkerPool, folder: Path) -> None:
        plan(folder, "one", what="print")
        assert isinstance((await everything(pool, a_job(a_slice())))[-1], PartReadyMessage)

    async def test_closing_cancels_within_a_chunk(self, pool: WorkerPool, folder: Path) -> None:
        plan(folder, "one", chunks=10_000, seconds=0.01, parts=False)
        async with aclosing(pool.run(a_job(a_slice()))) as messages:
            async for message in messages:
                if isinstance(message, Progress) and message.done == 3:
                    break
            left_at = len(chunks(folder))
        assert isinstance((await everything(pool, a_job(a_slice("other"))))[-1], PartReadyMessage)
        log = chunks(folder)
        assert "one: closed" in log
        assert log.index("one: closed") <= left_at + 2
        assert not any(line.startswith("one") for line in log[log.index("one: closed") + 1 :])

    async def test_interactive_goes_before_batch(self, pool: WorkerPool, folder: Path) -> None:
        plan(folder, "slow", chunks=10_000, seconds=0.02, parts=False)
        async with aclosing(pool.run(a_job(a_slice("slow"), "batch"))) as messages:
            await anext(messages)
            await everything(pool, a_job(a_slice("quick")))
        log = chunks(folder)
        first, last = log.index("quick: begins, 0 known"), log.index("quick: 1")
        between = [line for line in log[first : last + 1] if line.startswith("slow")]
        assert between == [], "once it began, nothing of the batch came between"

    async def test_a_killed_worker_is_told_and_replaced(self, pool: WorkerPool, folder: Path) -> None:
        plan(folder, "one", chunks=10_000, seconds=0.01, parts=False)
        messages = pool.run(a_job(a_slice()))
        await anext(messages)
        pid = await self.victim(pool)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(WorkerDied) as died:
            async for _ in messages:
                pass
        assert died.value.computing
        assert isinstance((await everything(pool, a_job(a_slice("other"))))[-1], PartReadyMessage)
        assert await self.victim(pool) != pid

    async def test_only_the_job_whose_turn_it_was_is_blamed(self, pool: WorkerPool, folder: Path) -> None:
        plan(folder, "poison", what="die", at=3, chunks=10)
        plan(folder, "waits", chunks=1000, seconds=0.01, parts=False)
        waits = pool.run(a_job(a_slice("waits"), "batch"))
        await anext(waits)
        with pytest.raises(WorkerDied) as guilty:
            await everything(pool, a_job(a_slice("poison")))
        with pytest.raises(WorkerDied) as innocent:
            async for _ in waits:
                pass
        assert guilty.value.computing
        assert not innocent.value.computing

    async def test_a_stuck_worker_is_replaced(self, pool: WorkerPool, folder: Path) -> None:
        plan(folder, "one", what="hang")
        with pytest.raises(WorkerDied) as died:
            await everything(pool, a_job(a_slice()))
        assert died.value.computing
        assert isinstance((await everything(pool, a_job(a_slice("other"))))[-1], PartReadyMessage)

    async def test_a_stopped_worker_is_replaced(self, pool: WorkerPool) -> None:
        await everything(pool, a_job(a_slice()))
        os.kill(await self.victim(pool), signal.SIGSTOP)
        with pytest.raises(WorkerDied):
            await everything(pool, a_job(a_slice("stopped")))
        assert isinstance((await everything(pool, a_job(a_slice("other"))))[-1], PartReadyMessage)
