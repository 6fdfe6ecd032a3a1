"""A bifurcation diagram shown: its picture coloured by the largest exponent, the exponents as lines, a row a value."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from stable_regions.maths.mean_field.regimes import REGIMES
from stable_regions.pictures.chart import Axis, Chart, Line
from stable_regions.pictures.exponent_colours import density_pixels
from stable_regions.pictures.look import Look
from stable_regions.pictures.show import Absent, Columns, Show
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    from PIL import Image


def table(result: Result) -> Columns:
    """A row a value of the axis."""
    exponents, errors = result["exponents"], result["errors"]
    columns = {
        str(result.recipe["axis"]): result["axis"].tolist(),
        "regime": [REGIMES[int(code)] for code in result["regime"]],
        "period_tokens": [int(length) or "" for length in result["period"]],
    }
    for k in range(len(exponents)):
        columns[f"lambda{k + 1}_per_token"] = exponents[k].tolist()
        columns[f"lambda{k + 1}_standard_error"] = errors[k].tolist()
    return {**columns, "smallest": result["smallest"].tolist(), "largest": result["largest"].tolist()}


def chart(result: Result, parts: Sequence[Result]) -> Chart:
    """The exponents over the axis; without any, the smallest and largest value."""
    x = result["axis"].tolist()
    exponents = result["exponents"]
    if len(exponents):
        lines = [Line(f"λ{k + 1}", x, row.tolist(), kind="line", look=k) for k, row in enumerate(exponents)]
        y = Axis("Lyapunov exponent, for each token", low=max(-0.3, float(np.nanmin(exponents))))
    else:
        lines = [
            Line(name, x, result[name].tolist(), kind="line", look=k) for k, name in enumerate(("smallest", "largest"))
        ]
        y = Axis(f"{result.recipe['series']} overlap {result.recipe['feature']}")
    names, counts = np.unique([REGIMES[int(code)] for code in result["regime"]], return_counts=True)
    shares = ", ".join(f"{name} {count}" for name, count in zip(names.tolist(), counts.tolist(), strict=True))
    return Chart("Mean-field self-attention", Axis(str(result.recipe["axis"])), y, lines, note=f"Values: {shares}.")


def picture(result: Result, parts: Sequence[Result], look: Look) -> "Image.Image":
    """The density, brighter where more steps are, coloured by λ1: blue below 0, white at 0, red above."""
    from PIL import Image

    first = result["exponents"][0] if len(result["exponents"]) else np.zeros(len(result["axis"]))
    pixels = density_pixels(np.asarray(result["density"]), np.asarray(first))
    wide = max(1, round(2 * look.size / pixels.shape[1]))
    tall = max(1, round(look.size / pixels.shape[0]))
    return Image.fromarray(pixels.repeat(tall, axis=0).repeat(wide, axis=1))


SHOW = Show(table=table, chart=chart, picture=picture, film=Absent("It does not move; take its picture, .png."))
