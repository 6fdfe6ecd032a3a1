"""`stable-regions train mess3 | rrxor | process`: a model of a hidden Markov process."""

from dataclasses import replace
from pathlib import Path

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from stable_regions.errors import InvalidFields
from stable_regions.suites.processes import ProcessRecipe, bundled, process_in


def recipe_for(
    name: str, file: Path | None, targets: str | None, steps: int | None, called: str | None
) -> ProcessRecipe:
    """What to train: a bundled model, or one of the process in a file by the quick recipe.

    Raises:
        InvalidFields: the file describes no process, or the targets are not known ones.
        UnknownModel: no bundled model is of that process.
    """
    row = ProcessRecipe(called or name, process_in(file)) if file else bundled(name)
    row = replace(row, name=called or row.name)
    if targets is not None:
        if targets not in ("exact", "sampled"):
            raise InvalidFields(f"The targets {targets!r} are not known.", "Choose exact or sampled.")
        row = replace(row, targets=targets)
    return row if steps is None else row.shortened(steps)


def train_process(row: ProcessRecipe, out: Path, work: Path) -> None:
    """Train it, and say where it is."""
    from stable_regions.suites.process_train import train_model

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("steps, loss"))
    with Progress(*columns, TextColumn("{task.fields[loss]:.4f}"), TimeRemainingColumn()) as progress:
        task = progress.add_task(row.name, total=row.steps, loss=float("nan"))
        for step in train_model(row, out, work):
            progress.update(task, completed=step.step, loss=step.loss)
        progress.console.print(f"{row.name}: {out / row.name}")


PROCESSES = ("mess3", "rrxor", "process")
"""What `train` takes beside the suites; `process` with `--process FILE` is anybody's own."""


def check(suite: str, file: Path | None) -> None:
    """See to it that a file is given exactly where one is needed."""
    if suite == "process" and file is None:
        raise typer.BadParameter("needs --process FILE", param_hint="process")
