"""Asking here or a server, with a progress bar, once it is sure that the answer can be written."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

if TYPE_CHECKING:
    from stable_regions.answers.answer import Answer
    from stable_regions.schemas.request import AnalysisRequest
    from stable_regions.schemas.result import Json
    from stable_regions.settings import Settings


def writable(path: Path, known: tuple[str, ...]) -> None:
    """Refuse, before minutes of computing, a file that could not be written in the end.

    Raises:
        ValueError: its suffix is not among `known`, or its folder is missing.
    """
    from stable_regions.answers.answer import suffix_of

    suffix_of(path, known)
    if not path.parent.is_dir():
        raise ValueError(f"The folder {str(path.parent)!r} of {path.name!r} does not exist; make it first.")


@contextmanager
def progress_bar() -> Generator[Callable[[str, int, int], None]]:
    """A bar on stderr, when that is a terminal; what is given takes stage, points done and points in all."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[amount]}"))
    console = Console(stderr=True)
    with Bar(*columns, TimeRemainingColumn(), console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("start", total=None, amount="")
        yield lambda stage, done, total: bar.update(
            task, description=stage, completed=done, total=total or None, amount=amount(stage, done, total)
        )


def amount(stage: str, done: int, total: int) -> str:
    """How far it is, in the stage's own unit."""
    if stage == "download":
        return f"{done / 1e9:.2f}/{total / 1e9:.2f} GB" if total else "asking the hub"
    return f"{done:,}/{total:,} points"


def chosen(offline: bool) -> "Settings":
    """The environment's settings, with what the command line says."""
    from stable_regions.settings import Settings

    settings = Settings()
    return settings.model_copy(update={"offline": True}) if offline else settings


def answered(request: "AnalysisRequest", url: str | None, settings: "Settings", yes: bool = False) -> "Answer":
    """The answer, computed here or by the server at `url`, with a progress bar.

    What must be downloaded for it is said first; `yes`: not asked about.
    """
    from stable_regions.cli.pricing import agreed
    from stable_regions.client import Client, compute

    if url is None and not agreed(request, settings, yes):
        raise typer.Exit(1)
    token = settings.token.get_secret_value() if settings.token else None
    with progress_bar() as progress:
        if url is None:
            answer = compute(request, settings, progress)
        else:
            with Client(url, token) as client:
                answer = client.compute(request, progress)
    shown = answer.frames[-1] if answer.frames else answer
    for line in unread(shown.metadata.get("prompts")):
        typer.echo(line, err=True)
    return answer


def unread(prompts: "Json") -> Iterator[str]:
    """A sentence for each prompt that holds words outside the model's vocabulary."""
    for prompt in prompts if isinstance(prompts, list) else []:
        words = prompt.get("unknown") if isinstance(prompt, dict) else None
        if isinstance(prompt, dict) and isinstance(words, list) and words:
            named = ", ".join(repr(word) for word in words)
            yield f"Note: {named} in {prompt.get('text')!r} is not in this model's vocabulary; it reads an unknown token there."
