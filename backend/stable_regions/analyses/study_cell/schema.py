"""What one cell of a study is asked with, and what it has in common with the study."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from stable_regions.errors import PromptRefused
from stable_regions.schemas.model import ModelCard
from stable_regions.schemas.model_request import CheckpointRequest, ModelRequest
from stable_regions.schemas.path import points_written
from stable_regions.schemas.plane import Distance, Layer, Prompt
from stable_regions.schemas.request import Work


class SampledRequest(ModelRequest):
    """Abstract: pairs (i, i + 1) of prompts cut at random from a text, or of the facts suite's; and how each is measured."""

    corpus: Literal["facts", "stdlib", "texts"] = Field(
        default="facts",
        description="`facts`: the suite's prompts, each from its beginning, as its models are trained. `stdlib`: files of the "
        "server's Python that the bundled models have not read. `texts`: those given.",
    )
    texts: Annotated[tuple[Prompt, ...], Field(strict=False, max_length=1000)] = Field(
        default=(), description="Own text for the corpus `texts`: passages; no prompt reaches from one into the next."
    )
    pairs: int = Field(default=1000, ge=1, le=10_000, description="Pairs of prompts; one prompt more is cut.")
    prompt_tokens: int = Field(
        default=10,
        ge=2,
        le=256,
        description="Tokens of each prompt, a BOS token apart; of the facts suite's, the most.",
    )
    distance: Distance = Field(default="l2", description="How outputs are compared.")
    steps: int = Field(default=51, ge=5, le=1001, description="Even samples of each path, both ends included.")
    seed: int = Field(default=0, ge=0, le=2**31 - 1, description="Where the text is cut.")

    @model_validator(mode="after")
    def _texts_are_given_where_they_are_read(self) -> Self:
        if (self.corpus == "texts") != bool(self.texts):
            raise ValueError(f"the corpus is {self.corpus!r} and {len(self.texts)} texts are given; `texts` needs some")
        return self

    def prompted(self) -> tuple[Sequence[str], bool]:
        return (), False

    def check_model(self, card: ModelCard, layers: Sequence[int]) -> None:
        """Refuse layers that a model does not have, and prompts longer than it takes."""
        for layer in layers:
            card.check_layer(layer)
        if self.prompt_tokens + 1 > card.context:
            raise PromptRefused(
                f"Prompts of {self.prompt_tokens} tokens and a BOS token; {card.name} takes at most {card.context}.",
                "Ask for shorter prompts.",
            )


class StudyCellRequest(SampledRequest, CheckpointRequest):
    """The sharpness of many random pairs, at one layer of one checkpoint.

    Result: `sharpness`, `width` float32 [pairs], NaN where a pair is left out since nothing moves along its path;
    `end_distance` float32 [pairs] = d(1); `quartiles` and `width_quartiles` float32 [3]: lower, median, upper, over the
    pairs that are kept; `interval` float32 [2], the median's 95 % bootstrap interval.

    Beside them `control` float32 [3, pairs], NaN but for the first 200 pairs: the sharpness of each pair's controls (metadata
    `controls`: `last_block`, the same path written after the last block; `final_line`, a straight line between its final
    residuals, through the same head; `random`, between random activations as long), and `control_quartiles` float32 [3, 3].

    Sharpness is taken from `steps` even samples and further ones, 1/400 apart, in the three steepest rises. Under `cosine`
    paths are measured by the angle, which is even where an output turns evenly.

    The metadata holds `parameters`, `step` and `tokens` of the checkpoint, the `prompts` (pair i goes
    from prompt i to prompt i + 1, in prompt i's context; a curve of these two texts is the pair's), and `left_out`.
    """

    version: ClassVar[int] = 3

    analysis: Literal["study_cell"] = "study_cell"
    write_layer: Layer = Field(
        default=0, description="Layer ℓ: `blocks.{ℓ}.hook_resid_post`, the stream after block ℓ."
    )

    def check(self, cards: Sequence[ModelCard]) -> None:
        self.check_model(cards[0], [self.write_layer])

    def work(self) -> Work:
        return Work(points=points_written(self.pairs, self.steps), passes=1)
