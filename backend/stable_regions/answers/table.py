"""Results as CSV: tidy, one header row. Of a slice one row a point, α fastest."""

import csv as writer
import io

from stable_regions.answers.shown import refuse_absent, shown_as
from stable_regions.pictures.show import Absent
from stable_regions.schemas.result import Result


def csv(result: Result) -> str:
    """The result's table as CSV text.

    Raises:
        Unprocessable: it has none; with the reason.
    """
    show = shown_as(result)
    refuse_absent(show, "csv", result)
    assert not isinstance(show.table, Absent)
    columns = show.table(result)
    text = io.StringIO()
    rows = writer.writer(text, lineterminator="\n")
    rows.writerow(columns)
    rows.writerows(zip(*columns.values(), strict=True))
    return text.getvalue()
