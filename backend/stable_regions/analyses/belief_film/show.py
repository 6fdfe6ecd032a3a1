"""A film of beliefs shown: the fractal while it appears; scores over training."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from stable_regions.pictures.chart import Axis, Chart, Line
from stable_regions.pictures.look import Look
from stable_regions.pictures.series import lies_over, listed, numbers
from stable_regions.pictures.show import Columns, Show
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    from PIL import Image


def table(result: Result) -> Columns:
    """One row a checkpoint and place."""
    places = [str(place) for place in listed(result.metadata["places"])]
    frames = len(result["step"])
    loss, floor = (np.asarray(result[name], dtype=np.float64) for name in ("loss", "floor"))
    gap = 1000 * (loss - floor).mean(axis=1)
    zoom = np.asarray(result["zoom"])
    return {
        "step": np.repeat(result["step"], len(places)),
        "place": places * frames,
        **{name: np.asarray(result[name]).reshape(-1) for name in ("mse", "r2", "r2_held_out", "r2_shuffled")},
        **{f"zoom_{level}": zoom[:, :, level].reshape(-1) for level in range(zoom.shape[2])},
        "gap_mnat": np.repeat(gap, len(places)),
    }


def chart(result: Result, parts: Sequence[Result]) -> Chart:
    """R² of each place over training."""
    over, along = lies_over(result)
    places = [str(place) for place in listed(result.metadata["places"])]
    lines = [Line(place, numbers(over), numbers(result["r2"][:, n]), look=n) for n, place in enumerate(places)]
    return Chart("R² by place over training", Axis(along, logarithmic=True), Axis("R², in sample"), lines)


def frame_images(result: Result, parts: Sequence[Result], look: Look) -> "Sequence[Image.Image]":
    """What is believed beside what is read, one image a checkpoint."""
    from stable_regions.pictures.simplex import read_beliefs

    return [read_beliefs(frame, look) for frame in parts]


def picture(result: Result, parts: Sequence[Result], look: Look) -> "Image.Image":
    """The last checkpoint."""
    return frame_images(result, parts[-1:], look)[0]


SHOW = Show(table=table, chart=chart, picture=picture, film=frame_images, brings="frames")
