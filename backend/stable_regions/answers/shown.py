"""What a result is shown as: its analysis says it, and what it has not is refused with the reason."""

from collections.abc import Sequence

from stable_regions.analyses import REGISTRY
from stable_regions.errors import Unprocessable
from stable_regions.pictures.chart import Chart
from stable_regions.pictures.show import Absent, Show
from stable_regions.schemas.result import Result


def shown_as(result: Result) -> Show:
    """What the result's analysis is shown as.

    Raises:
        Unprocessable: the analysis is not known here.
    """
    analysis = str(result.recipe.get("analysis"))
    if analysis not in REGISTRY:
        raise Unprocessable(
            f"This result is of the analysis {analysis!r}, which is not known here.", "Take the .npz instead."
        )
    return REGISTRY[analysis].show


def refuse_absent(show: Show, kind: str, result: Result) -> None:
    """Refuse a kind of file that a result has not.

    Raises:
        Unprocessable: with the reason.
    """
    why = show.absent(kind)
    if why is not None:
        raise Unprocessable(f"A result of {result.recipe.get('analysis')!r} has no .{kind}.", why)


def kinds(analysis: str) -> tuple[str, ...]:
    """Suffixes that an analysis' result can be saved with; of one that is not known here, those that any can."""
    return REGISTRY[analysis].show.kinds if analysis in REGISTRY else ("npz", "safetensors", "json")


def chart(result: Result, parts: Sequence[Result] = ()) -> Chart:
    """The result's chart; of a sweep also from its cells, where they are at hand.

    Raises:
        Unprocessable: it has none; with the reason.
    """
    show = shown_as(result)
    refuse_absent(show, "svg", result)
    assert not isinstance(show.chart, Absent)
    return show.chart(result, parts)


def brings(result: Result) -> str:
    """Which list of the result's metadata names parts that come with it; "": none, or the analysis is not known here."""
    analysis = str(result.recipe.get("analysis"))
    return REGISTRY[analysis].show.brings if analysis in REGISTRY else ""
