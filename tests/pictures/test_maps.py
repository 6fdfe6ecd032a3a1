"""Maps and timelines as figures: what is drawn is what was computed."""

import numpy as np
import pytest

from analyses.asked import regions_request as asked
from stable_regions.analyses.timeline.frames import Frame, history
from stable_regions.answers.answer import Answer
from stable_regions.answers.figure import QuietFigure, figure
from stable_regions.maths.regions import agreeing, borders, connected
from stable_regions.pictures.names import name_grid
from stable_regions.schemas.result import Json, Result
from three_countries import TOKENS, paper_slice

PNG = b"\x89PNG"


@pytest.fixture
def regions() -> Result:
    """The three countries with their regions; one border is sharp, one even, one unknown."""
    plane = paper_slice()
    label = connected(*agreeing(name_grid(plane)))
    arrays = {
        "label": label,
        "token": np.array([7, 8, 9], np.int32),
        "area": np.bincount(label.reshape(-1)).astype(np.float32) / label.size,
        "spread": np.array([0.1, 0.2, 0.3], np.float32),
        "centre": np.zeros((3, 2), np.float32),
        "border_sharpness": np.array([1.0, 5.0, np.nan], np.float32),
        "count": np.array([3], np.int32),
        "within": np.array([0.2], np.float32),
        "between": np.array([3.0], np.float32),
    }
    recipe: dict[str, Json] = {**plane.recipe, "analysis": "regions"}
    return Result({**plane.arrays, **arrays}, {**plane.metadata, "recipe": recipe})


def test_regions_are_drawn_on_the_slice_with_borders_as_wide_as_they_are_sharp(regions: Result) -> None:
    chart = figure(regions)
    assert isinstance(chart, QuietFigure)
    kinds = [type(trace).__name__ for trace in chart.data]
    assert kinds == ["Image", "Heatmap", "Scatter", "Scatter", "Scatter", "Scatter", "Scatter"]
    even, middling, sharp, centres, anchors = chart.data[2:]
    _, cells = borders(regions["label"].astype(np.int32)).lengths(1, 1)
    # Three numbers a wall: two ends and a gap.
    assert [len(line.x) for line in (even, middling, sharp)] == [3 * (cells[0] + cells[2]), 0, 3 * cells[1]]
    assert even.line.width < sharp.line.width
    assert centres.text[0].startswith("<b>Paris</b>")
    assert list(anchors.text) == ["<b>A</b>", "<b>B</b>", "<b>C</b>"]
    assert "3 regions" in chart.layout.title.subtitle.text


def test_regions_are_saved_as_a_slice_is(regions: Result, tmp_path) -> None:
    answer = Answer(regions.arrays, regions.metadata)
    assert answer.save(tmp_path / "regions.png").read_bytes().startswith(PNG)
    assert answer.save(tmp_path / "regions.csv").read_text().startswith("alpha,beta")


def test_a_veil_is_a_shade_with_the_real_activations_near_the_plane() -> None:
    arrays = {
        "alpha": np.linspace(0, 1, 3, dtype=np.float32),
        "beta": np.linspace(0, 1, 3, dtype=np.float32),
        "anchors": np.zeros((3, 2), np.float32),
        "nearest": np.ones((3, 3), np.float32),
        "bank_plane": np.array([[0, 0], [1, 1], [2, 2]], np.float32),
        "bank_off": np.array([0, 0.5, 3], np.float32),
        "bank_token": np.array([7, 8, 9], np.int32),
    }
    chart = figure(Result(arrays, {"recipe": {"analysis": "veil"}, "tokens": dict(TOKENS)}))
    shade, dots, anchors = chart.data
    assert shade.z.tolist() == [[1, 1, 1]] * 3
    assert list(dots.text) == ["Paris, 0.00 off", "Tokyo, 0.50 off"]
    assert len(anchors.x) == 3


def test_a_projection_has_a_ring_and_says_whether_the_map_foretold_it() -> None:
    arrays = {
        "anchors": np.zeros((3, 2), np.float32),
        "coordinates": np.array([[0.5, 0.25], [1, 1]], np.float32),
        "off_plane_share": np.array([0.2, 0.5], np.float32),
        "token": np.array([[7, 8], [8, 7]], np.int32),
        "name": np.array([7, 9], np.int32),
    }
    recipe: dict[str, Json] = {"analysis": "projection", "extra": ["one", "two"]}
    chart = figure(Result(arrays, {"recipe": recipe, "tokens": dict(TOKENS)}))
    ring = chart.layout.shapes[0]
    assert (ring.x0, ring.x1) == pytest.approx((0.3, 0.7))
    assert list(chart.data[0].marker.symbol) == ["circle", "x"]
    assert "says Tokyo, the map Portuguese" in chart.data[0].text[1]


def test_a_timeline_has_lines_bands_and_marks() -> None:
    def frame(label: list[int], within: float) -> Frame:
        grid = np.array([label], np.int32)
        count = max(label) + 1
        arrays = {
            "label": grid,
            "name": grid,
            "token": np.arange(7, 7 + count, dtype=np.int32),
            "area": np.bincount(label).astype(np.float32) / len(label),
            "spread": np.zeros(count, np.float32),
            "centre": np.zeros((count, 2), np.float32),
            "count": np.array([count], np.int32),
            "within": np.array([within], np.float32),
            "between": np.array([1.0], np.float32),
            "overall": np.ones(1, np.float32),
            "largest": np.ones(3, np.float32),
        }
        return Frame("k", asked(), arrays, {}, 0, 0, 1.0, 0.0)

    arrays, told = history([frame([0, 0, 0, 0], 1.0), frame([0, 0, 0, 1], 0.5)])
    rows: list[Json] = [{"revision": "step0"}, {"revision": "step8"}]
    metadata: dict[str, Json] = {"recipe": {"analysis": "timeline"}, "frames": rows, "tokens": dict(TOKENS), **told}
    chart = figure(Result(arrays, metadata))
    assert [trace.name for trace in chart.data] == [
        "regions", "spread within", "share of overall", "borders", "A to B", "Paris", "Tokyo",
    ]  # fmt: skip
    assert list(chart.data[0].y) == [1, 2]
    assert list(chart.data[6].y) == [0, 0.25]
    # Count and spread change into the second frame; no border becomes sharper.
    assert [shape.x0 for shape in chart.layout.shapes] == [1, 1]
