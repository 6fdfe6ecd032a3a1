"""`stable-regions ask`: any request, as JSON, answered into a file of any kind that its result knows."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from stable_regions.cli import asked


def ask(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="The request as JSON: what the page copies, or a file of docs/requests; `-`: stdin."
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            help="The suffix says what: .csv .svg .npz .safetensors .html .json; pictures of slices also .png",
        ),
    ],
    url: asked.Url = None,
) -> None:
    """Answer any request: a slice, a curve, a study, similar against dissimilar pairs, a sweep."""
    from stable_regions.analyses import REQUEST
    from stable_regions.answers.shown import kinds
    from stable_regions.cli.asking import answered, writable
    from stable_regions.settings import Settings

    text = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    request = REQUEST.validate_json(text)
    writable(output, kinds(request.name()))
    typer.echo(answered(request, url, Settings()).save(output))
