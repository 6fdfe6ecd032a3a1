"""A cell shown: how the sharpness of its pairs is distributed, a row a pair."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from stable_regions.pictures.chart import Axis, Chart
from stable_regions.pictures.series import histogram
from stable_regions.pictures.show import Absent, Columns, Show
from stable_regions.schemas.path import CONTROLS
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    pass


def chart(result: Result, parts: Sequence[Result]) -> Chart:
    """How the sharpness of a cell's pairs is distributed."""
    values = result["sharpness"].astype(float)
    recipe = result.recipe
    model = recipe["model"]
    assert isinstance(model, dict)
    return Chart(
        title=f"{model['name']} {model['revision']}, layer {recipe['write_layer']}",
        x=Axis(f"sharpness under {recipe['distance']} (last bar: and above)", low=0),
        y=Axis("pairs", low=0),
        lines=histogram([("pairs", values[~np.isnan(values)])]),
    )


def table(result: Result) -> Columns:
    """One row a pair."""
    prompts = result.metadata["prompts"]
    assert isinstance(prompts, list)
    return {
        "pair": range(len(prompts) - 1),
        "prompt_a": prompts[:-1],
        "prompt_b": prompts[1:],
        "sharpness": result["sharpness"],
        "width_alpha": result["width"],
        **{f"{name}_sharpness": result["control"][row] for row, name in enumerate(CONTROLS)},
        f"end_distance_{result.recipe['distance']}": result["end_distance"],
    }


SHOW = Show(
    table=table,
    chart=chart,
    picture=Absent("It is no picture of a plane; take its chart, .svg."),
    film=Absent("It does not move; take its chart, .svg."),
)
