"""One base for everything on the wire.

`strict`: `true` is not the number 1 and `"65"` is not 65. `extra="forbid"`: a misspelt field is refused, not ignored.
`frozen`: a request is a value. `allow_inf_nan=False`: JSON has no NaN, and a NaN that enters never leaves.
"""

from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints


class Wire(BaseModel):
    """A value that crosses a process border."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
        protected_namespaces=(),
        json_schema_serialization_defaults_required=True,
    )


def _encodable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("this is not text: it holds a lone surrogate, which UTF-8 cannot encode") from error
    return text


Text = Annotated[str, AfterValidator(_encodable)]
"""Text that UTF-8 can encode: no lone surrogates."""

NAME = r"^[A-Za-z0-9][A-Za-z0-9._\-/+=]*$"

Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NAME)]
"""A model's or revision's name: what file systems and the hub allow, so never a URL and never a path that climbs."""


def once(what: str, named: Sequence[str | int]) -> None:
    """See to it that each is named once.

    Raises:
        ValueError: one of them is named twice.
    """
    twice = next((name for place, name in enumerate(named) if name in named[:place]), None)
    if twice is not None:
        raise ValueError(f"the {what} {twice!r} is named twice; name each once")
