"""What a sweep without a model is asked with: a request, one of its fields, and the values of it."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, ValidationError, model_validator

from stable_regions.schemas.base import Text
from stable_regions.schemas.request import AnalysisRequest, Limits, Work

if TYPE_CHECKING:
    ModelFree = AnalysisRequest
    """Any request without a model; `analyses` makes the union of those that are registered."""

FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Value = bool | int | float | Annotated[Text, Field(max_length=200)]


class FieldSweepRequest(AnalysisRequest):
    """One request without a model, computed at each of several values of one of its own fields.

    Result, one row a cell, in the order of `values`: `swept` float64 [cells], the values (their places in `values` where
    they are no numbers); and each array that is of one shape in all cells, as [cells, …], if together they hold at most
    64 MiB. The metadata `cells` names the key and request of each, `skipped` the cells that could not be had.
    """

    version: ClassVar[int] = 1
    limits: ClassVar[Limits] = Limits(points=10**12)

    analysis: Literal["field_sweep"] = "field_sweep"
    request: "ModelFree" = Field(description="What is computed, at every value the same but for one field.")
    field: FieldName = Field(description="Which of the request's own fields varies.")
    values: Annotated[tuple[Value, ...], Field(strict=False, min_length=1, max_length=512)] = Field(
        description="What it is, one after another."
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        known = [name for name in type(self.request).model_fields if name != "analysis"]
        if self.field not in known:
            raise ValueError(f"{self.request.name()!r} has no field {self.field!r}; it has {', '.join(known)}")
        seen: dict[AnalysisRequest, object] = {}
        for value in self.values:
            try:
                cell = self.cell(value)
            except ValueError as error:
                raise ValueError(f"the field {self.field} cannot be {value!r}: {_first(error)}") from None
            if cell in seen:
                raise ValueError(f"the values {seen[cell]!r} and {value!r} are the same; name each once")
            seen[cell] = value
        return self

    def cell(self, value: bool | int | float | str) -> AnalysisRequest:
        """The request at one value, read as if it had been asked for by itself.

        Raises:
            ValueError: the field takes no such value.
        """
        fields = {**self.request.model_dump(mode="json"), self.field: value}
        return type(self.request).model_validate_json(json.dumps(fields))

    def cells(self) -> Iterator[AnalysisRequest]:
        """Every cell, in the order of the result's rows."""
        for value in self.values:
            yield self.cell(value)

    def parts(self) -> Sequence[AnalysisRequest]:
        return list(self.cells())

    def paced_by(self) -> AnalysisRequest:
        return self.request

    def work(self) -> Work:
        each = [cell.work() for cell in self.cells()]
        return Work(
            points=sum(work.points for work in each),
            unit=each[0].unit,
            memory_bytes=max(work.memory_bytes for work in each),
        )


def _first(error: ValueError) -> str:
    """The first sentence of what pydantic found, without its address."""
    if not isinstance(error, ValidationError):
        return str(error)
    return error.errors()[0]["msg"].removeprefix("Value error, ")
