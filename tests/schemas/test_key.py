import pytest
from pydantic import ValidationError

from stable_regions.analyses import REQUEST
from stable_regions.analyses.animation.schema import AnimationRequest
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.schemas.key import canonical, key_of
from tiny import PROMPTS

PLAIN = {"analysis": "slice", "model": {"name": "facts-12l", "revision": "step8"}, "prompts": PROMPTS, "write_layer": 2}


def slice_request(**fields: object) -> SliceRequest:
    return SliceRequest.model_validate(PLAIN | fields)


def test_a_default_written_out_changes_no_key() -> None:
    written = slice_request(distance="hellinger", contexts="own", resolution=65, exact=True)
    assert key_of(slice_request(), ["w"]) == key_of(written, ["w"])


def test_the_order_of_fields_changes_no_key() -> None:
    turned = SliceRequest.model_validate(dict(reversed(PLAIN.items())))
    assert key_of(slice_request(), ["w"]) == key_of(turned, ["w"])


@pytest.mark.parametrize(
    "change",
    [
        {"write_layer": 3},
        {"distance": "l2"},
        {"contexts": "first"},
        {"resolution": 33},
        {"exact": False},
        {"prepend_bos": False},
        {"model": {"name": "facts-12l", "revision": "step8", "dtype": "float64"}},
        {"window": {"alpha": (0.0, 1.0), "beta": (-0.25, 1.25)}},
        {"prompts": (PROMPTS[1], PROMPTS[0], PROMPTS[2])},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_changes_the_numbers_changes_the_key(change: dict[str, object]) -> None:
    assert key_of(slice_request(), ["w"]) != key_of(slice_request(**change), ["w"])


def test_other_weights_and_another_version_change_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key_of(slice_request(), ["w"])
    assert key_of(slice_request(), ["other"]) != before
    monkeypatch.setattr(SliceRequest, "version", SliceRequest.version + 1)
    assert key_of(slice_request(), ["w"]) != before


def test_canonical_json_reads_back_as_the_request() -> None:
    asked = slice_request(distance="js", resolution=9)
    assert REQUEST.validate_json(canonical(asked)) == asked


def test_parts_of_a_slice_are_the_coarser_levels() -> None:
    assert [part.resolution for part in slice_request(resolution=129).parts()] == [9, 17, 33, 65]


def test_a_film_begins_with_the_frame_on_screen() -> None:
    film = AnimationRequest(slice=slice_request(resolution=33), revisions=("step0", "step8", "step16"))
    said = [(part.model.revision, part.resolution) for part in film.parts()]
    assert said == [
        ("step8", 9),
        ("step8", 17),
        ("step8", 33),
        ("step0", 17),
        ("step16", 17),
        ("step0", 33),
        ("step16", 33),
    ]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"colour": "red"}, "Extra inputs are not permitted"),
        ({"resolution": 64}, "Input should be 9, 17, 33"),
        ({"resolution": "65"}, "Input should be 9, 17, 33"),
        ({"write_layer": -1}, "greater than or equal to 0"),
        ({"write_layer": True}, "valid integer"),
        ({"prompts": ("a", "b")}, "Field required"),
        ({"prompts": ("a", "b", "a")}, "prompts A and C are the same"),
        ({"prompts": ("a", "b", "")}, "at least 1 item"),
        ({"prompts": ("a", "b", "\ud800")}, "lone surrogate"),
        ({"window": {"alpha": (1.0, 0.0)}}, "is not below the high end"),
        ({"window": {"alpha": (0.0, float("nan"))}}, "finite number"),
        ({"window": {"alpha": (0.0, 1e9)}}, "less than or equal to 100"),
        ({"model": {"name": "../../etc"}}, "should match pattern"),
        ({"model": {"name": "a/../b"}}, "stays inside its folder"),
        ({"distance": "manhattan"}, "Input should be 'l2'"),
    ],
)
def test_a_request_that_is_not_right_is_refused_in_words(fields: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        slice_request(**fields)


def test_a_checkpoint_named_twice_is_refused() -> None:
    with pytest.raises(ValidationError, match="'step8' is named twice"):
        AnimationRequest(slice=slice_request(), revisions=("step8", "step8"))
