"""What a curve is asked with."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from stable_regions.schemas.model_request import CheckpointRequest
from stable_regions.schemas.plane import CurveDistance, Prompt
from stable_regions.schemas.request import Work


class CurveRequest(CheckpointRequest):
    """How the output moves along a path from prompt A's anchor to prompt B's, all in A's context.

    Result: `alpha` float32 [steps], 0 to 1; `curve` float32 [steps] = d(α) / d(1), d the distance to A's clean output;
    `end_distance` float32 [1] = d(1), in the distance's own unit; `sharpness`, `width` and `position` float32 [1];
    `top_token` int32 [steps]. Under `logit_diff` also `logit_diff` float32 [steps], the logit of A's likeliest next token
    minus that of B's, normalised to 1 at A and 0 at B; `curve` is 1 minus that, and `end_distance` its fall, in logits.

    Beside them `control` float32 [3, steps] and `control_sharpness` float32 [3]: the curves of the straight path's controls
    (metadata `controls`), but for `logit_diff`. `last_block`: the same prompts, written after the last block; `final_line`:
    a straight line between the two final residuals, through the same head; `random`: between random activations as long.
    Sharpness is taken from `steps` even samples and further ones, 1/400 apart, in the three steepest rises. Under `cosine` paths
    are measured by the angle, which is even where an output turns evenly.

    With `flips`: `flips` int32 [blocks, steps − 1], units whose nonlinearity's input changes sign between consecutive
    samples, and `flips_ends` int32 [blocks], between the ends. With `compression`: `gradient` float32 [steps] =
    g(α) = ‖d out/dα‖, `compression` float32 [2, blocks, steps] = 1 − g / g_F with the output of one block's attention (0)
    or MLP (1) held constant at its value at that point, and `compression_all` float32 [2, steps] with those of all
    blocks; positive where what is held constant flattens the output, negative where it amplifies. `block` int32 [blocks]
    names the blocks, all those above the write layer.

    Where nothing moves (d(1) is 0 to rounding) `curve` and the scalars made of it are NaN, and the metadata says why
    (`undefined`). The mean that an `arc` turns about is that of the last positions of many
    prompts at the write layer: all of the suite's for the bundled facts models, 1,000 cuts of the standard library's text for
    any other (every position of the two prompts where its vocabulary cannot read that). The metadata (`bank`) says which, and
    how many.
    """

    version: ClassVar[int] = 2

    analysis: Literal["curve"] = "curve"
    prompts: Annotated[tuple[Prompt, Prompt], Field(strict=False)] = Field(
        description="The prompts whose last positions give the anchors A and B."
    )
    distance: CurveDistance = Field(default="hellinger", description="How outputs are compared.")
    path: Literal["straight", "arc"] = Field(
        default="straight", description="The chord, or the chord rescaled about the mean activation to A's distance."
    )
    steps: int = Field(default=101, ge=5, le=1001, description="Samples of the path, both ends included.")
    flips: bool = Field(
        default=False, description="Also count sign changes of the MLPs' units along the path, by block."
    )
    compression: bool = Field(
        default=False, description="Also measure who compresses: gradients with a component held constant, by block."
    )

    @model_validator(mode="after")
    def _two_different_prompts(self) -> Self:
        a, b = self.prompts
        if a == b:
            raise ValueError(f"prompts A and B are the same: {a!r}; two different ones make a path")
        return self

    def prompted(self) -> tuple[Sequence[str], bool]:
        return self.prompts, bool(self.prepend_bos)

    def work(self) -> Work:
        return Work(points=self.steps, passes=1)
