"""A sweep without a model shown: the charts of its cells over one another, and a table of them all."""

from collections.abc import Sequence
from dataclasses import replace

from stable_regions.errors import Unprocessable
from stable_regions.pictures.chart import Axis, Chart, Line
from stable_regions.pictures.series import numbers
from stable_regions.pictures.show import Absent, Columns, Show
from stable_regions.schemas.result import Result


def chart(result: Result, parts: Sequence[Result]) -> Chart:
    """What varies in the first line of its cells' charts, from dark to light; without the cells, numbers over the values.

    Raises:
        Unprocessable: there is nothing that could be drawn as lines.
    """
    from stable_regions.analyses import REGISTRY

    inner, field = _swept(result)
    draw = REGISTRY[inner].show.chart if inner in REGISTRY else Absent("That analysis is not installed here.")
    if parts and not isinstance(draw, Absent):
        charts = [draw(cell, ()) for cell in parts]
        lines = [
            replace(one.lines[0], name=f"{field} = {cell.recipe[field]}", shade=place / max(1, len(charts) - 1))
            for place, (one, cell) in enumerate(zip(charts, parts, strict=True))
            if one.lines
        ]
        return replace(charts[0], title=f"{inner}: {charts[0].title}", lines=lines)
    found = [name for name in result.arrays if name != "swept" and result[name].ndim == 1]
    if not found:
        raise Unprocessable(
            f"The results of {inner!r} hold no single numbers that could be drawn over {field}.",
            "Ask for the chart with the cells, from Python or the shell, or take .npz.",
        )
    over = numbers(result["swept"])
    return Chart(
        title=f"{inner} over {field}",
        x=Axis(field),
        y=Axis(""),
        lines=[Line(name, over, numbers(result[name]), look=place) for place, name in enumerate(found)],
    )


def table(result: Result) -> Columns:
    """One row a cell; where the arrays of all cells are rows of one length, one row for each of these."""
    _, field = _swept(result)
    values = result.metadata["values"]
    each = values if isinstance(values, list) else []
    flat = {name: result[name] for name in result.arrays if name != "swept" and result[name].ndim == 1}
    rows = {name: result[name] for name in result.arrays if result[name].ndim == 2}
    lengths = {array.shape[1] for array in rows.values()}
    if len(lengths) != 1:
        return {field: each, **flat}
    (length,) = lengths
    return {
        f"{field}_swept" if field in rows or field in flat else field: [value for value in each for _ in range(length)],
        **{name: array.repeat(length) for name, array in flat.items()},
        **{name: array.reshape(-1) for name, array in rows.items()},
    }


def _swept(result: Result) -> tuple[str, str]:
    """The name of the analysis that was swept, and of its field."""
    inner = result.recipe["request"]
    return str(inner["analysis"]) if isinstance(inner, dict) else "", str(result.recipe["field"])


SHOW = Show(
    table=table,
    chart=chart,
    picture=Absent("It is no picture; take its chart, .svg, or the picture of a cell."),
    film=Absent("It is no film; take the pictures of its cells, one by one."),
    brings="cells",
)
