"""What the page learns first."""

import httpx

from stable_regions.analyses import REQUEST


async def test_the_catalogue_names_models_distances_and_resolutions(http: httpx.AsyncClient) -> None:
    catalogue = (await http.get("/api/v1/catalogue")).json()
    assert set(catalogue) == {
        "models", "families", "hub", "distances", "resolutions", "presets", "default", "studies", "comparisons", "paper",
        "version",
    }  # fmt: skip
    models = {model["name"]: model for model in catalogue["models"]}
    assert [r["revision"] for r in models["tiny-neox"]["revisions"]] == ["step0", "step8", "step16-tokens2K"]
    assert {d["name"] for d in catalogue["distances"]} == {"l2", "hellinger", "tv", "js", "cosine"}
    assert catalogue["resolutions"] == [9, 17, 33, 65, 129, 257, 513]


async def test_the_catalogue_says_what_the_server_does_with_the_hub(http: httpx.AsyncClient) -> None:
    hub = (await http.get("/api/v1/catalogue")).json()["hub"]
    assert "EleutherAI/*" in hub["allowed"]
    assert hub["keep"] == "keep"
    assert isinstance(hub["offline"], bool)


async def test_the_first_view_and_every_preset_can_be_asked(http: httpx.AsyncClient) -> None:
    catalogue = (await http.get("/api/v1/catalogue")).json()
    assert catalogue["presets"]
    for request in [catalogue["default"], *(preset["request"] for preset in catalogue["presets"])]:
        assert REQUEST.validate_python(request, strict=False).analysis == "animation"
