"""Writes `backend/stable_regions/__init__.pyi`: the package's public names, as type checkers read them.

With `--check` it only says whether the file is what it would write.
"""

import sys
from pathlib import Path

from stable_regions.analyses import OWN

FILE = Path(__file__).parent.parent / "backend" / "stable_regions" / "__init__.pyi"

HEAD = (
    "from stable_regions.client import Client as Client",
    "from stable_regions.client import compute as compute",
    "from stable_regions.schemas.result import Result as Result",
    "from stable_regions.settings import Settings as Settings",
)


def text() -> str:
    """The stub: a line a name, in alphabetical order of the modules."""
    requests = [f"from {one.package}.schema import {(kind := one.request.__name__)} as {kind}" for one in OWN.values()]
    return "\n".join(sorted([*HEAD, *requests])) + "\n\n__version__: str\n"


def main() -> int:
    """Write it; or with `--check` say whether it stands; 1 if it does not."""
    if "--check" not in sys.argv:
        FILE.write_text(text())
    elif FILE.read_text() != text():
        sys.stderr.write("backend/stable_regions/__init__.pyi lacks a name. Run make api and commit the difference.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
