import io

import numpy as np
import pytest

from stable_regions.schemas.result import Result, is_provisional

RESULT = Result(
    arrays={
        "distance": np.arange(6, dtype=np.float32).reshape(1, 2, 3),
        "top_token": np.array([[1, -1]], dtype=np.int32),
    },
    metadata={"recipe": {"analysis": "slice", "prompts": ["für", "\u2603"]}, "seconds": 1.5, "sharpness": None},
)


def test_a_result_reads_back_from_its_file() -> None:
    back = Result.from_bytes(RESULT.to_bytes())
    assert back.metadata == RESULT.metadata
    for name, array in RESULT.arrays.items():
        assert back[name].dtype == array.dtype
        assert np.array_equal(back[name], array)


def test_the_same_result_is_the_same_bytes() -> None:
    turned = Result(arrays=dict(reversed(RESULT.arrays.items())), metadata=dict(reversed(RESULT.metadata.items())))
    assert turned.to_bytes() == RESULT.to_bytes()


@pytest.mark.parametrize("file", [b"", b"\0" * 8, RESULT.to_bytes()[:-1], b"\xff" * 64])
def test_bytes_that_are_no_result_are_refused(file: bytes) -> None:
    with pytest.raises(ValueError, match="not a result file"):
        Result.from_bytes(file)


def test_npz_needs_no_pickle() -> None:
    opened = np.load(io.BytesIO(RESULT.to_npz()), allow_pickle=False)
    assert np.array_equal(opened["distance"], RESULT["distance"])
    assert "für" in str(opened["meta"])


def test_a_file_says_whether_asking_again_may_give_more_and_no_prompt_says_it_for_it() -> None:
    assert is_provisional(Result(RESULT.arrays, {"provisional": True}).to_bytes())
    assert not is_provisional(RESULT.to_bytes())
    assert not is_provisional(Result(RESULT.arrays, {"recipe": {"prompts": ['"provisional":"true"']}}).to_bytes())
    assert not is_provisional(b"")
