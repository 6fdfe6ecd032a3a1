import numpy as np

from analyses.asked import PartReady, ready
from stable_regions.analyses import REGISTRY
from stable_regions.analyses.belief_film.schema import BeliefFilmRequest
from stable_regions.models.model_cache import ModelCache

LAST = {"name": "mess3-2l", "revision": "step3000"}
POST = "blocks.1.hook_resid_post"
FILM = {
    "belief": {"model": LAST, "length": 5, "places": ["embed", POST]},
    "revisions": ["step0", "step100", "step3000"],
}


def test_a_film_begins_with_the_frame_on_screen_and_names_all(models: ModelCache) -> None:
    *parts, whole = ready(BeliefFilmRequest.model_validate(FILM), models)
    assert [part.request.model.revision for part in parts] == ["step3000", "step0", "step100"]  # pyright: ignore
    assert isinstance(parts[0], PartReady)
    assert whole.result["step"].tolist() == [0, 100, 3000]
    assert whole.result["r2"].shape == (3, 2)
    assert (np.diff(whole.result["r2"][:, 1]) > 0).all()
    keys = {str(part.result.metadata["key"]) for part in parts}
    assert {frame["key"] for frame in whole.result.metadata["frames"]} == keys  # pyright: ignore


def test_a_film_is_shown_as_gif_frames_a_chart_and_a_table(models: ModelCache) -> None:
    from stable_regions.pictures.film import gif_of
    from stable_regions.pictures.look import Look

    *parts, whole = ready(BeliefFilmRequest.model_validate(FILM), models)
    show = REGISTRY["belief_film"].show
    frames = show.film(whole.result, [part.result for part in parts], Look(size=160))  # pyright: ignore
    assert len({image.size for image in frames}) == 1
    assert gif_of(frames, whole.result.recipe).startswith(b"GIF89a")
    assert np.asarray(frames[0]).max() > 200
    columns = show.table(whole.result)  # pyright: ignore
    assert list(columns["place"]) == ["embed", POST] * 3
    assert len(show.chart(whole.result, ()).lines) == 2  # pyright: ignore
