"""What a run of an attractor network is asked with."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from stable_regions.schemas.request import AnalysisRequest, Limits, Work

SIDES = {"digits": 8, "mnist": 28}
TRAINING = {"digits": 1437, "mnist": 10_000}
TESTING = {"digits": 360, "mnist": 1000}

Rule = Literal["paper", "centred", "normalised"]


OWN: dict[tuple[str, Rule], tuple[float, float, float]] = {
    ("digits", "paper"): (0.2, 1.0, 0.14),
    ("digits", "centred"): (0.2, 1.0, 8.0),
    ("digits", "normalised"): (1.0, 1.0, 1.0),
    ("mnist", "paper"): (5.0, 1.0, 1.4),
    ("mnist", "centred"): (0.2, 1.0, 20.0),
    ("mnist", "normalised"): (1.0, 1.0, 1.0),
}
"""What a rule is run with where nothing else is asked: λ while storing, λ of the iteration, R."""


class MemoryRequest(AnalysisRequest):
    """Images are stored in a network of bare self-attention, corrupted ones are iterated, and likeness is measured.

    Result: the first axis of what is measured is 0 for test images and 1 for stored ones. `t` int32 [times], from 0, the
    corrupted image; `mse`, `mse_sd`, `mse_masked`, `mse_visible`, `own`, `own_sd`, `mean_image`, `identified`,
    `distinct`, `entropy` float32 [2, times]: mean squared error over all pixels and its spread over images; over masked
    and over visible ones (NaN where there are none); cosine with the original once the mean training image is taken away;
    correlation with the mean training image; share whose nearest original is their own; number of states farther than cos
    0.999 from one another; entropy of the digits they look like, in bits. `states` uint8 [examples, times, side, side],
    `originals` uint8 [examples, side, side], `visible` uint8 [examples, tokens], `label` int32 [examples].
    `variance_true` and `variance_found` float32 [patches]: variance within the masked patches of the test images (all
    patches when denoising) at the time `variance_at` of the metadata. `couplings` float32 [tokens, tokens]: ‖J_ij‖.
    `paper` float32 [3, 100]: the curves of the paper's figure 1 for this task (MNIST; bare self-attention, iterated
    block, five layers). The metadata's `references` are the errors of the corrupted input, the mean training image, ridge
    regression and the nearest stored image.

    Source: D'Amico & Negri 2024 (arXiv 2409.16112); the rules `centred` and `normalised` are ours.
    """

    version: ClassVar[int] = 1
    limits: ClassVar[Limits] = Limits(points=400_000, memory_bytes=2**31, seconds=900)
    pace: ClassVar[float | None] = 400.0

    analysis: Literal["memory"] = "memory"
    data: Literal["digits", "mnist"] = Field(
        default="digits", description="`digits`: 8 × 8, UCI; `mnist`: 28 × 28, contrast boosted as in the paper."
    )
    rule: Rule = Field(
        default="paper", description="How images are stored; `paper` is the paper's, the others are ours."
    )
    trainer: Literal["fixed_point", "adamw"] = Field(
        default="fixed_point",
        description="Of `paper` and `centred`: sweeps without a learning rate, or the notebook's way.",
    )
    patterns: int = Field(default=1437, ge=2, le=10_000, description="Images that are stored.")
    task: Literal["mask", "denoise"] = Field(default="mask", description="What is done to an image first.")
    mask: float = Field(default=0.3, gt=0, lt=1, description="Share of tokens that are masked.")
    variance: float = Field(
        default=0.7, ge=0, le=10, description="Of the noise on every pixel, before clipping to [0, 1]."
    )
    tokens: Literal["patches", "rows", "pixels"] = Field(
        default="patches", description="What a token is: a 2 × 2 patch, a row, a pixel."
    )
    sharpness_train: float | None = Field(
        default=None, gt=0, le=100, description="λ while storing; null: as the rule and the data need."
    )
    sharpness_test: float | None = Field(default=None, gt=0, le=100, description="λ of the iteration; null: likewise.")
    row_norm: float | None = Field(
        default=None, gt=0, le=1000, description="R, where R² is the mean over sites of Σ_j ‖J_ij‖²; null: likewise."
    )
    step: float = Field(default=0.5, gt=0, le=100, description="η, how far a step goes.")
    iterations: int = Field(default=100, ge=1, le=1000, description="Steps.")
    images: int = Field(
        default=360, ge=10, le=1000, description="Test images, and as many stored ones, that are iterated."
    )
    examples: int = Field(default=8, ge=1, le=64, description="Test images whose every state is kept.")
    seed: int = Field(default=0, ge=0, le=2**20, description="Draws the embedding, the stored images, masks and noise.")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.patterns > TRAINING[self.data]:
            raise ValueError(
                f"{self.data} has {TRAINING[self.data]:,} training images; {self.patterns:,} cannot be stored"
            )
        if self.images > TESTING[self.data]:
            raise ValueError(f"{self.data} has {TESTING[self.data]:,} test images; {self.images:,} were asked for")
        if self.examples > self.images:
            raise ValueError(
                f"{self.examples} examples of {self.images} images; there can be no more examples than images"
            )
        if self.task == "mask" and int(self.mask * self.sites) in (0, self.sites):
            raise ValueError(f"a mask of {self.mask} hides none or all of {self.sites} tokens; choose another share")
        if self.rule == "normalised" and self.trainer != "fixed_point":
            raise ValueError("the normalised rule has a trainer of its own; leave `trainer` out")
        return self

    @property
    def sites(self) -> int:
        """Tokens of an image."""
        side = SIDES[self.data]
        return {"patches": side**2 // 4, "rows": side, "pixels": side**2}[self.tokens]

    @property
    def width(self) -> int:
        """Numbers of a token."""
        return {"patches": 8, "rows": 2 * SIDES[self.data], "pixels": 2}[self.tokens]

    @property
    def setting(self) -> tuple[float, float, float]:
        """λ while storing, λ of the iteration, R, with defaults written out."""
        train, test, row_norm = OWN[self.data, self.rule]
        return (
            self.sharpness_train if self.sharpness_train is not None else train,
            self.sharpness_test if self.sharpness_test is not None else test,
            self.row_norm if self.row_norm is not None else row_norm,
        )

    def work(self) -> Work:
        """Millions of multiplications, of storing and of iterating."""
        couplings = self.sites**2 * self.width**2
        if self.rule == "normalised":
            stored = 200 * min(100, self.patterns) * 6
        else:
            stored = 12 * self.patterns * 2 if self.trainer == "fixed_point" else 2000 * 256 * 2 // self.sites
        iterated = self.iterations * (self.images + min(self.images, self.patterns))
        most = 64 * self.sites**2 * self.width * 8 * 6 + couplings * 8 * 6
        return Work(
            points=max(1, couplings * (stored + iterated) // 1_000_000), unit="million products", memory_bytes=most
        )
