"""What is wrong with a request's fields, one sentence a field: where, what was found, what is expected.

pydantic says it for programmers: its paths hold steps that nobody wrote (the member of a union), and one wrong value inside
a list makes the list too short as well. Nothing that was sent is echoed as it came: a value is shown in its `repr`, cut
short, and only where it is a number or a short text.
"""

from collections.abc import Mapping, Sequence
from typing import cast, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from stable_regions.analyses import MODEL_FREE, REGISTRY
from stable_regions.analyses.sweep.schema import Swept
from stable_regions.schemas.base import NAME
from stable_regions.schemas.key import KEY

SHOWN = 60
"""Most characters of a found value that are shown."""

TOLD = 5
"""Most fields that are named."""


ANALYSES = tuple(REGISTRY)
SWEPT = tuple(str(kind.model_fields["analysis"].default) for kind in get_args(get_args(Swept)[0]))
"""Names of all analyses, and of those that can be swept over checkpoints and layers."""

HELD: Mapping[str, Sequence[str]] = {"sweep": SWEPT, "field_sweep": tuple(MODEL_FREE)}
"""By the analysis of a request that holds another one: which that may be."""

PATTERNS: Mapping[str, str] = {
    NAME: "letters, digits and . _ - / +, a letter or digit first",
    KEY: "a key, 64 digits of 0 to 9 and a to f",
}
"""What texts of a form look like."""


def in_sentences(error: ValidationError) -> str:
    """What pydantic found in a request."""
    details, tagged = error.errors(include_url=False), error.title.startswith("tagged-union")
    if not tagged:
        return field_sentences(details)
    own: list[ErrorDetails] = [{**detail, "loc": detail["loc"][1:]} for detail in details]
    return field_sentences(own, str(details[0]["loc"][0]) if details[0]["loc"] else "")


def field_sentences(details: Sequence[ErrorDetails], analysis: str = "") -> str:
    """One sentence a field, of the first few; `analysis` is the request's, where it is known."""
    own = [detail for detail in details if not _follows(detail)]
    more = [f"and {len(own) - TOLD} more fields."] if len(own) > TOLD else []
    return " ".join([*(_sentence(detail, HELD.get(analysis, SWEPT)) for detail in own[:TOLD]), *more])


def _follows(detail: ErrorDetails) -> bool:
    """Whether a list is too short only because one of its values is wrong, which is said already."""
    given, least = detail["input"], detail.get("ctx", {}).get("min_length", 0)
    return detail["type"] == "too_short" and isinstance(given, list | tuple) and len(_many(given)) >= least


def _sentence(detail: ErrorDetails, held: Sequence[str]) -> str:
    steps = list(detail["loc"])
    if steps[:1] == ["request"] and steps[1:2] and steps[1] in held:  # names the member of the union of what is swept
        del steps[1]
    where, given, ctx = ".".join(map(_shown, steps)) or "the request", detail["input"], detail.get("ctx", {})
    match detail["type"]:
        case "json_invalid":
            return f"This is not JSON: {ctx.get('error', 'it cannot be read')}."
        case "missing":
            return f"{where} is missing."
        case "extra_forbidden":
            return f"{where} is not a field of this request."
        case "union_tag_not_found" | "union_tag_invalid":
            by = str(ctx["discriminator"]).strip("'")
            known = ", ".join(held if steps else ANALYSES) if by == "analysis" else str(ctx.get("expected_tags", ""))
            where, known = ".".join([*map(_shown, steps), by]), known.replace("'", "")
            if detail["type"] == "union_tag_not_found":
                return f"{where} is missing{f'; expected one of {known}' if known else ''}."
            return f"{where}: found {_found(ctx['tag'])}; expected one of {known}."
        case "value_error":
            said = plain(detail["msg"].removeprefix("Value error, "))
            return f"{where}: {said}." if steps else f"{said[:1].upper()}{said[1:]}."
        case "too_short" | "string_too_short" if given == "":
            return f"{where} is empty; expected at least one character."
        case "too_short" | "string_too_short":
            return f"{where}: found {_size(given)}; expected at least {ctx['min_length']}."
        case "too_long" | "string_too_long":
            return f"{where}: found {_size(given)}; expected at most {ctx['max_length']}."
        case "string_pattern_mismatch" if ctx["pattern"] in PATTERNS:
            return f"{where}: found {_found(given)}; expected {PATTERNS[ctx['pattern']]}."
        case _:
            expected = detail["msg"].removeprefix("Input should be ").removeprefix("a valid ").partition(", unable")[0]
            return f"{where}: found {_found(given)}; expected {plain(expected)}."


def _many(values: object) -> Sequence[object]:
    return cast(Sequence[object], values)


def _size(value: object) -> str:
    """How large a text or a list is."""
    many = len(_many(value))
    return f"{many} {'character' if isinstance(value, str) else 'value'}{'s' * (many != 1)}"


def _found(value: object) -> str:
    """A found value, where it is small and plain."""
    return _size(value) if isinstance(value, dict | list | tuple) else plain(repr(value), SHOWN)


def _shown(step: object) -> str:
    """A step of a field's path; the name of an unknown field is the visitor's own."""
    own = isinstance(step, int) or (str(step).isidentifier() and len(str(step)) < SHOWN)
    return str(step) if own else plain(repr(step))


def plain(text: str, most: int = 4 * SHOWN) -> str:
    """Short, and without what UTF-8 or a terminal cannot show."""
    text = text.encode("utf-8", "backslashreplace").decode().strip().rstrip(".")
    return text if len(text) <= most else f"{text[:most]}…"
