"""Alike to rounding: how results are compared that were not computed in one process in passes of one shape.

A matrix product is rounded otherwise on another processor, on more threads, in another process or with other rows beside
it. Equality of bits is asked only where none of that differs; everywhere else the bounds of this file are.
"""

import numpy as np
import numpy.typing as npt
from torch import Tensor

from stable_regions.schemas.result import Result

BOUND = 5e-4
"""Of numbers, relative to the largest of their array: single precision through some blocks, and the root that distances
of probabilities take of a rounding error next to an anchor."""

BORDER = 0.01
"""Of labels, the share that may differ: on a border two tokens are equally likely, and rounding decides."""


def near(found: Result, expected: Result, **bounds: float) -> None:
    """Both results hold the same arrays, alike to rounding.

    Args:
        found: one.
        expected: the other.
        bounds: for arrays of these names another bound than `BOUND`.
    """
    assert found.arrays.keys() == expected.arrays.keys()
    for name, array in expected.arrays.items():
        near_array(found[name], array, name, bounds.get(name, BOUND))


def near_array(found: npt.NDArray[np.generic], expected: npt.NDArray[np.generic], name: str, bound: float) -> None:
    """Arrays of one shape and kind; NaN is alike to NaN."""
    assert (found.shape, found.dtype) == (expected.shape, expected.dtype), name
    if found.dtype.kind == "f":
        scale = float(np.abs(expected[np.isfinite(expected)]).max(initial=0.0)) or 1.0
        np.testing.assert_allclose(found, expected, rtol=0, atol=bound * scale, equal_nan=True, err_msg=name)
    else:
        assert int((found != expected).sum()) <= BORDER * found.size, name


def likeliest(top: Tensor, logits: Tensor, bound: float = 1e-4) -> None:
    """Each row's token has the largest of its logits, or one that rounding does not tell from it."""
    short = logits.amax(dim=-1) - logits.gather(-1, top[..., None])[..., 0]
    assert float(short.max()) <= bound * float(logits.abs().max())


def mostly(found: Tensor, expected: Tensor, border: float = BORDER) -> None:
    """Labels that agree but for a share."""
    assert found.shape == expected.shape
    assert float((found != expected).double().mean()) <= border
