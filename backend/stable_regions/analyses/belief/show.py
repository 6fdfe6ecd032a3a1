"""Beliefs shown: what is believed beside what was read; scores by place."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from stable_regions.pictures.chart import Axis, Chart, Line
from stable_regions.pictures.look import Look
from stable_regions.pictures.series import listed, numbers
from stable_regions.pictures.show import Absent, Columns, Show
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    from PIL import Image

SCORES = ("mse", "r2", "r2_held_out", "r2_shuffled")


def table(result: Result) -> Columns:
    """One row a place."""
    zoom = np.asarray(result["zoom"])
    return {
        "place": listed(result.recipe["places"]),
        "columns": result["dims"],
        **{name: result[name] for name in SCORES},
        **{f"zoom_{level}": zoom[:, level] for level in range(zoom.shape[1])},
    }


def chart(result: Result, parts: Sequence[Result]) -> Chart:
    """The mean loss after so many tokens, and the least there is."""
    seen = [float(n + 1) for n in range(len(result["loss"]))]
    model = result.recipe["model"]
    name = f"{model['name']}, {model['revision']}" if isinstance(model, dict) else ""
    lines = [
        Line("model", seen, numbers(result["loss"])),
        Line("least", seen, numbers(result["floor"]), kind="line", look=1),
    ]
    return Chart(f"{name}: loss by tokens seen", Axis("tokens seen"), Axis("nats"), lines)


def picture(result: Result, parts: Sequence[Result], look: Look) -> "Image.Image":
    """What is believed, beside what was read."""
    from stable_regions.pictures.simplex import read_beliefs

    return read_beliefs(result, look)


SHOW = Show(table=table, chart=chart, picture=picture, film=Absent("It is one checkpoint; ask for a belief_film."))
