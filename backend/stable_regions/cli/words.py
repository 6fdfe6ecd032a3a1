"""Refusals at the shell: one sentence and the next step on stderr, exit code 2, no traceback."""

import sys
from typing import Any

import typer
from pydantic import ValidationError
from typer.core import TyperGroup

from stable_regions.analyses.validation_messages import in_sentences
from stable_regions.errors import Refusal

EXPECTED = (Refusal, ValidationError, ConnectionError, OSError, ValueError)
"""What a person can cause, or mend. Anything else is a fault of ours and keeps its traceback."""


def sentence(error: Exception) -> str:
    """The error as a person reads it."""
    return in_sentences(error) if isinstance(error, ValidationError) else str(error)


class InWords(TyperGroup):
    """A group of commands whose refusals are sentences."""

    def invoke(self, ctx: Any) -> Any:  # typer's own context here is a private class
        try:
            return super().invoke(ctx)
        except EXPECTED as error:
            sys.stderr.write(f"stable-regions: {sentence(error)}\n")
            raise typer.Exit(2) from error
