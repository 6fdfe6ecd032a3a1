"""One base for everything on the wire.

`strict`: `true` is not the number 1 and `"65"` is not 65. `extra="forbid"`: a misspelt field is refused, not ignored.
`frozen`: a request is a value. `allow_inf_nan=False`: JSON has no NaN, and a NaN that enters never leaves.
"""

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

Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[A-Za-z0-9][A-Za-z0-9._\-/+]*$")]
"""A model's or revision's name: what file systems and the hub allow, so never a URL and never a path that climbs."""
