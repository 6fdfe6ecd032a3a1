"""Results as CSV: tidy, one row a point, one header row. Of a slice α is fastest."""

import csv as writer
import io
from collections.abc import Mapping

import numpy as np

from stable_regions.pictures.names import name_grid
from stable_regions.pictures.tables import COLUMNS as OF_MANY
from stable_regions.pictures.tables import Columns
from stable_regions.schemas.result import Json, Result

COLUMNS = (
    "alpha", "beta", "distance_a", "distance_b", "distance_c", "top_token_a", "top_token_b", "top_token_c", "name", "computed",
)  # fmt: skip
"""α and β in anchor units; distances in the recipe's; tokens as text."""


PATHS = ("curve", "line")
"""Analyses whose points lie along one path."""

TABLES = ("slice", "regions", *PATHS, *OF_MANY)
"""Analyses that have a table."""


def csv(result: Result) -> str:
    """The points of a slice or along a curve or a line, or the rows of a study and its like, as CSV text."""
    analysis = str(result.recipe.get("analysis"))
    if analysis in ("slice", "regions"):
        return _slice(result)
    columns = _path(result) if analysis in PATHS else OF_MANY[analysis](result)
    text = io.StringIO()
    rows = writer.writer(text, lineterminator="\n")
    rows.writerow(columns)
    rows.writerows(zip(*columns.values(), strict=True))
    return text.getvalue()


def _path(result: Result) -> Columns:
    """Columns as the arrays are called; `coordinates` as two columns, tokens as text."""
    texts = _texts(result)
    columns: Columns = {name: result[name] for name in ("alpha", "curve")}
    if "logit_diff" in result.arrays:
        columns["logit_diff"] = result["logit_diff"]
    if "coordinates" in result.arrays:
        columns |= zip(("coordinates_alpha", "coordinates_beta"), result["coordinates"].T, strict=True)
    columns["top_token"] = [texts.get(str(token), f"#{token}") for token in result["top_token"]]
    return columns


def _slice(result: Result) -> str:
    texts = _texts(result)
    alpha, beta = np.meshgrid(result["alpha"], result["beta"])
    distance = result["distance"].reshape(3, -1)
    top = result["top_token"].reshape(3, -1)
    names = name_grid(result).reshape(-1)
    computed = result["computed"].reshape(-1)
    text = io.StringIO()
    rows = writer.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for n, (a, b) in enumerate(zip(alpha.flat, beta.flat, strict=True)):
        said = [texts.get(str(token), f"#{token}") for token in (*top[:, n], names[n])]
        rows.writerow([a, b, *distance[:, n], *said, computed[n]])
    return text.getvalue()


def _texts(result: Result) -> Mapping[str, Json]:
    """What a person reads for each token, by its id."""
    tokens = result.metadata.get("tokens")
    return tokens if isinstance(tokens, dict) else {}
