"""Which content coding is sent, under which tag, and what is held of it."""

import gzip
import random

import pytest

from stable_regions.routes.bodies import Bodies
from stable_regions.routes.encoding import Body, compressed, has_already, taken


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=0", "identity"),
        ("*", "br"),
        ("*;q=0, gzip", "gzip"),
        ("zstd", "identity"),
        ("gzip;q=much", "identity"),
        ("", "identity"),
        (None, "identity"),
    ],
)
def test_the_coding_is_one_that_the_asker_takes(header: str | None, coding: str):
    assert taken(header, ("br", "gzip")) == coding


def test_what_is_not_offered_is_not_sent():
    assert taken("br, gzip", ("gzip",)) == "gzip"
    assert taken("br, gzip", ()) == "identity"


def test_zeros_are_compressed_and_noise_and_little_are_not():
    zeros, noise = bytes(100_000), random.Random(0).randbytes(100_000)
    assert gzip.decompress(compressed(zeros).coded["gzip"]) == zeros
    assert not compressed(noise).coded
    assert not compressed(bytes(100)).coded


def test_equal_bytes_have_one_tag_and_others_another():
    assert Body(b"one").digest == Body(b"one").digest != Body(b"two").digest


def test_a_tag_is_known_again_among_others_and_weakly():
    assert has_already('"a", W/"b"', ['"b"'])
    assert has_already("*", ['"b"'])
    assert not has_already('"a"', ['"b"'])
    assert not has_already("", ['"b"'])


async def test_another_file_of_a_key_is_another_body():
    bodies = Bodies(10**6)
    first = await bodies.of("key", bytes(20_000))
    assert (await bodies.of("key", bytes(20_000))) is first
    assert (await bodies.of("key", b"other")).plain == b"other"
    assert (await bodies.of("key", b"other")).digest != first.digest


async def test_no_more_is_held_than_allowed():
    bodies = Bodies(100_000)
    for number in range(20):
        await bodies.of(str(number), random.Random(number).randbytes(20_000))
    assert 60_000 <= bodies.size <= 100_000
    large = await bodies.of("large", random.Random(99).randbytes(50_000))
    assert (await bodies.of("large", large.plain)) is not large
