"""Running an attractor network: images are stored, corrupted ones iterated, and each moment is measured."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np
import torch
from jaxtyping import Bool, Float
from torch import Tensor

from stable_regions.analyses.memory.schema import MemoryRequest
from stable_regions.analyses.report import PartReady, Progress, Report
from stable_regions.maths.attractor import metrics, tasks
from stable_regions.maths.attractor.memory import Memory, stored
from stable_regions.maths.attractor.tokens import Tokens, boosted, tokens_of
from stable_regions.schemas.key import Key
from stable_regions.schemas.provenance import recorded
from stable_regions.schemas.result import Array, Json, Result
from stable_regions.suites.images import curves, images

MEASURES = (
    "mse", "mse_sd", "mse_masked", "mse_visible", "own", "own_sd", "mean_image", "identified", "distinct", "entropy",
)  # fmt: skip

STRENGTHS = (1e-4, 1e-3, 1e-2, 1e-1)
"""Penalties that ridge regression is tried with; the best on stored images not fitted is taken."""

UNITS = {
    "t": "steps; 0 is the corrupted image",
    "mse": "mean squared error over all pixels, mean over images",
    "mse_sd": "standard deviation of the same over images",
    "mse_masked": "mean squared error over masked pixels; NaN where none is masked",
    "mse_visible": "mean squared error over visible pixels",
    "own": "cosine with the original once the mean training image is taken away, mean over images",
    "own_sd": "standard deviation of the same over images",
    "mean_image": "Pearson correlation over pixels with the mean training image, mean over images",
    "identified": "share of images whose nearest original is their own",
    "distinct": "states farther than cos 0.999 from one another",
    "entropy": "entropy of the digits whose mean image is nearest, in bits",
    "states": "grey value, 0 to 255",
    "originals": "grey value, 0 to 255",
    "visible": "1 where a token is seen at the start",
    "label": "which digit",
    "variance_true": "variance of the grey values within a patch of the original",
    "variance_found": "the same of what is found",
    "couplings": "norm of J_ij; rows are the token that is moved",
    "paper": "mean squared error at t = 1 … 100, as read off the paper's figure 1",
}


@dataclass(frozen=True, eq=False)
class Shown:
    """Images with what is done to them."""

    true: Float[Tensor, "n size"]
    begun: Float[Tensor, "n size"]
    visible: Bool[Tensor, "n tokens"] | None
    hidden: Bool[Tensor, "n size"]


@dataclass(eq=False)
class Measured:
    """What is measured of one set of images, moment by moment."""

    mean: Float[Tensor, " size"]
    kinds: Float[Tensor, "10 size"]
    values: dict[str, list[float]] = field(default_factory=lambda: {name: list[float]() for name in MEASURES})

    def add(self, shown: Shown, found: Float[Tensor, "n size"], state: Float[Tensor, "n tokens d"]) -> None:
        """The measures of one moment."""
        error = metrics.mean_square(found, shown.true)
        own = metrics.own(found, shown.true, self.mean)
        masked = shown.hidden.any()
        for name, value in {
            "mse": error.mean(),
            "mse_sd": error.std(),
            "mse_masked": metrics.mean_square_of(found, shown.true, shown.hidden).nanmean() if masked else torch.nan,
            "mse_visible": metrics.mean_square_of(found, shown.true, ~shown.hidden).nanmean(),
            "own": own.mean(),
            "own_sd": own.std(),
            "mean_image": metrics.with_mean(found, self.mean).mean(),
            "identified": metrics.identified(found, shown.true),
            "distinct": metrics.leaders(state.flatten(1)).max() + 1,
            "entropy": metrics.entropy(torch.cdist(found, self.kinds).argmin(1)),
        }.items():
            self.values[name].append(float(value))


def compute(request: MemoryRequest, _models: object, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """The run's result; there are no parts."""
    total = request.work().points
    start = perf_counter()
    yield Progress("store", 0, total, "million products")
    dtype = torch.float64 if request.data == "digits" else torch.float32
    data = images(request.data)
    lifted = boosted if request.data == "mnist" else torch.clone
    train, test = lifted(data.train).to(dtype), lifted(data.test)[: request.images].to(dtype)
    tokens = tokens_of(data.side, request.tokens, request.seed, dtype)
    places = data.chosen(request.patterns, request.seed)
    sharpness_train, sharpness, row_norm = request.setting
    held = stored(
        tokens, train[places], train, request.rule, sharpness_train, sharpness, row_norm, request.step,
        request.trainer, request.seed,
    )  # fmt: skip
    mean = train.mean(0)
    kinds = torch.stack([train[data.train_labels == digit].mean(0) for digit in range(10)])
    sets = [harmed(request, tokens, test, 0), harmed(request, tokens, train[places[: request.images]], 1)]
    measured: list[Measured] = []
    kept: list[Tensor] = []
    done = total - request.iterations * sum(len(one.true) for one in sets) * _each(request)
    for which, shown in enumerate(sets):
        ours = Measured(mean, kinds)
        begun = held.begin(shown.begun, shown.visible)
        for t, state in enumerate(held.orbit(begun, request.iterations, shown.visible)):
            found = held.images(state)
            ours.add(shown, found, state)
            if which == 0:
                kept.append(found)
            done += len(shown.true) * _each(request) if t else 0
            yield Progress("iterate", min(total, max(0, int(done))), total, "million products")
        measured.append(ours)
    yield PartReady(request, _result(request, held, sets, measured, kept, data.test_labels, start))


