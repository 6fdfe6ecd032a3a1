"""Analyses that other packages bring, by the entry point group `stable_regions.analyses` of their metadata.

    [project.entry-points."stable_regions.analyses"]
    ising = "my_package.ising"

The name is the analysis', the value its folder as a package, with `schema.py`, `compute.py` and `show.py`, and in its
`__init__.py` `INTERFACE = 1`, the version of what a folder holds. One that is broken or of another version is left out;
`REFUSED` in `analyses` holds the reason, and `stable-regions doctor` says it.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec

from stable_regions.analyses.registry import Analysis, analysis
from stable_regions.pictures.show import Show

GROUP = "stable_regions.analyses"

INTERFACE = 1
"""Raised when a folder must hold something else than before."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Refused:
    """An analysis that is left out, where it comes from, and why."""

    name: str
    origin: str
    why: str


class Broken(Exception):
    """The folder does not hold what it must; says what it lacks."""


def brought(own: Mapping[str, Analysis]) -> tuple[dict[str, Analysis], tuple[Refused, ...]]:
    """Analyses of other packages, and those that are refused."""
    found: dict[str, Analysis] = {}
    refused: list[Refused] = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, _origin(point))):
        try:
            taken = {**own, **found}.get(point.name)
            if taken is not None:
                raise Broken(f"the name is taken by {taken.origin or 'this package itself'}")
            found[point.name] = _opened(point)
        except Exception as error:  # another's package may fail in any way, and must not take this one down
            why = str(error) if isinstance(error, Broken) else f"{type(error).__name__}: {error}"
            refused.append(Refused(point.name, _origin(point), why))
            log.warning("the analysis %r of %s is left out: %s", point.name, _origin(point), why)
    return found, tuple(refused)


def _opened(point: EntryPoint) -> Analysis:
    package = point.value
    if package.rpartition(".")[2] != point.name:
        raise Broken(f"its folder is {package!r}, which must end in its name, {point.name!r}")
    version: object = getattr(import_module(package), "INTERFACE", None)
    if version != INTERFACE:
        raise Broken(f"it says INTERFACE = {version!r}; this version takes {INTERFACE}")
    if find_spec(f"{package}.compute") is None:
        raise Broken("it has no compute.py")
    opened = analysis(package, _origin(point))
    for lack in _lacks(opened):
        raise Broken(lack)
    return opened


def _lacks(opened: Analysis) -> Iterator[str]:
    """What a folder lacks, one sentence each."""
    if not isinstance(getattr(opened.request, "version", None), int):
        yield f"{opened.request.__name__} has no `version`, a whole number"
    if not (opened.request.__doc__ or "").strip():
        yield f"{opened.request.__name__} has no docstring that says what the result's arrays are"
    if not isinstance(getattr(import_module(f"{opened.package}.show"), "SHOW", None), Show):
        yield "its show.py has no `SHOW`, a `Show`"


def _origin(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else "an unknown package"
