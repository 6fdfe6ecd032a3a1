import csv as reader

import numpy as np

from stable_regions.pictures.table import COLUMNS, csv
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
