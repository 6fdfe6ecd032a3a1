"""What a slice is asked with. What it answers is in `compute`."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, JsonValue, model_validator

from stable_regions.schemas.model_request import CheckpointRequest
from stable_regions.schemas.plane import RESOLUTIONS, AnyTilt, Contexts, Distance, Prompt, Resolution, Window
from stable_regions.schemas.request import Work


def _without_default(schema: dict[str, JsonValue]) -> None:
    schema.pop("default", None)


class SpanRequest(CheckpointRequest):
    """Abstract: three prompts whose activations at one layer of one checkpoint span a plane."""

    prompts: Annotated[tuple[Prompt, Prompt, Prompt], Field(strict=False)] = Field(
        description="The prompts whose last positions give the anchors A, B and C."
    )
    # Left out of recipes where there is none, so that those written before tilts were known are still the same words; the
    # schema therefore names no default, which would say that it is always there.
    tilt: AnyTilt = Field(
        default=None,
        exclude_if=lambda tilt: tilt is None,
        json_schema_extra=_without_default,
        description="Turn the plane about the line AB towards a random direction; null: the plane through C.",
    )

    @model_validator(mode="after")
    def _three_different_prompts(self) -> Self:
        for first, second in ((0, 1), (0, 2), (1, 2)):
            if self.prompts[first] == self.prompts[second]:
                letters = f"{'ABC'[first]} and {'ABC'[second]}"
                raise ValueError(
                    f"prompts {letters} are the same: {self.prompts[first]!r}; three different ones span a plane"
                )
        return self

    def prompted(self) -> tuple[Sequence[str], bool]:
        return self.prompts, bool(self.prepend_bos)


class PlaneRequest(SpanRequest):
    """Abstract: such a plane, and how the outputs of its points are compared with the three clean ones."""

    distance: Distance = Field(default="hellinger", description="How outputs are compared.")
    contexts: Contexts = Field(
        default="own", description="`own`: each distance in its own prompt's run. `first`: all in A's."
    )


class SliceRequest(PlaneRequest):
    """A 2-D slice: distances to the three clean outputs over a grid of the plane.

    Result: `distance` float32 [3, ny, nx], to the clean outputs of A, B, C, in the distance's own unit; `alpha` [nx] and
    `beta` [ny], anchor units; `anchors` [3, 2]; `top_token` int32 [3, ny, nx]; `computed` uint8 [ny, nx], 0 where
    interpolated; `curve` float32 [101] along A→B. Where the window is not the whole plane also `plane_largest` [3], the largest
    distance of each channel over all of it: what a picture's colours are scaled by, however far it is zoomed in.
    """

    version: ClassVar[int] = 2

    analysis: Literal["slice"] = "slice"
    window: Window = Field(default_factory=Window, description="The part of the plane that is sampled.")
    resolution: Resolution = Field(default=65, description="Points per side.")
    exact: bool = Field(
        default=True,
        description="Compute every point; false: only where neighbours disagree, the rest interpolated within a bound.",
    )

    @property
    def zoomed(self) -> bool:
        """Whether the window is another than the whole plane."""
        return self.window != Window()

    @property
    def edition(self) -> int:
        """One more for other windows: their slices carry the scale of their plane, which they did not at first."""
        return self.version + self.zoomed

    def parts(self) -> Sequence["SliceRequest"]:
        """The coarser levels, coarsest first."""
        return [self.model_copy(update={"resolution": n}) for n in RESOLUTIONS if n < self.resolution]

    def work(self) -> Work:
        return Work(points=3 * self.resolution**2, passes=1)
