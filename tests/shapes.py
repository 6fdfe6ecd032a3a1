"""The checker of shapes in tests: every jaxtyped argument and result, with `TypeError` where one is wrong.

An `int` is taken where a `float` is asked for, as Python's own typing has it.
"""

import sys
from pathlib import Path

from beartype import BeartypeConf, beartype
from jaxtyping import install_import_hook

BACKEND = Path(__file__).parents[1] / "backend" / "stable_regions"

WHOLE = ("maths", "engine", "models", "suites")
"""Floors whose every module is checked; of an analysis' folder all but what is asked and shown."""

UNCHECKED = ("__init__", "schema", "show")

checked = beartype(conf=BeartypeConf(violation_type=TypeError, is_pep484_tower=True))


def modules() -> list[str]:
    """The modules whose functions are checked."""
    folders = sorted(path.parent for path in (BACKEND / "analyses").glob("*/compute.py"))
    files = [file for folder in folders for file in sorted(folder.glob("*.py"))]
    inner = [file.relative_to(BACKEND.parent).with_suffix("") for file in files if file.stem not in UNCHECKED]
    return [*(f"stable_regions.{floor}" for floor in WHOLE), *(".".join(path.parts) for path in inner)]


def check_shapes() -> None:
    """Check from now on every jaxtyped argument and result of what is imported.

    Raises:
        RuntimeError: one of the modules is imported already, and would go unchecked.
    """
    early = sorted(set(modules()) & set(sys.modules))
    if early:
        raise RuntimeError(f"imported before their shapes are checked: {', '.join(early)}")
    install_import_hook(modules(), "shapes.checked")
