from collections.abc import Callable

import pytest

from stable_regions.errors import TooCostly, UnknownRevision
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.model import ModelRef
from stable_regions.settings import MIB, Settings

STEPS = [ModelRef(name="tiny-neox", revision=revision) for revision in ("step0", "step8", "step16-tokens2K")]


def test_a_checkpoint_is_loaded_once(models: ModelCache) -> None:
    assert models.model(STEPS[0]) is models.model(STEPS[0])


def test_the_least_recently_used_leaves_first(models: ModelCache) -> None:
    one = models.model(STEPS[0]).bytes
    assert one < MIB < 2**21
    models.settings = models.settings.model_copy(update={"model_bytes": round(2.5 * one)})
    first, second = models.model(STEPS[0]), models.model(STEPS[1])
    models.model(STEPS[0])
    models.model(STEPS[2])
    assert models.resident() <= 2.5 * one
    assert models.model(STEPS[0]) is first
    assert models.model(STEPS[1]) is not second


def test_what_is_read_ahead_is_there_when_asked_for(models: ModelCache) -> None:
    current = models.model(STEPS[0])
    models.prefetch(STEPS[1])
    ahead = models.model(STEPS[1])
    assert ahead.ref == STEPS[1]
    assert models.model(STEPS[0]) is current


def test_reading_ahead_never_pushes_out_the_checkpoint_in_use(models: ModelCache) -> None:
    current = models.model(STEPS[0])
    models.settings = models.settings.model_copy(update={"model_bytes": round(1.5 * current.bytes)})
    models.prefetch(STEPS[1])
    assert models.model(STEPS[0]) is current


def test_reading_ahead_what_is_not_there_is_told_to_whoever_asks(models: ModelCache) -> None:
    absent = ModelRef(name="tiny-neox", revision="step9")
    models.prefetch(absent)
    with pytest.raises(UnknownRevision, match="step9"):
        models.model(absent)


def test_a_model_larger_than_the_budget_is_refused_with_both_numbers(
    catalogue: Catalogue, make_settings: Callable[..., Settings]
) -> None:
    small = ModelCache(catalogue, make_settings().model_copy(update={"model_bytes": 1000}))
    with pytest.raises(TooCostly, match=r"takes .* GiB in float32; this server keeps"):
        small.model(STEPS[0])
    small.close()
