"""Curves and studies as figures: what is drawn is what was computed."""

import numpy as np

from stable_regions.answers.figure import QuietFigure, figure
from stable_regions.pictures.chart import Axis, Chart, Line
from stable_regions.pictures.lines import plotted
from stable_regions.schemas.result import Result


def test_a_curve_is_drawn_over_alpha() -> None:
    arrays = {"alpha": np.linspace(0, 1, 5), "curve": np.array([0, 0, 0.5, 1, 1.0])}
    scalars = {"sharpness": np.array([2.0]), "width": np.array([0.4])}
    chart = figure(Result({**arrays, **scalars}, {"recipe": {"analysis": "curve", "distance": "l2"}}))
    assert isinstance(chart, QuietFigure)
    assert list(chart.data[1].y) == [0, 0, 0.5, 1, 1]


def test_a_line_is_drawn_over_its_own_way_and_one_that_goes_nowhere_says_so() -> None:
    arrays = {"alpha": np.linspace(0, 1, 5), "curve": np.full(5, np.nan)}
    scalars = {"sharpness": np.array([np.nan]), "width": np.array([np.nan])}
    recipe = {"analysis": "line", "distance": "l2"}
    chart = figure(Result({**arrays, **scalars}, {"recipe": recipe, "undefined": "Nothing moves."}))  # pyright: ignore
    assert chart.layout.title.text == "Nothing moves."
    assert chart.layout.xaxis.title.text == "share of the way"


def test_a_sweep_of_lines_is_its_curves_in_order_and_of_slices_sharpness_by_layer() -> None:
    def cell(revision: str, rise: float) -> Result:
        recipe = {"analysis": "line", "model": {"name": "m", "revision": revision}, "write_layer": 2}
        return Result({"alpha": np.linspace(0, 1, 3), "curve": np.array([0, rise, 1])}, {"recipe": recipe})  # pyright: ignore

    arrays = {
        "step": np.array([0, 8, 0, 8]),
        "write_layer": np.array([1, 1, 2, 2]),
        "sharpness": np.array([1, 2, 1, 4.0]),
    }
    sweep = Result(arrays, {"recipe": {"analysis": "sweep"}})
    chart = figure(sweep, frames=[cell("step0", 0.5), cell("step8", 0.1)])
    assert [trace.name for trace in chart.data] == ["step0, layer 2", "step8, layer 2"]
    assert [list(trace.y) for trace in chart.data] == [[0, 0.5, 1], [0, 0.1, 1]]
    by_layer = figure(sweep)
    assert [(trace.name, list(trace.customdata), list(trace.y)) for trace in by_layer.data] == [
        ("layer 1", [0, 8], [1, 2]),
        ("layer 2", [0, 8], [1, 4]),
    ]


def test_bars_are_lengths_from_their_value_and_nothing_has_a_place() -> None:
    line = Line("small", [0, 1, 100], [1, 2, 3], [1, 1.5, 2], [1, 3, 5])
    figure = plotted(Chart("", Axis("tokens", logarithmic=True), Axis("sharpness", low=0), [line]))
    assert list(figure.data[0].error_y.array) == [0, 1, 2]
    assert list(figure.data[0].error_y.arrayminus) == [0, 0.5, 1]
    assert figure.data[0].x[0] == 0
    assert list(figure.layout.xaxis.ticktext)[:2] == ["0", "1"]


def test_a_band_is_filled_between_its_edges() -> None:
    line = Line("d", [0, 1], [1, 2], [0, 1], [2, 4], kind="band")
    figure = plotted(Chart("", Axis("α"), Axis("d"), [line]))
    assert [list(trace.y) for trace in figure.data] == [[2, 4], [0, 1], [1, 2]]
    assert figure.data[1].fill == "tonexty"
