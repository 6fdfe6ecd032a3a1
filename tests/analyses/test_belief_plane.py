"""Beliefs of a plane against those of the histories that span it; what no process can be asked of is refused."""

import numpy as np
import pytest

from analyses.asked import ready
from stable_regions.analyses import REGISTRY
from stable_regions.analyses.belief.schema import BeliefRequest
from stable_regions.analyses.belief_plane.schema import BeliefPlaneRequest
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.errors import InvalidFields
from stable_regions.models.model_cache import ModelCache
from stable_regions.models.resolve import resolve
from stable_regions.schemas.result import Result

LAST = {"name": "mess3-2l", "revision": "step3000"}
WORDS = ("AAAAA", "BBBBB", "CCCCC")
PLANE = {
    "model": LAST,
    "prompts": WORDS,
    "write_layer": 0,
    "window": {"alpha": [0, 1], "beta": [0, 1]},
    "resolution": 17,
}


@pytest.fixture
def found(models: ModelCache) -> Result:
    return ready(BeliefPlaneRequest.model_validate(PLANE), models)[-1].result


def test_at_the_anchors_the_plane_says_what_is_read_off_their_own_histories(found: Result, models: ModelCache) -> None:
    asked = {"model": LAST, "places": ["final"], "length": 7}
    read = ready(BeliefRequest.model_validate(asked), models)[-1].result["decoded"][0]
    shorter = sum(3**n for n in range(1, 5))  # histories before those of five tokens, which stand as words in a book
    assert found["belief"][0, 0] == pytest.approx(read[shorter], abs=2e-4)  # AAAAA
    assert found["belief"][0, 16] == pytest.approx(read[shorter + (3**5 - 1) // 2], abs=2e-4)  # BBBBB
    assert found["r2"][0] > 0.998


def test_beliefs_sum_to_one_and_words_are_the_nearest(found: Result) -> None:
    belief, naming = found["belief"].astype(float), found["word_belief"]
    assert belief.sum(axis=2) == pytest.approx(1, abs=1e-5)
    apart = np.linalg.norm(belief[:, :, None] - naming, axis=3)
    assert np.array_equal(found["word"], apart.argmin(axis=2))
    words = found.metadata["words"]
    assert isinstance(words, list)
    assert (words[0], words[3], len(words)) == ("A", "AA", 39)


def test_distances_and_names_are_the_slices_own(found: Result, models: ModelCache) -> None:
    own = ready(SliceRequest.model_validate(PLANE), models)[-1].result
    assert found["distance"] == pytest.approx(own["distance"], abs=1e-5)
    assert found["alpha"] == pytest.approx(own["alpha"])


def test_it_is_shown_as_a_picture_a_table_and_a_figure(found: Result) -> None:
    from stable_regions.pictures.look import Look

    show = REGISTRY["belief_plane"].show
    image = show.picture(found, [], Look(size=68))  # pyright: ignore
    red, green, blue = np.asarray(image)[-1, 0]
    assert red > 200 > max(green, blue)  # A, at the lower left
    columns = show.table(found)  # pyright: ignore
    assert len(columns["word"]) == 17 * 17
    assert len(show.figure(found, [], Look()).data) >= 2  # pyright: ignore


def test_a_model_of_text_has_no_beliefs_and_says_so(models: ModelCache) -> None:
    text = {"name": "facts-4l", "revision": "step1536"}
    with pytest.raises(InvalidFields, match="trained on text"):
        resolve(BeliefPlaneRequest.model_validate({**PLANE, "model": text}), models.catalogue, models.settings)
