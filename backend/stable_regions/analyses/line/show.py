"""A line shown: its chart and its table."""

from stable_regions.pictures.paths import path_chart, path_table
from stable_regions.pictures.show import Absent, Show

SHOW = Show(
    table=path_table,
    chart=path_chart,
    picture=Absent("It is no picture of a plane; take its chart, .svg."),
    film=Absent("It does not move; take its chart, .svg."),
)
