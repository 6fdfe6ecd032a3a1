"""The command line: `stable-regions serve · render · animate · sheet · ask · pack · train · doctor`.

Each command is a file. What is slow to import (torch, plotly, the server) is imported when a command runs, so that
`--help` is quick. docs/cli.md shows every command; a test keeps it true.
"""

import os
from typing import Annotated

import typer

from stable_regions.cli.animate import animate
from stable_regions.cli.ask import ask
from stable_regions.cli.bundle import bundle
from stable_regions.cli.doctor import doctor
from stable_regions.cli.pack import pack
from stable_regions.cli.render import render
from stable_regions.cli.serve import serve
from stable_regions.cli.sheet import sheet
from stable_regions.cli.train import train
from stable_regions.cli.words import InWords
from stable_regions.version import __version__

app = typer.Typer(cls=InWords, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.command()(serve)
app.command()(render)
app.command()(animate)
app.command()(sheet)
app.command()(ask)
app.command()(pack)
app.command()(train)
app.command()(doctor)
app.command(hidden=True)(bundle)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", help="Say the version and stop.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Stable Regions Explorer: see the regions of a language model's residual stream, and how training makes them."""
    # Before torch is imported: threads that wait sleep, and do not spin on a core that somebody else needs.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
