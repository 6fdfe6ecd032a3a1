"""Projections on paper, and of prompts whose answers are known."""

import numpy as np
import pytest
from pydantic import ValidationError

from analyses.asked import ready
from paper import on_paper
from stable_regions.analyses.projection.compute import projected
from stable_regions.analyses.projection.schema import ProjectionRequest
from stable_regions.engine.writer import Clean
from stable_regions.errors import PromptRefused
from stable_regions.models.model_cache import ModelCache
from stable_regions.models.resolve import resolve
from stable_regions.schemas.result import Result

CAPITALS = ("The capital of France is", "Japan is governed from the city of", "People in Brazil mostly speak")


def asked(*extra: str, **fields: object) -> ProjectionRequest:
    model = {"name": "facts-12l", "revision": "step1536"}
    given: dict[str, object] = {"model": model, "prompts": CAPITALS, "write_layer": 2, "extra": extra}
    return ProjectionRequest.model_validate(given | fields)


def answer(models: ModelCache, *extra: str, **fields: object) -> Result:
    return ready(asked(*extra, **fields), models)[-1].result


def test_what_stands_above_the_paper_falls_on_its_foot(models: ModelCache) -> None:
    slice_plane = on_paper(models)
    # The plane is (1 + 2α, 4β, 0); a prompt at (2, 3, 6) stands 6 above (½, ¾).
    anchor = slice_plane.cleans[0].anchor.new_tensor([2.0, 3.0, 6.0, *[0.0] * 29])
    found = projected(slice_plane, [Clean([0, 1], anchor, anchor)])
    assert found["coordinates"].tolist() == [pytest.approx([0.5, 0.75])]
    assert found["off_plane"].tolist() == pytest.approx([6])
    assert found["off_plane_share"].tolist() == pytest.approx([3])
    assert found["token"][0, 0] == 2
    assert found["name"].tolist() == [1]
    nearest = slice_plane.cleans[int(found["nearest"][0])]
    there = anchor.new_tensor([2.0, 3.0, 0.0, *[0.0] * 29]) + (nearest.final - nearest.anchor)
    assert found["map_error"].tolist() == pytest.approx([float((there - anchor).norm())], rel=1e-5)


def test_the_map_foretells_what_means_the_same_and_not_what_it_does_not_hold(models: ModelCache) -> None:
    found = answer(
        models, "The capital of Japan is", "France is governed from the city of", "The money of Japan is the"
    )
    names = found.metadata["tokens"]
    assert isinstance(names, dict)
    own = [names[str(token)] for token in found["token"][:, 0]]
    told = [names[str(token)] for token in found["name"]]
    assert own == ["Tokyo", "Paris", "yen"]
    assert told[:2] == own[:2]
    assert (found["map_error"][:2] < 0.05).all()
    assert found["map_error"][2] > 0.5
    assert found["nearest"].tolist()[:2] == [1, 0]


def test_what_is_read_at_the_projection_is_what_a_point_reads(models: ModelCache) -> None:
    from stable_regions.analyses.point.schema import PointRequest

    found = answer(models, "The capital of Japan is")
    alpha, beta = (float(place) for place in found["coordinates"][0])
    shared = {name: getattr(asked("x"), name) for name in ("model", "prompts", "write_layer")}
    point = ready(PointRequest(**shared, alpha=alpha, beta=beta), models)[-1].result
    assert np.allclose(found["distance"][0], point["distance"], atol=1e-5)
    assert found["name"][0] == point["token"][found["nearest"][0], 0]


def test_shapes_kinds_and_words(models: ModelCache) -> None:
    found = answer(models, "The capital of Japan is", "The money of Japan is the", tilt={"degrees": 10})
    assert {name: (array.dtype.name, array.shape) for name, array in found.arrays.items()} == {
        "anchors": ("float32", (3, 2)),
        "coordinates": ("float32", (2, 2)),
        "off_plane": ("float32", (2,)),
        "off_plane_share": ("float32", (2,)),
        "token": ("int32", (2, 5)),
        "probability": ("float32", (2, 5)),
        "distance": ("float32", (2, 3)),
        "nearest": ("int32", (2,)),
        "name": ("int32", (2,)),
        "map_error": ("float32", (2,)),
    }
    assert set(found.metadata["units"]) == set(found.arrays)  # pyright: ignore[reportArgumentType]
    extra = found.metadata["extra"]
    assert isinstance(extra, list)
    assert [row["text"] for row in extra if isinstance(row, dict)] == [
        "The capital of Japan is",
        "The money of Japan is the",
    ]
    prompts = found.metadata["prompts"]
    assert isinstance(prompts, list)
    assert len(prompts) == 3
    assert (
        found.metadata["key"]
        == resolve(
            asked("The capital of Japan is", "The money of Japan is the", tilt={"degrees": 10}),
            models.catalogue,
            models.settings,
        ).key
    )


def test_a_prompt_that_is_an_anchor_already_is_refused(models: ModelCache) -> None:
    with pytest.raises(PromptRefused, match="same tokens"):
        resolve(asked(CAPITALS[0]), models.catalogue, models.settings)


@pytest.mark.parametrize("extra", [(), tuple(f"p{k}" for k in range(17))])
def test_none_or_too_many_are_refused(extra: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError):
        asked(*extra)
