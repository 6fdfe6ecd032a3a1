"""What a projection is asked with."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from stable_regions.analyses.slice.schema import PlaneRequest
from stable_regions.schemas.plane import Prompt
from stable_regions.schemas.request import Work

TOP = 5
"""Clean next tokens of each prompt."""


class ProjectionRequest(PlaneRequest):
    """Where other prompts' activations stand relative to the plane, and what the map says at their projections.

    Result, by extra prompt: `coordinates` float32 [m, 2], (α, β) of its projection; `off_plane` float32 [m], its distance from
    the plane in units of activation, and `off_plane_share`, that relative to ‖B − A‖; `token` int32 and `probability` float32
    [m, 5], its own likeliest next tokens, fewer where the vocabulary is smaller. With the projection written into the plane's
    contexts: `distance` float32 [m, 3] to the three clean outputs; `nearest` int32 [m], the anchor whose context names the
    point (0, 1, 2), and `name` int32 [m], the likeliest token there; `map_error` float32 [m], the distance from the output
    there to the prompt's own clean one. `anchors` as of a slice. Metadata `extra`: each prompt as the model sees it.
    """

    version: ClassVar[int] = 1

    analysis: Literal["projection"] = "projection"
    extra: Annotated[tuple[Prompt, ...], Field(strict=False, min_length=1, max_length=16)] = Field(
        description="The prompts that are dropped on the map; other tokens than A, B, C and one another."
    )

    def prompted(self) -> tuple[Sequence[str], bool]:
        return (*self.prompts, *self.extra), bool(self.prepend_bos)

    def work(self) -> Work:
        return Work(points=3 * len(self.extra), passes=1)
