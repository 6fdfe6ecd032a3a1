"""Frames and what is said in them come back as they went."""

import asyncio
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stable_regions.analyses.report import Progress
from stable_regions.errors import DegeneratePlane
from stable_regions.settings import Settings
from stable_regions.workers.base import Job, Message, PartReadyMessage, PartSkippedMessage, Refused
from stable_regions.workers.framing import frame, receive, receive_blocking
from stable_regions.workers.messages import (
    Cancel,
    Hello,
    Run,
    Said,
    Turn,
    from_worker,
    opening,
    order_in,
    said_in,
    settings_in,
    to_worker,
)

PROBLEM = DegeneratePlane("The anchors lie on one line: «α».", "Choose others.").problem()


@given(st.dictionaries(st.text(min_size=1), st.text() | st.integers() | st.booleans()), st.lists(st.binary()))
def test_a_frame_comes_back_as_it_went(header: dict[str, str | int | bool], blobs: list[bytes]) -> None:
    header.pop("blobs", None)
    assert receive_blocking(io.BytesIO(frame(header, blobs))) == (header, blobs)


async def test_frames_come_one_after_another_and_a_cut_one_is_the_end() -> None:
    reader = asyncio.StreamReader()
    whole = frame({"a": 1}, [b"xy"])
    reader.feed_data(whole + whole + whole[:-1])
    reader.feed_eof()
    for _ in range(2):
        assert await receive(reader) == ({"a": 1}, [b"xy"])
    with pytest.raises(EOFError):
        await receive(reader)
    with pytest.raises(EOFError):
        receive_blocking(io.BytesIO(whole[:-1]))


@pytest.mark.parametrize(
    "order",
    [Cancel(7), Run(3, Job("k", "{}", ("w", "v"), "batch", {"p": b"\0\1", "q": b""})), Run(1, Job("k", "{«}", ()))],
)
def test_an_order_comes_back_as_it_went(order: Run | Cancel) -> None:
    assert order_in(receive_blocking(io.BytesIO(to_worker(order)))) == order


@pytest.mark.parametrize(
    "message",
    [
        Progress("points", 1, 2),
        PartReadyMessage("k", "{}", b"\0" * 9),
        PartReadyMessage("k", "{}", b""),
        PartSkippedMessage("{}", PROBLEM),
        Refused(PROBLEM),
    ],
)
def test_a_message_comes_back_as_it_went(message: Message) -> None:
    assert said_in(receive_blocking(io.BytesIO(from_worker(Said(4, message))))) == Said(4, message)


def test_hello_and_turns_come_back_as_they_went() -> None:
    for said in (Hello(), Turn(0), Turn(12)):
        assert said_in(receive_blocking(io.BytesIO(from_worker(said)))) == said


def test_the_worker_learns_the_settings_and_not_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STABLE_REGIONS_QUEUE", "5")
    settings = Settings(token="a long secret of ours", threads=3, queue=7)
    sent = opening(settings)
    assert b"secret" not in sent
    assert settings_in(receive_blocking(io.BytesIO(sent))) == settings.model_copy(update={"token": None})
