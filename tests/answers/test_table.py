import csv as reader

import numpy as np

from stable_regions.answers.table import csv
from stable_regions.pictures.planes import COLUMNS
from stable_regions.schemas.result import Result


def test_a_table_has_a_header_and_a_row_for_each_point(three_countries: Result):
    rows = list(reader.DictReader(csv(three_countries).splitlines()))
    assert len(rows) == 17 * 17
    assert tuple(rows[0]) == COLUMNS
    assert {row["name"] for row in rows} == {" Paris", " Tokyo", " Portuguese"}


def test_numbers_read_back_from_the_table_are_the_same(three_countries: Result):
    rows = list(reader.DictReader(csv(three_countries).splitlines()))
    read = np.array([row["distance_b"] for row in rows], dtype=np.float32).reshape(17, 17)
    assert (read == three_countries["distance"][1]).all()
    assert np.float32(rows[1]["alpha"]) == three_countries["alpha"][1]
    assert np.float32(rows[1]["beta"]) == three_countries["beta"][0]


def test_a_path_has_its_arrays_for_columns_and_its_coordinates_for_two():
    arrays = {
        "alpha": np.linspace(0, 1, 3, dtype=np.float32),
        "curve": np.array([0, 0.1, 1], np.float32),
        "coordinates": np.array([[0, 0], [0.25, 0.5], [0.5, 1]], np.float32),
        "top_token": np.array([7, 7, 8], np.int32),
    }
    line = Result(arrays, {"recipe": {"analysis": "line"}, "tokens": {"7": " Paris", "8": " Tokyo, Japan"}})
    rows = list(reader.DictReader(csv(line).splitlines()))
    assert list(rows[0]) == ["alpha", "curve", "coordinates_alpha", "coordinates_beta", "top_token"]
    assert [row["top_token"] for row in rows] == [" Paris", " Paris", " Tokyo, Japan"]
    assert [np.float32(row["curve"]) for row in rows] == arrays["curve"].tolist()
    assert (rows[1]["coordinates_alpha"], rows[1]["coordinates_beta"]) == ("0.25", "0.5")
    curve = Result({n: arrays[n] for n in ("alpha", "curve", "top_token")}, {"recipe": {"analysis": "curve"}})
    assert csv(curve).splitlines()[1] == "0.0,0.0,#7"
