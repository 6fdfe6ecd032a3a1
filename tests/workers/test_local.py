"""The pool of one machine."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from patience import PATIENCE
from stable_regions.settings import Settings
from stable_regions.workers.base import PartReadyMessage, Refused, WorkerDied, WorkerPool
from stable_regions.workers.local import LocalPool
from workers.arithmetic import plan
from workers.contract import PoolContract, a_job, a_slice, everything

ENTRY = "workers.arithmetic"


class TestLocalPool(PoolContract):
    @asynccontextmanager
    async def opened(self, settings: Settings) -> AsyncIterator[WorkerPool]:
        pool = LocalPool(settings, ENTRY)
        yield pool
        await pool.close()

    async def victim(self, pool: WorkerPool) -> int:
        assert isinstance(pool, LocalPool)
        await pool.start()
        assert pool.pid is not None
        return pool.pid


async def test_closing_leaves_no_process(tmp_path: Path) -> None:
    pool = LocalPool(Settings(cache_folder=tmp_path), ENTRY)
    await everything(pool, a_job(a_slice()))
    pid = pool.pid
    assert pid is not None
    await pool.close()
    assert not alive(pid)
    with pytest.raises(WorkerDied):
        await everything(pool, a_job(a_slice()))


async def test_closing_in_the_middle_of_a_job_ends_the_job(tmp_path: Path) -> None:
    plan(tmp_path, "one", what="hang")
    pool = LocalPool(Settings(cache_folder=tmp_path), ENTRY)
    running = asyncio.create_task(everything(pool, a_job(a_slice())))
    await pool.start()
    await pool.close()
    with pytest.raises(WorkerDied):
        await running


async def test_a_worker_that_does_not_start_is_said_so(tmp_path: Path) -> None:
    pool = LocalPool(Settings(cache_folder=tmp_path), "no.such.module")
    last = None
    async with asyncio.timeout(PATIENCE):
        while not isinstance(last, Refused):
            with suppress(WorkerDied):
                (last,) = await everything(pool, a_job(a_slice()))
    assert last.problem["detail"] == "The worker does not start."
    assert not pool.ready
    await pool.close()


PARENT = """
import asyncio, sys
from pathlib import Path
from stable_regions.settings import Settings
from stable_regions.workers.local import LocalPool
from workers.contract import a_job, a_slice

async def main():
    pool = LocalPool(Settings(cache_folder=Path(sys.argv[1])), "workers.arithmetic")
    async for _ in pool.run(a_job(a_slice())):
        print(pool.pid, flush=True)

asyncio.run(main())
"""


@pytest.mark.parametrize("what", [{"chunks": 10_000, "seconds": 0.05}, {"what": "hang", "at": 1, "parts": False}])
async def test_a_worker_whose_parent_was_killed_ends(tmp_path: Path, what: dict[str, object]) -> None:
    plan(tmp_path, "one", **what)
    parent = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", PARENT, str(tmp_path)),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert parent.stdout is not None
    pid = int(await parent.stdout.readline())
    assert alive(pid)
    os.kill(parent.pid, signal.SIGKILL)
    await parent.wait()
    async with asyncio.timeout(PATIENCE):
        while alive(pid):
            await asyncio.sleep(0.02)


async def test_many_jobs_and_many_deaths_lose_nothing_and_mix_nothing(tmp_path: Path) -> None:
    pool = LocalPool(Settings(cache_folder=tmp_path), ENTRY)
    for n in range(12):
        plan(tmp_path, f"job {n}", chunks=20, seconds=0.005)

    async def persist(n: int) -> bytes:
        while True:
            try:
                last = (await everything(pool, a_job(a_slice(f"job {n}"))))[-1]
            except WorkerDied:
                continue
            assert isinstance(last, PartReadyMessage)
            return last.file

    jobs = [asyncio.create_task(persist(n)) for n in range(12)]
    for _ in range(4):
        await pool.start()
        async with asyncio.timeout(PATIENCE):
            while not pool.ready:
                await asyncio.sleep(0.01)
        assert pool.pid is not None
        os.kill(pool.pid, signal.SIGKILL)
        async with asyncio.timeout(PATIENCE):
            while pool.ready:
                await asyncio.sleep(0.01)
    async with asyncio.timeout(PATIENCE):
        files = await asyncio.gather(*jobs)
    assert pool.deaths == 4
    for n, file in enumerate(files):
        assert file == (await everything(pool, a_job(a_slice(f"job {n}"))))[-1].file
    await pool.close()


def alive(pid: int) -> bool:
    """Whether a process runs (a zombie does not)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
