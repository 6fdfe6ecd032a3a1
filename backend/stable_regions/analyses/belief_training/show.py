"""A training shown: loss above the bound and R² at each kept step."""

from collections.abc import Sequence

import numpy as np

from stable_regions.pictures.chart import Axis, Chart, Line
from stable_regions.pictures.series import listed, numbers
from stable_regions.pictures.show import Absent, Columns, Show
from stable_regions.schemas.result import Result


def table(result: Result) -> Columns:
    """One row a kept step and place; of a part, one row a place."""
    places = [str(place) for place in listed(result.metadata["places"])]
    loss = np.atleast_2d(np.asarray(result["loss"], dtype=np.float64))
    gap = 1000 * (loss - np.asarray(result["floor"], dtype=np.float64)).mean(axis=1)
    step = result["step"] if "step" in result.arrays else np.array([_until(result)])
    return {
        "step": np.repeat(step, len(places)),
        "place": places * len(step),
        "r2": np.asarray(result["r2"]).reshape(-1),
        "gap_mnat": np.repeat(gap, len(places)),
    }


def chart(result: Result, parts: Sequence[Result]) -> Chart:
    """R² of each place over training."""
    rows = table(result)
    places = [str(place) for place in listed(result.metadata["places"])]
    steps = numbers(np.maximum(np.asarray(rows["step"], dtype=np.float64)[:: len(places)], 0.5))
    r2 = np.asarray(rows["r2"], dtype=np.float64).reshape(-1, len(places))
    lines = [Line(place, steps, numbers(r2[:, n]), look=n) for n, place in enumerate(places)]
    return Chart("R² by place over training", Axis("step", logarithmic=True), Axis("R², in sample"), lines)


def _until(result: Result) -> int:
    return int(str(result.recipe["until"]))


FILM = Absent("What is trained is a model: ask for a belief_film of it.")
SHOW = Show(table=table, chart=chart, picture=FILM, film=FILM)
