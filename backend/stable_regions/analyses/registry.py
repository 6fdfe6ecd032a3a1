"""One analysis, as its folder says it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import cast

from stable_regions.analyses.report import Report
from stable_regions.pictures.show import Show
from stable_regions.schemas.key import Key
from stable_regions.schemas.request import AnalysisRequest

Compute = Callable[[AnalysisRequest, object, Mapping[Key, bytes]], Iterator[Report]]


@dataclass(frozen=True)
class Analysis:
    """A folder's parts. What is slow to import is imported when it is first needed.

    Attributes:
        name: its name on the wire.
        package: where its folder is, as it is imported.
        request: what is asked.
        origin: the distribution that brings it; "": this one.
    """

    name: str
    package: str
    request: type[AnalysisRequest]
    origin: str = ""

    @cached_property
    def show(self) -> Show:
        """What its results are shown as."""
        return cast(Show, import_module(f"{self.package}.show").SHOW)

    @cached_property
    def compute(self) -> Compute:
        """The answer, as a generator; imports torch where the analysis needs it."""
        return cast(Compute, import_module(f"{self.package}.compute").compute)


def analysis(package: str, origin: str = "") -> Analysis:
    """The analysis in a folder; its name is the folder's.

    Raises:
        LookupError: `schema.py` holds no request, or several, of that name.
    """
    name = package.rpartition(".")[2]
    return Analysis(name, package, request_in(import_module(f"{package}.schema"), name), origin)


def request_in(schema: ModuleType, name: str) -> type[AnalysisRequest]:
    """The request whose `analysis` is a name.

    Raises:
        LookupError: there is none in the module, or several.
    """
    values = [
        value for value in vars(schema).values() if isinstance(value, type) and issubclass(value, AnalysisRequest)
    ]
    found = [kind for kind in values if "analysis" in kind.model_fields and kind.name() == name]
    if len(found) != 1:
        raise LookupError(f"{schema.__name__} holds {len(found)} requests with `analysis` = {name!r}; expected one")
    return found[0]
