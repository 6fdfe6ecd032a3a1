"""A slice that can be worked out with a pencil: the window is cut into three countries, one around each anchor."""

import numpy as np
import pytest

from stable_regions.schemas.result import Result

TOKENS = {"7": " Paris", "8": " Tokyo", "9": " Portuguese"}


def paper_slice(resolution: int = 17, revision: str = "step64", reach: float = 1.0) -> Result:
    """Distances grow with the way to each anchor, up to `reach`; the token is that of the nearest anchor."""
    alpha = np.linspace(-0.25, 1.25, resolution, dtype=np.float32)
    beta = np.linspace(-0.25, 1.25, resolution, dtype=np.float32)
    anchors = np.array([[0, 0], [1, 0], [0.5, 1]], dtype=np.float32)
    a, b = np.meshgrid(alpha, beta)
    way = np.stack([np.hypot(a - x, b - y) for x, y in anchors]).astype(np.float32)
    distance = (reach * np.minimum(way / 1.5, 1)).astype(np.float32)
    nearest = np.argmin(distance, axis=0)
    top = np.broadcast_to(np.array([7, 8, 9], dtype=np.int32)[nearest], (3, resolution, resolution))
    recipe = {
        "analysis": "slice",
        "model": {"name": "facts-12l", "revision": revision},
        "prompts": ["The capital of France is", "Japan is governed from the city of", "People in Brazil mostly speak"],
        "write_layer": 2,
        "distance": "hellinger",
        "contexts": "own",
        "prepend_bos": True,
        "window": {"alpha": [-0.25, 1.25], "beta": [-0.25, 1.25]},
        "resolution": resolution,
        "exact": True,
    }
    arrays = {
        "distance": distance,
        "alpha": alpha,
        "beta": beta,
        "anchors": anchors,
        "top_token": np.ascontiguousarray(top),
        "computed": np.ones((resolution, resolution), dtype=np.uint8),
    }
    return Result(arrays=arrays, metadata={"recipe": recipe, "tokens": TOKENS, "sharpness": 3.0})


@pytest.fixture
def three_countries() -> Result:
    return paper_slice()


@pytest.fixture
def training() -> list[Result]:
    """Four checkpoints; distances grow with training."""
    steps = zip((0, 64, 512, 1536), (0.1, 0.4, 0.8, 1.0), strict=True)
    return [paper_slice(revision=f"step{step}", reach=reach) for step, reach in steps]
