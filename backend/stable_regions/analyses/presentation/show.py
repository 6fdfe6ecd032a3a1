"""A presentation shown: its histories as a table and a picture, the least loss as a chart."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from pydantic import TypeAdapter

from stable_regions.pictures.chart import Axis, Chart, Line
from stable_regions.pictures.look import Look
from stable_regions.pictures.series import listed, numbers
from stable_regions.pictures.show import Absent, Columns, Show
from stable_regions.schemas.process import Process
from stable_regions.schemas.result import Result

if TYPE_CHECKING:
    from PIL import Image


def _process_of(result: Result) -> Process:
    """The process of a result that names one in its recipe."""
    return TypeAdapter[Process](Process).validate_python(result.recipe["process"], strict=False)


def words_of(result: Result, tokens: Sequence[str]) -> list[str]:
    """Each history's word."""
    rows: list[list[int]] = np.asarray(result["word"]).tolist()
    return ["".join([str(tokens[n]) for n in row if n >= 0]) for row in rows]


def table(result: Result) -> Columns:
    """One row a history."""
    tokens, states = (list(map(str, listed(result.metadata[name]))) for name in ("tokens", "states"))
    return {
        "history": words_of(result, tokens),
        "probability": result["probability"],
        **{f"belief_{state}": result["belief"][:, n] for n, state in enumerate(states)},
        **{f"next_{token}": result["next"][:, n] for n, token in enumerate(tokens)},
    }


def chart(result: Result, parts: Sequence[Result]) -> Chart:
    """The least loss after so many tokens, and what it falls towards."""
    entropy, rate = result["entropy"], float(np.asarray(result["rate"])[0])
    seen = [float(n) for n in range(len(entropy))]
    return Chart(
        "least loss by tokens seen",
        Axis("tokens seen", low=0),
        Axis("nats"),
        [Line("least loss", seen, numbers(entropy)), Line("rate", seen, [rate] * len(seen), kind="line", look=1)],
    )


def picture(result: Result, parts: Sequence[Result], look: Look) -> "Image.Image":
    """Every history at what is believed after it."""
    from stable_regions.pictures.simplex import two_panels

    process, length = _process_of(result), int(str(result.recipe["length"]))
    words = f"{process.name} · {len(result['word']):,} histories of up to {length} tokens"
    return two_panels(process, length, None, [words], look)


SHOW = Show(table=table, chart=chart, picture=picture, film=Absent("It does not move; take .png."))
