"""Results over HTTP: for ever, and in other forms."""

import io

import httpx
import numpy as np

from serving import a_slice, events
from stable_regions.schemas.result import Result


async def computed(http: httpx.AsyncClient) -> str:
    key = (await http.post("/api/v1/requests", json=a_slice())).json()["key"]
    await events(http, key)
    return f"/api/v1/results/{key}"


async def test_a_result_is_immutable_and_named_by_its_key(http: httpx.AsyncClient) -> None:
    url = await computed(http)
    answer = await http.get(url)
    assert answer.headers["etag"] == f'"{url.rpartition("/")[2]}"'
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert Result.from_bytes(answer.content).recipe["analysis"] == "slice"
    for sent in (answer.headers["etag"], f"W/{answer.headers['etag']}", f'"other", {answer.headers["etag"]}'):
        again = await http.get(url, headers={"If-None-Match": sent})
        assert (again.status_code, again.content) == (304, b"")
    assert (await http.get(url, headers={"If-None-Match": '"other"'})).status_code == 200


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
