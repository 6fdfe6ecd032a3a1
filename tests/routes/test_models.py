"""One model's card, and the price of a request, over HTTP."""

import httpx

from serving import a_slice, events


async def test_a_folder_s_model_has_a_document(http: httpx.AsyncClient) -> None:
    answer = await http.get("/api/v1/models/tiny-neox")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"
    document = answer.json()
    assert [row["revision"] for row in document["card"]["revisions"]] == ["step0", "step8", "step16-tokens2K"]
    assert document["on_disk"] == ["step0", "step8", "step16-tokens2K"]
    assert {row["how"]: row["revisions"] for row in document["selections"]} == {
        "log-8": ["step0", "step8", "step16-tokens2K"],
        "last": ["step16-tokens2K"],
    }
    assert document["listed_at"] is None


async def test_an_unknown_model_one_outside_the_list_and_no_name_are_refused_in_words(http: httpx.AsyncClient) -> None:
    unknown = await http.get("/api/v1/models/tiny-nex")
    assert (unknown.status_code, "tiny-neox" in unknown.json()["detail"]) == (404, True)
    outside = await http.get("/api/v1/models/someone/else")
    assert (outside.status_code, "STABLE_REGIONS_HUB_MODELS" in outside.json()["next"]) == (404, True)
    climbing = await http.get("/api/v1/models/EleutherAI/x..y")
    assert (climbing.status_code, "stays inside" in climbing.json()["detail"]) == (422, True)
    offline = await http.get("/api/v1/models/EleutherAI/pythia-14m")
    assert (offline.status_code, "STABLE_REGIONS_OFFLINE" in offline.json()["next"]) == (424, True)


async def test_the_price_of_what_is_on_disk_is_memory_alone(http: httpx.AsyncClient) -> None:
    price = (await http.post("/api/v1/offers", json=a_slice())).json()["estimate"]
    assert (price["points"], price["passes"], price["missing"]) == (867, 1, [])
    assert (price["download_bytes"], price["download_files"]) == (0, 0)
    assert price["memory_bytes"] > 0
    assert price["disk_free_bytes"] > 0


async def test_a_price_begins_nothing(http: httpx.AsyncClient) -> None:
    await http.post("/api/v1/offers", json=a_slice())
    ticket = (await http.post("/api/v1/requests", json=a_slice())).json()
    assert ticket["estimate"]["download_bytes"] is None
    assert ticket["estimate"]["memory_bytes"] > 0
    names = [name for _, name, _ in await events(http, ticket["key"])]
    assert names[-1] == "done"


async def test_a_checkpoint_that_cannot_be_had_is_named_in_the_price(http: httpx.AsyncClient) -> None:
    film = {"analysis": "animation", "slice": a_slice(), "revisions": ["step8", "step7"]}
    (missing,) = (await http.post("/api/v1/offers", json=film)).json()["estimate"]["missing"]
    assert (missing["model"], missing["revision"], missing["problem"]["status"]) == ("tiny-neox", "step7", 404)


async def test_what_can_never_be_computed_has_no_price(http: httpx.AsyncClient) -> None:
    assert (await http.post("/api/v1/offers", json=a_slice(write_layer=7))).status_code == 422
    assert (await http.post("/api/v1/offers", content="{}")).status_code == 400
