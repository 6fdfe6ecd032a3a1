"""A slice as CSV: tidy, one row a point, one header row, α fastest."""

import csv as writer
import io

import numpy as np

from stable_regions.pictures.names import name_grid
from stable_regions.schemas.result import Result

COLUMNS = (
    "alpha", "beta", "distance_a", "distance_b", "distance_c", "top_token_a", "top_token_b", "top_token_c", "name", "computed",
)  # fmt: skip
"""α and β in anchor units; distances in the recipe's; tokens as text."""


def csv(result: Result) -> str:
    """The slice as CSV text."""
    tokens = result.metadata.get("tokens")
    texts = tokens if isinstance(tokens, dict) else {}
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
