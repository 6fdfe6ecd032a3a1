import numpy as np
import pytest

from analyses.asked import ready
from stable_regions.analyses.belief.schema import BeliefRequest
from stable_regions.errors import InvalidFields, PromptRefused, UnknownLayer
from stable_regions.models.model_cache import ModelCache
from stable_regions.models.resolve import resolve
from stable_regions.schemas.result import Result

LAST = {"name": "mess3-2l", "revision": "step3000"}
POST = "blocks.1.hook_resid_post"


def request(**fields: object) -> BeliefRequest:
    return BeliefRequest.model_validate({"model": LAST, "length": 6, **fields})


def asked(models: ModelCache, **fields: object) -> Result:
    return ready(request(**fields), models)[-1].result


def test_the_last_checkpoint_holds_the_beliefs_and_the_first_does_not(models: ModelCache) -> None:
    last = asked(models)
    first = asked(models, model={"name": "mess3-2l", "revision": "step0"})
    places = last.recipe["places"]
    assert places == [
        "embed",
        *(f"blocks.{block}.hook_resid_{part}" for block in (0, 1) for part in ("mid", "post")),
        "final",
        "concat",
    ]
    post = places.index(POST)  # pyright: ignore
    assert last["decoded"].shape == (7, 1092, 3)
    assert (last["decoded"].dtype, last["r2"].dtype) == (np.float32, np.float64)
    assert last["r2"][post] > 0.998 > first["r2"][post]
    assert last["zoom"][post, 3] > 0.95 > first["zoom"][post, 3]
    assert set(last.metadata["units"]) == set(last.arrays)  # pyright: ignore


@pytest.mark.parametrize("revision", ["step0", "step50", "step3000"])
def test_what_holds_at_every_checkpoint(models: ModelCache, revision: str) -> None:
    """Loss above the bound, beliefs that sum to 1, and the embedding as good as the last token."""
    found = asked(models, model={"name": "mess3-2l", "revision": revision})
    assert (found["loss"] > found["floor"] - 1e-7).all()
    assert found["decoded"].sum(axis=2) == pytest.approx(1, abs=1e-5)
    assert found["r2"][0] == pytest.approx(found["ladder"][0], abs=1e-6)
    assert found["probabilities"].sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_the_maps_give_what_was_decoded(models: ModelCache) -> None:
    import torch

    from stable_regions.engine.histories import histories
    from stable_regions.maths.hidden_markov import hidden_markov
    from stable_regions.maths.presentation import presentation
    from stable_regions.schemas.model import ModelRef
    from stable_regions.schemas.process import Mess3

    found = asked(models, places=["embed", POST])
    rows = presentation(hidden_markov(Mess3()), 6)
    run = histories(
        models.model(ModelRef(**LAST)), [0, 1, 2], torch.from_numpy(rows.word), torch.from_numpy(rows.parent)
    )
    start = int(found["dims"][0])
    decoded = run.places[POST].double().numpy() @ found["matrix"][start:] + found["offset"][1]
    assert decoded == pytest.approx(found["decoded"][1], abs=1e-4)


def test_short_words_come_first_where_the_long_ones_are_many(models: ModelCache) -> None:
    assert [part.length for part in request(length=8, process={"name": "mess3"}).parts()] == [7]
    assert not request(length=7, process={"name": "mess3"}).parts()
    assert not request(length=10, process={"name": "rrxor"}).parts()


def test_a_frozen_probe_is_the_last_checkpoints(models: ModelCache) -> None:
    own = asked(models, places=[POST])
    frozen = asked(models, places=[POST], probe="final")
    assert frozen["decoded"] == pytest.approx(own["decoded"], abs=1e-6)
    early = {"name": "mess3-2l", "revision": "step100"}
    refitted, kept = asked(models, model=early, places=[POST]), asked(models, model=early, places=[POST], probe="final")
    assert kept["r2"][0] < refitted["r2"][0]
    assert kept["matrix"] == pytest.approx(own["matrix"], abs=1e-9)
    assert len(kept.metadata["weights"]) == 2  # pyright: ignore


@pytest.mark.parametrize(
    ("fields", "refusal", "words"),
    [
        ({"model": {"name": "facts-4l", "revision": "step1536"}}, InvalidFields, "trained on text"),
        ({"places": ["blocks.2.hook_resid_post"]}, UnknownLayer, "no place"),
        ({"length": 11}, PromptRefused, "reads 10 tokens"),
        ({"process": {"name": "product", "of": [{"name": "mess3"}, {"name": "z1r"}]}}, InvalidFields, "knows 3 tokens"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_computed(
    models: ModelCache, fields: dict[str, object], refusal: type[Exception], words: str
) -> None:
    with pytest.raises(refusal, match=words):
        resolve(request(**fields), models.catalogue, models.settings)


def test_another_process_in_the_models_tokens_may_be_asked_for(models: ModelCache) -> None:
    blurred = asked(models, process={"name": "mess3", "x": 0.15, "alpha": 0.6}, places=[POST], length=5)
    own = asked(models, places=[POST], length=5)
    assert (blurred["loss"] - blurred["floor"]).mean() > 10 * (own["loss"] - own["floor"]).mean()
