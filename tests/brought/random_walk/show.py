"""Walks shown: how far they are from where they began."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stable_regions.pictures.chart import Axis, Chart, Line
from stable_regions.pictures.look import Look
from stable_regions.pictures.series import numbers
from stable_regions.pictures.show import Absent, Columns, Show
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    from PIL import Image


def table(result: Result) -> Columns:
    """One row a sample."""
    return {"step": result["step"], "mean_square": result["mean_square"]}


def chart(result: Result, parts: Sequence[Result]) -> Chart:
    """The mean square, and the law that it follows."""
    steps = numbers(result["step"])
    return Chart(
        title="mean square of the place",
        x=Axis("steps", low=0),
        y=Axis("mean square, steps²", low=0),
        lines=[
            Line("walkers", steps, numbers(result["mean_square"])),
            Line("steps", steps, steps, kind="line", look=1),
        ],
    )


def picture(result: Result, parts: Sequence[Result], look: Look) -> "Image.Image":
    """A bar as high as the last mean square is, for the width of the look."""
    from PIL import Image

    image = Image.new("RGB", (look.size, look.size), "white")
    share = min(1.0, float(result["mean_square"][-1]) / (2 * float(result["step"][-1])))
    image.paste((0, 114, 178), (0, round((1 - share) * look.size), look.size, look.size))
    return image


SHOW = Show(table=table, chart=chart, picture=picture, film=Absent("It does not move; take its chart, .svg."))
