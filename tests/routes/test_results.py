"""Results over HTTP: for ever, and in other forms."""

import asyncio
import io
from hashlib import blake2b

import httpx
import numpy as np
import pytest

from serving import Serving, a_slice, events
from stable_regions.routes import bodies, encoding
from stable_regions.schemas.result import Result


async def computed(http: httpx.AsyncClient) -> str:
    key = (await http.post("/api/v1/requests", json=a_slice())).json()["key"]
    await events(http, key)
    return f"/api/v1/results/{key}"


async def test_a_result_is_immutable_and_its_tag_names_its_bytes(http: httpx.AsyncClient) -> None:
    url = await computed(http)
    answer = await http.get(url, headers={"Accept-Encoding": "identity"})
    assert answer.headers["etag"] == f'"{blake2b(answer.content, digest_size=16).hexdigest()}"'
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert Result.from_bytes(answer.content).recipe["analysis"] == "slice"
    for sent in (answer.headers["etag"], f"W/{answer.headers['etag']}", f'"other", {answer.headers["etag"]}'):
        again = await http.get(url, headers={"If-None-Match": sent})
        assert (again.status_code, again.content) == (304, b"")
    key = url.rpartition("/")[2]
    for other in ('"other"', f'"{key}"'):
        assert (await http.get(url, headers={"If-None-Match": other})).status_code == 200


async def test_another_file_of_the_same_key_has_another_tag(served: Serving) -> None:
    url = await computed(served.http)
    tags = {end: (await served.http.get(url + end)).headers["etag"] for end in ("", ".npz")}
    store, key = served.app.state.service._store, url.rpartition("/")[2]
    found = Result.from_bytes(await store.fetch(key))
    await store.put(key, Result(found.arrays, {**found.metadata, "seconds": 77.0}).to_bytes())
    for end, tag in tags.items():
        answer = await served.http.get(url + end, headers={"If-None-Match": tag})
        assert (answer.status_code, answer.headers["etag"] == tag) == (200, False)
        assert answer.headers["etag"].startswith('"' if end == "" else 'W/"')


async def test_a_result_travels_compressed_under_a_tag_of_its_own(http: httpx.AsyncClient) -> None:
    url = await computed(http)
    plain = await http.get(url, headers={"Accept-Encoding": "identity"})
    packed = await http.get(url, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content)
    assert packed.content == plain.content
    assert packed.headers["etag"] != plain.headers["etag"]
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    for tag in (packed.headers["etag"], plain.headers["etag"]):
        assert (await http.get(url, headers={"If-None-Match": tag})).status_code == 304


async def test_many_who_ask_at_once_have_it_compressed_once(
    http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, times = await computed(http), 0
    monkeypatch.setattr(bodies, "AT_ONCE", 0)

    def counted(plain: bytes) -> encoding.Body:
        nonlocal times
        times += 1
        return encoding.compressed(plain)

    monkeypatch.setattr(bodies, "compressed", counted)
    answers = await asyncio.gather(*(http.get(url) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert times == 1


async def test_the_same_arrays_come_as_npz(http: httpx.AsyncClient) -> None:
    url = await computed(http)
    arrays = np.load(io.BytesIO((await http.get(f"{url}.npz")).content), allow_pickle=False)
    result = Result.from_bytes((await http.get(url)).content)
    assert np.array_equal(arrays["square"], result["square"])


async def test_what_is_not_there_yet_says_when_to_come_back(http: httpx.AsyncClient) -> None:
    key = (await http.post("/api/v1/requests", json=a_slice())).json()["key"]
    answer = await http.get(f"/api/v1/results/{key}")
    if answer.status_code != 200:
        assert answer.status_code == 404
        assert answer.json()["type"] == "urn:stable-regions:not-ready"
        assert int(answer.headers["retry-after"]) >= 1
