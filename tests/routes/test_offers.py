"""The price of a request over HTTP."""

import httpx

from serving import a_slice, events


async def test_the_price_is_said_first_and_asking_costs_nothing_afterwards(http: httpx.AsyncClient) -> None:
    answer = await http.post("/api/v1/offers", json=a_slice())
    assert answer.status_code == 200
    offer = answer.json()
    assert (offer["there"], offer["parts"], offer["ready"], offer["estimate"]["points"]) == (False, 0, [], 867)
    assert (await http.get(f"/api/v1/requests/{offer['key']}")).status_code == 404, "nothing was started"
    key = (await http.post("/api/v1/requests", json=a_slice())).json()["key"]
    await events(http, key)
    again = (await http.post("/api/v1/offers", json=a_slice())).json()
    assert (again["key"], again["there"], again["estimate"]["points"]) == (key, True, 0)


async def test_what_cannot_be_computed_is_refused(http: httpx.AsyncClient) -> None:
    answer = await http.post("/api/v1/offers", json=a_slice(write_layer=7))
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
