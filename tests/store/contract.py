"""What every store promises. A store's test file subclasses `StoreContract` and opens two of them on one place."""

import asyncio
from abc import abstractmethod
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from itertools import pairwise

import pytest

from patience import PATIENCE
from stable_regions.store.base import Store

KEY = "a" * 64
OTHER = "b" * 64


class StoreContract:
    """The tests. `opened` gives two stores that share one place, as two processes would."""

    @abstractmethod
    def opened(self) -> AbstractAsyncContextManager[tuple[Store, Store]]: ...

    @pytest.fixture
    async def stores(self) -> AsyncIterator[tuple[Store, Store]]:
        async with self.opened() as stores:
            yield stores

    async def test_it_is_a_store(self, stores: tuple[Store, Store]) -> None:
        assert isinstance(stores[0], Store)

    async def test_what_is_put_is_fetched_byte_for_byte_by_both(self, stores: tuple[Store, Store]) -> None:
        file = bytes(range(256)) * 4096
        await stores[0].put(KEY, file)
        assert await stores[0].fetch(KEY) == file
        assert await stores[1].fetch(KEY) == file

    async def test_nothing_is_there_before_it_is_put(self, stores: tuple[Store, Store]) -> None:
        assert await stores[0].fetch(KEY) is None
        assert await stores[0].has([KEY, OTHER]) == set()
        assert await stores[0].has([]) == set()

    async def test_has_names_those_that_are_there(self, stores: tuple[Store, Store]) -> None:
        await stores[0].put(KEY, b"x")
        assert await stores[1].has([KEY, OTHER]) == {KEY}

    async def test_putting_again_is_harmless(self, stores: tuple[Store, Store]) -> None:
        await stores[0].put(KEY, b"x")
        await stores[1].put(KEY, b"x")
        assert await stores[0].fetch(KEY) == b"x"

    async def test_one_owner_holds_a_lease(self, stores: tuple[Store, Store]) -> None:
        assert await stores[0].lease(KEY, "me", 60)
        assert not await stores[1].lease(KEY, "you", 60)
        assert await stores[0].lease(KEY, "me", 60), "the owner extends"
        assert await stores[1].lease(OTHER, "you", 60), "another key is another lease"

    async def test_a_lease_given_back_is_free(self, stores: tuple[Store, Store]) -> None:
        await stores[0].lease(KEY, "me", 60)
        await stores[1].release(KEY, "you")
        assert not await stores[1].lease(KEY, "you", 60), "only the owner gives it back"
        await stores[0].release(KEY, "me")
        assert await stores[1].lease(KEY, "you", 60)

    async def test_a_lease_runs_out(self, stores: tuple[Store, Store]) -> None:
        await stores[0].lease(KEY, "me", 0.05)
        async with asyncio.timeout(PATIENCE):
            while not await stores[1].lease(KEY, "you", 60):
                await asyncio.sleep(0.01)

    async def test_events_come_in_order_to_both(self, stores: tuple[Store, Store]) -> None:
        ids = [await stores[0].append(KEY, b"%d" % n) for n in range(20)]
        for store in stores:
            events = await store.read(KEY, "", 0)
            assert [event for _, event in events] == [b"%d" % n for n in range(20)]
            assert [number for number, _ in events] == ids
        assert len(set(ids)) == 20

    async def test_reading_after_an_id_leaves_no_gap_and_repeats_nothing(self, stores: tuple[Store, Store]) -> None:
        ids = [await stores[0].append(KEY, b"%d" % n) for n in range(5)]
        for n, number in enumerate(ids):
            assert [event for _, event in await stores[1].read(KEY, number, 0)] == [b"%d" % m for m in range(n + 1, 5)]

    @pytest.mark.parametrize("foreign", ["7", "999999999999", "0-0", "1-1", "-1", "9" * 400, "½", "../x", "\0"])
    async def test_an_id_this_log_never_gave_reads_from_the_start(
        self, stores: tuple[Store, Store], foreign: str
    ) -> None:
        await stores[0].append(OTHER, b"other")
        await stores[0].append(KEY, b"first")
        assert [event for _, event in await stores[0].read(KEY, foreign, 0)] == [b"first"]

    async def test_a_log_is_its_own(self, stores: tuple[Store, Store]) -> None:
        await stores[0].append(KEY, b"mine")
        assert await stores[0].read(OTHER, "", 0) == []

    async def test_a_reader_who_waits_is_woken_by_this_process(self, stores: tuple[Store, Store]) -> None:
        await self._woken(stores[0], stores[0])

    async def test_a_reader_who_waits_is_woken_by_another_process(self, stores: tuple[Store, Store]) -> None:
        await self._woken(stores[0], stores[1])

    async def _woken(self, writer: Store, reader: Store) -> None:
        first = await writer.append(KEY, b"old")
        waiting = asyncio.create_task(reader.read(KEY, first, PATIENCE))
        await asyncio.sleep(0)
        await writer.append(KEY, b"new")
        assert [event for _, event in await waiting] == [b"new"]

    async def test_a_wait_for_nothing_ends(self, stores: tuple[Store, Store]) -> None:
        assert await stores[0].read(KEY, "", 0.05) == []

    async def test_many_readers_each_get_everything(self, stores: tuple[Store, Store]) -> None:
        async def follow(store: Store) -> list[bytes]:
            heard: list[bytes] = []
            last = ""
            while len(heard) < 30:
                for number, event in await store.read(KEY, last, 10):
                    last = number
                    heard.append(event)
            return heard

        readers = [asyncio.create_task(follow(stores[n % 2])) for n in range(10)]
        for n in range(30):
            await stores[0].append(KEY, b"%d" % n)
        async with asyncio.timeout(PATIENCE):
            for heard in await asyncio.gather(*readers):
                assert heard == [b"%d" % n for n in range(30)]

    async def test_a_forgotten_log_begins_anew_for_one_who_read_the_old(self, stores: tuple[Store, Store]) -> None:
        last = ""
        for n in range(3):
            last = await stores[0].append(KEY, b"old %d" % n)
        await stores[0].forget(KEY)
        assert await stores[1].read(KEY, "", 0) == []
        for n in range(5):
            await stores[0].append(KEY, b"new %d" % n)
        assert [event for _, event in await stores[1].read(KEY, last, 0)] == [b"new %d" % n for n in range(5)]

    async def test_a_log_keeps_its_newest_events(self, stores: tuple[Store, Store]) -> None:
        ids: list[str] = []
        for _ in range(46):
            ids += await asyncio.gather(*(stores[0].append(KEY, b"x") for _ in range(50)))
        kept = await stores[0].read(KEY, "", 0)
        assert 2000 <= len(kept) <= 2200
        assert kept[-1][0] in ids
        assert all(first != second for (first, _), (second, _) in pairwise(kept))