def _each(request: MemoryRequest) -> float:
    """Million products of one step of one image."""
    return request.sites**2 * request.width**2 / 1e6


def harmed(request: MemoryRequest, tokens: Tokens, true: Float[Tensor, "n size"], which: int) -> Shown:
    """The images masked, or with noise; every set draws its own."""
    none = torch.zeros_like(true, dtype=torch.bool)
    if request.task == "denoise":
        return Shown(true, tasks.noisy(true, request.variance, request.seed, 2 + 2 * which), None, none)
    visible = tasks.masked(len(true), tokens.count, request.mask, request.seed, 1 + 10 * which)
    pixels = tokens.patch[0] * tokens.patch[1]
    hidden = tokens.images((~visible)[..., None].expand(-1, -1, pixels).to(true)) > 0
    return Shown(true, true, visible, hidden)


def references(request: MemoryRequest, tokens: Tokens, test: Shown, held: Shown, mean: Tensor) -> dict[str, Json]:
    """Errors on test images of what needs no iteration: over all pixels, and over masked ones where there are some."""

    def seen(shown: Shown) -> Tensor:
        return shown.begun.masked_fill(shown.hidden, 0)

    def asked(shown: Shown) -> Tensor:
        """What a regression is given: the pixels, and which of them are masked."""
        return torch.cat([seen(shown), shown.hidden.to(shown.true)], 1) if request.task == "mask" else shown.begun

    given = seen(test)
    gap = (
        ((given[:, None] - held.true[None]).square() * ~test.hidden[:, None]).sum(2) if len(held.true) <= 400 else None
    )
    found = {"input": given, "mean_image": mean.expand_as(test.true)}
    if gap is not None:
        found["nearest"] = held.true[gap.argmin(1)]
    half = len(held.true) // 2
    if half >= 20:
        fitted = {strength: metrics.ridge(asked(held)[:half], held.true[:half], strength) for strength in STRENGTHS}
        errors = {
            strength: float(metrics.mean_square(asked(held)[half:] @ w + b, held.true[half:]).mean())
            for strength, (w, b) in fitted.items()
        }
        w, b = metrics.ridge(asked(held), held.true, min(errors, key=lambda strength: errors[strength]))
        found["ridge"] = (asked(test) @ w + b).clamp(0, 1)
    if request.task == "mask":
        for name in ("mean_image", "nearest", "ridge"):
            if name in found:
                found[name] = torch.where(test.hidden, found[name], test.true)
    said: dict[str, Json] = {}
    for name, image in found.items():
        said[name] = float(metrics.mean_square(image, test.true).mean())
        if request.task == "mask":
            said[f"{name}_masked"] = float(metrics.mean_square_of(image, test.true, test.hidden).mean())
    return said


def _result(
    request: MemoryRequest,
    held: Memory,
    sets: list[Shown],
    measured: list[Measured],
    kept: list[Tensor],
    labels: Tensor,
    start: float,
) -> Result:
    test = sets[0]
    errors = measured[0].values["mse"]
    at = 1 if request.task == "mask" else int(np.argmin(errors))
    chosen = slice(0, request.examples)
    side = held.tokens.side
    some = torch.ones(len(test.true), held.tokens.count, dtype=torch.bool) if test.visible is None else ~test.visible

    def grey(values: Tensor) -> Array:
        return (values * 255).round().to(torch.uint8).reshape(*values.shape[:-1], side, side).numpy()

    def variance(found: Tensor) -> Array:
        return held.tokens.patches(found).var(-1, correction=0)[some].float().numpy()

    visible = torch.ones_like(some) if test.visible is None else test.visible
    states = torch.stack([found[chosen] for found in kept], 1)
    both = [measured[which].values for which in (0, 1)]
    arrays: dict[str, Array] = {
        "t": np.arange(len(kept), dtype=np.int32),
        **{name: np.array([values[name] for values in both], dtype=np.float32) for name in MEASURES},
        "states": grey(states),
        "originals": grey(test.true[chosen]),
        "visible": visible[chosen].to(torch.uint8).numpy(),
        "label": labels[chosen].to(torch.int32).numpy(),
        "variance_true": variance(test.true),
        "variance_found": variance(kept[min(at, len(kept) - 1)]),
        "paper": np.array([curves()[f"{request.task}/{of}"] for of in ("bare", "block", "5layer")], dtype=np.float32),
    }
    if held.tokens.count <= 256:
        arrays["couplings"] = torch.linalg.matrix_norm(held.couplings).float().numpy()
    sharpness_train, sharpness, row_norm = request.setting
    count, width = held.tokens.count, held.couplings.shape[-1]
    more: dict[str, Json] = {
        "references": references(request, held.tokens, test, sets[1], measured[0].mean),
        "setting": {"sharpness_train": sharpness_train, "sharpness_test": sharpness, "row_norm": row_norm},
        "tokens": count,
        "width": width,
        "variance_at": at,
        "law": 1.6 * (count - 1) / (request.step * row_norm * (count * width) ** 0.5)
        if request.rule == "paper"
        else None,
    }
    units = {name: unit for name, unit in UNITS.items() if name in arrays}
    return recorded(
        request, arrays, units, perf_counter() - start, more,
        packages=("numpy", "torch"), threads=torch.get_num_threads(), dtype=str(held.couplings.dtype).removeprefix("torch."),
    )  # fmt: skip
