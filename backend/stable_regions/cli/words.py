"""Refusals at the shell: one sentence and the next step on stderr, exit code 2, no traceback."""

import sys
from typing import Any

import typer
from pydantic import ValidationError
from typer.core import TyperGroup

from stable_regions.errors import Refusal

EXPECTED = (Refusal, ValidationError, ConnectionError, OSError, ValueError)
"""What a person can cause, or mend. Anything else is a fault of ours and keeps its traceback."""


def sentence(error: Exception) -> str:
    """The error as a person reads it."""
    if isinstance(error, ValidationError):
        return " ".join(_field(row["loc"], row["msg"]) for row in error.errors())
    return str(error)


def _field(place: tuple[int | str, ...], message: str) -> str:
    where = ".".join(str(part) for part in place if part not in ("slice", "point", "animation"))
    words = message.removeprefix("Value error, ")
    return f"{where}: {words}." if where else f"{words}."


class InWords(TyperGroup):
    """A group of commands whose refusals are sentences."""

    def invoke(self, ctx: Any) -> Any:  # typer's own context here is a private class
        try:
            return super().invoke(ctx)
        except EXPECTED as error:
            sys.stderr.write(f"stable-regions: {sentence(error)}\n")
            raise typer.Exit(2) from error
