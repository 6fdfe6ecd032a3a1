import base64
import io

import numpy as np
import pytest
from PIL import Image

from stable_regions.answers.figure import figure, page
from stable_regions.pictures.colour import paint
from stable_regions.schemas.result import Result


def test_a_slices_figure_holds_its_pixels_and_answers_the_pointer(three_countries: Result):
    image, hover, anchors = figure(three_countries).data
    source = base64.b64decode(image.source.partition(",")[2])
    assert (np.asarray(Image.open(io.BytesIO(source))) == paint(three_countries)[::-1]).all()
    assert hover.text[0][0] == "Paris"
    assert hover.customdata.shape == (17, 17, 3)
    assert list(anchors.text) == ["<b>A</b>", "<b>B</b>", "<b>C</b>"]


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


def test_figures_never_offer_to_upload(three_countries: Result, monkeypatch: pytest.MonkeyPatch):
    shown: list[dict[str, object]] = []
    monkeypatch.setattr("plotly.io.show", lambda _, **options: shown.append(options["config"]))
    chart = figure(three_countries)
    chart.show()
    chart.show(config={"scrollZoom": True})
    chart._ipython_display_()
    assert [config["showSendToCloud"] for config in shown] == [False, False, False]
    assert shown[1]["scrollZoom"] is True
    assert '"showSendToCloud": false' in page(chart)
