"""How a result was made: what its metadata says, so that it can be made again. No torch."""

import platform
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.metadata import version

from stable_regions.errors import Refusal
from stable_regions.schemas.key import key_of
from stable_regions.schemas.model import ModelCard
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.schemas.result import Array, Json, Result
from stable_regions.version import __version__


def named(request: AnalysisRequest, key: str, weights: Sequence[str]) -> dict[str, Json]:
    """What every result says first: its name, and the request it answers with every default written out."""
    return {
        "key": key,
        "analysis": request.name(),
        "version": request.edition,
        "recipe": request.model_dump(mode="json"),
        "weights": list[Json](weights),
    }


def recorded(
    request: AnalysisRequest,
    arrays: Mapping[str, Array],
    units: Mapping[str, str],
    seconds: float,
    more: Mapping[str, Json] | None = None,
    *,
    packages: Sequence[str] = ("numpy",),
    threads: int = 1,
    device: str = "cpu",
    dtype: str = "float64",
) -> Result:
    """The result of a request that knows no model: its arrays and the whole recipe.

    Args:
        request: what is answered.
        arrays: by name.
        units: what each array is, in words with its unit; one for each.
        seconds: of computing.
        more: further metadata, plain JSON values.
        packages: distributions whose versions decide the numbers, besides this one.
        threads: that were computed with.
        device: where.
        dtype: in what.

    Raises:
        ValueError: an array has no unit, or a unit no array.
    """
    if set(units) != set(arrays):
        raise ValueError(f"units are said for {sorted(units)}, and the arrays are {sorted(arrays)}")
    return Result(
        arrays=arrays,
        metadata={
            **named(request, key_of(request, ()), ()),
            "device": device,
            "dtype": dtype,
            "versions": versions(*packages),
            "cpu": platform.machine(),
            "threads": threads,
            "units": dict(units),
            "seconds": round(seconds, 4),
            **(more or {}),
        },
    )


@cache
def _version(package: str) -> str:
    """Read once: a package's metadata may be a long text."""
    return version(package)


def versions(*packages: str) -> dict[str, Json]:
    """This package's version, and those of others that decide the numbers."""
    return {"stable_regions": __version__, **{package: _version(package) for package in packages}}


def moments(card: ModelCard, revisions: Sequence[str]) -> tuple[list[int], list[int]]:
    """Step and tokens of each checkpoint; −1 where unknown."""
    known = {row.revision: row for row in card.revisions}
    rows = [known.get(revision) for revision in revisions]
    steps = [-1 if row is None or row.step is None else row.step for row in rows]
    return steps, [-1 if row is None or row.tokens is None else row.tokens for row in rows]


def problem(refusal: Refusal) -> Json:
    """Why a part is missing, as a result's metadata keeps it."""
    said = refusal.problem()
    return {name: said[name] for name in ("type", "title", "status", "detail", "next")}


def provisional(refusals: Iterable[Refusal]) -> dict[str, Json]:
    """Metadata of a result with missing parts: that asking again may give more, where a reason is a passing one."""
    return {"provisional": True} if any(refusal.passing for refusal in refusals) else {}
