"""Beliefs over HTTP: asked, followed, fetched; and refused in words."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from client.served import served
from near import near
from stable_regions import BeliefFilmRequest, BeliefRequest, Client, PresentationRequest, Settings, compute
from stable_regions.errors import InvalidFields, PromptRefused

LAST = {"name": "mess3-2l", "revision": "step3000"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, tiny_folder: Path) -> Iterator[Client]:
    with served(tmp_path_factory.mktemp("server"), tiny_folder) as url, Client(url) as client:
        yield client


def test_a_presentation_comes_from_the_server_as_from_this_process(client: Client, settings: Settings):
    asked = PresentationRequest.model_validate({"process": {"name": "rrxor"}, "length": 8})
    there, here = client.compute(asked), compute(asked, settings)
    assert there["belief"] == pytest.approx(np.asarray(here["belief"]), abs=1e-12)
    assert there["entropy"] == pytest.approx(np.asarray(here["entropy"]), abs=1e-12)


def test_a_film_tells_its_frames_and_each_is_a_result_of_its_own(client: Client):
    belief = {"model": LAST, "length": 4, "places": ["embed", "final"]}
    told: list[tuple[str, int, int]] = []
    film = client.compute(
        BeliefFilmRequest.model_validate({"belief": belief, "revisions": ["step0", "step3000"]}),
        lambda stage, done, total: told.append((stage, done, total)),
    )
    assert told
    assert [frame["decoded"].shape for frame in film.frames] == [(2, 120, 3)] * 2
    near(film.frames[1], client.compute(BeliefRequest.model_validate(belief)))


@pytest.mark.parametrize(
    ("fields", "refusal", "words"),
    [
        ({"model": {"name": "facts-4l", "revision": "step1536"}}, InvalidFields, "trained on text"),
        ({"length": 11}, PromptRefused, "reads 10 tokens"),
    ],
)
def test_what_cannot_be_is_refused_in_words(client: Client, fields: dict[str, object], refusal: type, words: str):
    with pytest.raises(refusal, match=words):
        client.compute(BeliefRequest.model_validate({"model": LAST, **fields}))
