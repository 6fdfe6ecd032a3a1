"""Basins of a block of a small model: anchors, honesty about what is unresolved, refusals."""

import numpy as np
import pytest
from pydantic import ValidationError

from analyses.asked import ready
from stable_regions.analyses import REGISTRY
from stable_regions.analyses.basins.schema import BasinsRequest
from stable_regions.errors import UnknownLayer
from stable_regions.models.model_cache import ModelCache
from stable_regions.pictures.look import Look
from stable_regions.schemas.result import Result
from tiny import PROMPTS


def asked(**fields: object) -> BasinsRequest:
    model = {"name": "tiny-neox", "revision": "step8"}
    given: dict[str, object] = {
        "model": model, "prompts": PROMPTS, "write_layer": 0, "resolution": 17, "iterations": 20,
    }  # fmt: skip
    return BasinsRequest.model_validate(given | fields)


@pytest.fixture
def found(models: ModelCache) -> Result:
    # The window's corners and middle are A, B and a point between: α 0, ½, 1.
    return ready(asked(window={"alpha": (0, 1), "beta": (0, 1)}), models)[-1].result


def test_anchors_stand_on_their_own_label_before_the_first_step(found: Result):
    assert found["frame"].tolist() == [0, 1, 2, 4, 8, 16, 20]
    assert (found["nearest"][0, 0, 0], found["nearest"][0, 0, -1]) == (0, 1)
    assert found["region"][0, 0] == 0
    assert found["label"].shape == (7, 17, 17)


def test_a_point_is_unresolved_exactly_where_it_neither_rests_nor_goes_round(found: Result):
    assert np.array_equal(found["limit"] < 0, found["period"] == 0)
    resolved = float((found["limit"] >= 0).mean())
    assert float(found["area"].sum()) == pytest.approx(resolved, abs=1e-6)
    assert float(str(found.metadata["unresolved"])) == pytest.approx(1 - resolved, abs=1e-6)
    assert (found["steps"][found["period"] != 1] == 20).all()


def test_the_same_request_gives_the_same_labels(found: Result, models: ModelCache):
    again = ready(asked(window={"alpha": (0, 1), "beta": (0, 1)}), models)[-1].result
    assert np.array_equal(again["label"], found["label"])


def test_attention_alone_is_another_map(found: Result, models: ModelCache):
    bare = ready(asked(map={"kind": "attention"}, window={"alpha": (0, 1), "beta": (0, 1)}), models)[-1].result
    assert not np.allclose(bare["speed"], found["speed"])


def test_a_block_that_is_not_there_and_too_fine_a_grid_are_refused_in_words(models: ModelCache):
    with pytest.raises(UnknownLayer, match="blocks"):
        ready(asked(map={"block": 40}), models)
    with pytest.raises(ValidationError, match="129 is the finest"):
        asked(resolution=257)


def test_unresolved_points_are_hatched_in_grey_and_never_in_a_limits_colour(found: Result):
    show = REGISTRY["basins"].show
    sheet = np.array(show.picture(found, (), Look()))  # type: ignore[operator]
    assert sheet.shape[1] == 6 * len(sheet) + 5 * 8  # regions, four moments, limit sets
    pixels = sheet[:, -len(sheet) :]
    scale = len(pixels) // 17
    unresolved = np.kron((found["limit"] < 0)[::-1], np.ones((scale, scale), dtype=bool))
    spread = np.ptp(pixels.astype(int), axis=2)
    assert (spread[unresolved] <= 6).all()
    assert (spread[~unresolved] > 6).all()
    assert len(show.film(found, (), Look())) == 7  # type: ignore[operator]
    assert len(list(show.table(found)["limit"])) == 289  # type: ignore[operator]
