"""Writes the generated parts of the documents: the tables of settings, commands and routes.

A generated part stands between `<!-- name -->` and `<!-- /name -->`; the words around it are written by hand. `make docs`
writes them anew; a test fails while a page differs from what would be written.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

from typer.main import get_command

from stable_regions.cli import app as commands
from stable_regions.settings import Settings

DOCS = Path(__file__).parent.parent / "docs"


def settings() -> str:
    """Every setting: its environment variable, default and meaning."""
    rows = ["| variable | default | means |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "the user's cache folder" if field.default_factory else f"`{_plain(field.default)}`"
        rows.append(f"| `STABLE_REGIONS_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(rows)


def _plain(value: object) -> str:
    if value is None or value == ():
        return "none"
    if isinstance(value, tuple):
        return " ".join(str(part) for part in value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and value >= 2**20 and value % 2**20 == 0:
        return f"{value} ({value // 2**30} GiB)" if value % 2**30 == 0 else f"{value} ({value // 2**20} MiB)"
    return str(value)


def options() -> str:
    """Every command with its arguments and options."""
    parts: list[str] = []
    group = get_command(commands)
    for name, command in group.commands.items():  # type: ignore[attr-defined]  (a typer app with commands is a group)
        if command.hidden:
            continue
        parts.append(f"## `stable-regions {name}`\n\n{(command.help or '').strip()}\n")
        parts.append("| | default | |\n|---|---|---|")
        for parameter in command.params:
            if parameter.name == "help":
                continue
            shown = parameter.metavar if parameter.param_type_name == "argument" else ", ".join(parameter.opts)
            if getattr(parameter, "secondary_opts", None):
                shown += " / " + ", ".join(parameter.secondary_opts)
            default = "" if parameter.default in (None, False) else f"`{_plain(parameter.default)}`"
            parts.append(
                f"| `{shown or parameter.name.upper()}` | {default} | {getattr(parameter, 'help', '') or ''} |"
            )
        parts.append("")
    return "\n".join(parts).rstrip()


def routes() -> str:
    """Every route of the server, with the first line of what it says of itself."""
    from stable_regions.app import create_app

    rows = ["| method | path | |", "|---|---|---|"]
    for path, methods in create_app(Settings()).openapi()["paths"].items():
        for method, operation in methods.items():
            words = (operation.get("description") or operation.get("summary") or "").split("\n\n")[0].replace("\n", " ")
            rows.append(f"| `{method.upper()}` | `{path}` | {words} |")
    return "\n".join(rows)


GENERATED: dict[str, tuple[Path, Callable[[], str]]] = {
    "settings": (DOCS / "settings.md", settings),
    "commands": (DOCS / "cli.md", options),
    "routes": (DOCS / "http.md", routes),
}


def renewed(page: str, name: str, part: str) -> str:
    """The page with its generated part replaced.

    Raises:
        ValueError: the page has no such part.
    """
    pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    if not pattern.search(page):
        raise ValueError(f"no part between <!-- {name} --> and <!-- /{name} -->")
    return pattern.sub(lambda found: f"{found[1]}{part}\n{found[2]}", page)


def main() -> int:
    """Write every generated part."""
    for name, (path, make) in GENERATED.items():
        page = path.read_text()
        path.write_text(renewed(page, name, make()))
        sys.stdout.write(f"{path.relative_to(DOCS.parent)}: {name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
