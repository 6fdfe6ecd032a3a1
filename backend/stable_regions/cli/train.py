"""`stable-regions train`: make the bundled models anew, or a shorter training of one to see how it is done."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from stable_regions.cli.train_process import PROCESSES, check, recipe_for, train_process
from stable_regions.suites.recipe import recipe, recipes


def train(
    suite: Annotated[
        str, typer.Argument(help="Which suite: facts, stdlib, library, or a process: mess3, rrxor, process.")
    ],
    size: Annotated[
        str | None, typer.Option(help="One of its models, such as facts-12l; all of them if not given.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder in which the models' folders are made.")] = Path("training/models"),
    work: Annotated[
        Path, typer.Option(help="Folder of the working state; an interrupted training goes on from it.")
    ] = Path("training/work"),
    steps: Annotated[int | None, typer.Option(min=1, help="Stop after so many steps rather than the recipe's.")] = None,
    threads: Annotated[
        int, typer.Option(min=1, help="Torch threads; the weights are reproducible for one number.")
    ] = 1,
    compiled: Annotated[
        bool, typer.Option("--compile", help="Let torch compile the model first: faster; needs a C++ compiler.")
    ] = False,
    process: Annotated[
        Path | None, typer.Option(help="JSON file of a hidden Markov process, to train a small model of it.")
    ] = None,
    targets: Annotated[
        str | None, typer.Option(help="Of a process: exact (the next token's distribution) or sampled (the token).")
    ] = None,
    name: Annotated[str | None, typer.Option(help="What the model of a process is called.")] = None,
) -> None:
    """Train the models of a suite or a process; an interrupted training goes on where it stopped.

    The models land in `training/models`; point `STABLE_REGIONS_MODEL_FOLDERS` there to look at them.
    """
    import torch

    if suite in PROCESSES or process is not None:
        check(suite, process)
        torch.set_num_threads(threads)
        train_process(recipe_for(suite, process, targets, steps, name), out, work)
        return
    from stable_regions.suites.train import train as train_model

    wanted = [row for row in recipes(suite) if size in (None, row.name)] or [recipe(size or "")]
    if wanted[0].suite != suite:
        raise typer.BadParameter(f"{size} belongs to the suite {wanted[0].suite}", param_hint="--size")
    torch.set_num_threads(threads)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("steps, loss"))
    with Progress(*columns, TextColumn("{task.fields[loss]:.3f}"), TimeRemainingColumn()) as progress:
        for row in (row if steps is None else row.shortened(steps) for row in wanted):
            task = progress.add_task(row.name, total=row.steps, loss=float("nan"))

            def report(step: int, loss: float, task: TaskID = task) -> None:
                progress.update(task, completed=step, loss=loss)

            folder = train_model(row, out, work, report, compiled)
            progress.console.print(f"{row.name}: {folder}")
