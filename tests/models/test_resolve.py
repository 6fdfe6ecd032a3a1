from collections.abc import Callable

import pytest

from stable_regions.analyses.animation.schema import AnimationRequest
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.errors import PromptRefused, TooCostly, UnknownLayer, UnknownRevision
from stable_regions.models import memory
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.resolve import ABSENT, resolve, resolve_part
from stable_regions.settings import Settings
from tiny import PROMPTS


def slice_request(**fields: object) -> SliceRequest:
    model = {"name": "tiny-neox", "revision": "step8"}
    given: dict[str, object] = {"model": model, "prompts": PROMPTS, "write_layer": 1, "resolution": 17}
    return SliceRequest.model_validate(given | fields)


def test_defaults_of_the_model_are_written_out(catalogue: Catalogue, settings: Settings) -> None:
    resolved = resolve(slice_request(), catalogue, settings)
    assert isinstance(resolved.request, SliceRequest)
    assert resolved.request.prepend_bos is True


def test_resolving_twice_changes_nothing(catalogue: Catalogue, settings: Settings) -> None:
    once = resolve(slice_request(), catalogue, settings)
    assert resolve(once.request, catalogue, settings) == once


def test_a_default_and_the_same_value_written_out_are_one_request(catalogue: Catalogue, settings: Settings) -> None:
    assert (
        resolve(slice_request(), catalogue, settings).key
        == resolve(slice_request(prepend_bos=True), catalogue, settings).key
    )


def test_a_part_has_the_key_it_has_alone(catalogue: Catalogue, settings: Settings) -> None:
    whole = resolve(slice_request(resolution=33), catalogue, settings)
    parts = [resolve_part(part, whole).key for part in whole.request.parts()]
    assert parts == [resolve(slice_request(resolution=n), catalogue, settings).key for n in (9, 17)]


def test_a_layer_that_is_not_there_is_refused(catalogue: Catalogue, settings: Settings) -> None:
    with pytest.raises(UnknownLayer, match="has 3 blocks"):
        resolve(slice_request(write_layer=3), catalogue, settings)


def test_prompts_that_are_one_to_the_model_are_refused(catalogue: Catalogue, settings: Settings) -> None:
    with pytest.raises(PromptRefused, match=r"same tokens.*outside the model's vocabulary"):
        resolve(slice_request(prompts=("zebra", "quagga", "The")), catalogue, settings)


def test_a_prompt_longer_than_the_setting_allows_is_refused(
    catalogue: Catalogue, make_settings: Callable[..., Settings]
) -> None:
    with pytest.raises(PromptRefused, match="at most 4"):
        resolve(slice_request(), catalogue, make_settings(prompt_tokens=4))


def test_work_beyond_the_limit_is_refused_with_numbers(
    catalogue: Catalogue, make_settings: Callable[..., Settings]
) -> None:
    with pytest.raises(TooCostly, match=r"867 points; .* at most 800"):
        resolve(slice_request(), catalogue, make_settings(max_points=800))


def test_an_animation_goes_on_without_a_missing_checkpoint(catalogue: Catalogue, settings: Settings) -> None:
    film = AnimationRequest(slice=slice_request(), revisions=("step0", "step7", "step8"))
    assert [w == ABSENT for w in resolve(film, catalogue, settings).weights] == [False, True, False]


def test_an_animation_of_nothing_that_is_there_is_refused(catalogue: Catalogue, settings: Settings) -> None:
    with pytest.raises(UnknownRevision, match="step7"):
        resolve(AnimationRequest(slice=slice_request(), revisions=("step7", "step9")), catalogue, settings)


def test_what_can_never_fit_beside_its_checkpoint_is_refused_with_its_numbers(catalogue: Catalogue) -> None:
    card = catalogue.card("tiny-neox").model_copy(update={"layers": 100, "d_model": 4096})
    lengths = [250, 256, 250]
    more = memory.beside(card, lengths, "float32", 3 * 17**2)
    assert more == 4 * (2 * 100 * 4096 * 756 + memory.STREAM + 867 * card.d_vocab)
    enough = memory.weights(card, "float32") + more - memory.ALLOWED
    memory.admit_work(card, lengths, "float32", 3 * 17**2, enough)
    with pytest.raises(
        TooCostly, match=r"in float32, and 3 prompts of up to 256 tokens with their points 2\.3 GiB beside"
    ):
        memory.admit_work(card, lengths, "float32", 3 * 17**2, enough - 1)
    memory.admit_work(card, lengths, "bfloat16", 3 * 17**2, enough - 1)


def test_a_small_checkpoint_needs_no_room_for_its_points_in_the_budget(
    catalogue: Catalogue, make_settings: Callable[..., Settings]
) -> None:
    size = memory.weights(catalogue.card("tiny-neox"), "float32")
    assert resolve(
        slice_request(), catalogue, make_settings(model_bytes=2**20).model_copy(update={"model_bytes": size})
    )
    with pytest.raises(TooCostly, match="this server keeps"):
        resolve(slice_request(), catalogue, make_settings().model_copy(update={"model_bytes": size - 1}))
