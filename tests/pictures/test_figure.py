import base64
import io

import numpy as np
from PIL import Image

from stable_regions.pictures.colour import paint
from stable_regions.pictures.figure import QUIET_CONFIG, figure
from stable_regions.schemas.result import Result


def test_a_slices_figure_holds_its_pixels_and_answers_the_pointer(three_countries: Result):
    image, hover, anchors = figure(three_countries).data
    source = base64.b64decode(image.source.partition(",")[2])
    assert (np.asarray(Image.open(io.BytesIO(source))) == paint(three_countries)).all()
    assert hover.text[0][0] == "Paris"
    assert hover.customdata.shape == (17, 17, 3)
    assert list(anchors.text) == ["<b>A</b>", "<b>B</b>", "<b>C</b>"]


def test_the_image_lies_where_the_axes_say(three_countries: Result):
    chart = figure(three_countries)
    image = chart.data[0]
    assert (image.x0, image.y0) == (-0.25, 1.25)
    assert image.dy == -image.dx
    assert chart.layout.yaxis.range[0] < chart.layout.yaxis.range[1]


def test_a_points_figure_has_bars_for_each_context():
    recipe = {"analysis": "point", "alpha": 0.5, "beta": 0.0}
    arrays = {
        "distance": np.zeros(3, dtype=np.float32),
        "token": np.array([[7, 8]] * 3, dtype=np.int32),
        "probability": np.array([[0.9, 0.1]] * 3, dtype=np.float32),
    }
    chart = figure(Result(arrays, {"recipe": recipe, "tokens": {"7": " Paris", "8": " Tokyo"}}))
    assert [bar.name for bar in chart.data] == ["A", "B", "C"]
    assert list(chart.data[0].y) == ["Paris", "Tokyo"]


def test_an_animations_figure_shows_sharpness_over_steps(three_countries: Result):
    arrays = {
        "step": np.array([0, 64], dtype=np.int64),
        "sharpness": np.array([1.1, 5.0], dtype=np.float32),
    }
    rows = [{"key": "a", "revision": "step0"}, {"key": "b", "revision": "step64"}]
    metadata = {"recipe": {"analysis": "animation", "slice": three_countries.recipe}, "frames": rows}
    chart = figure(Result(arrays, metadata))
    assert list(chart.data[0].text) == ["step0", "step64"]
    assert chart.layout.xaxis.type == "log"


def test_figures_never_offer_to_upload():
    assert QUIET_CONFIG == {"displaylogo": False, "showSendToCloud": False}
