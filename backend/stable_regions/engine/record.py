"""The result of a slice: its arrays, and everything needed to make it again. Other results say the same of their making."""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import version
from typing import Protocol, runtime_checkable

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor

from stable_regions import __version__
from stable_regions.engine.outputs import log_softmax
from stable_regions.engine.slice_plane import SlicePlane
from stable_regions.engine.slices import Level
from stable_regions.engine.writer import Clean, Writer
from stable_regions.errors import Refusal
from stable_regions.maths.curve import curve, moves, sharpness, width
from stable_regions.maths.grid import coordinates
from stable_regions.maths.plane import Plane
from stable_regions.models.loading import LoadedModel
from stable_regions.schemas.model import ModelCard
from stable_regions.schemas.plane import DISTANCES, Window
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.schemas.result import Array, Json, Result

TOP = 5
"""Clean next tokens named for each prompt."""


@runtime_checkable
class Opened(Protocol):
    """A checkpoint that is written into: a slice plane, a crossing."""

    @property
    def model(self) -> LoadedModel: ...
    @property
    def writer(self) -> Writer: ...


@runtime_checkable
class Prompted(Opened, Protocol):
    """The same with its prompts run."""

    @property
    def cleans(self) -> Sequence[Clean]: ...


def record(
    request: AnalysisRequest,
    window: Window,
    key: str,
    weights: Sequence[str],
    slice_plane: SlicePlane,
    level: Level,
    path: Float[Tensor, " steps"],
) -> Result:
    """A slice's result.

    Args:
        request: resolved; the recipe.
        window: the part of the plane that the level samples.
        key: the result's name.
        weights: as in the key.
        slice_plane: what was read.
        level: what came out.
        path: distances along A→B (`SlicePlane.path`).
    """
    crosses = bool(moves(path))
    top = level.top.to(torch.int32).numpy()
    axes = [coordinates(*ends, level.n, slice_plane.kept_in).numpy() for ends in (window.alpha, window.beta)]
    arrays: dict[str, Array] = {
        "distance": level.distance.numpy(),
        "alpha": axes[0],
        "beta": axes[1],
        "anchors": np.array(slice_plane.plane.anchors, dtype=axes[0].dtype),
        "top_token": top,
        "computed": level.computed.to(torch.uint8).numpy(),
        "curve": (curve(path) if crosses else torch.full_like(path, torch.nan)).float().numpy(),
    }
    seen = [int(token) for token in np.unique(top)]
    metadata: dict[str, Json] = {
        **provenance(request, key, weights, slice_plane),
        "units": units(slice_plane),
        "prompts": prompts(request, slice_plane),
        "tokens": names(slice_plane, seen),
        "norms": norms(slice_plane.plane),
        "precision": slice_plane.precision(window, level.n),
        "seconds": round(level.seconds, 4),
        "sharpness": float(sharpness(path)) if crosses else None,
        "width": float(width(path)) if crosses else None,
    }
    return Result(arrays=arrays, metadata=metadata)


def provenance(request: AnalysisRequest, key: str, weights: Sequence[str], opened: Opened) -> dict[str, Json]:
    """What any result read off a checkpoint says of how it was made."""
    return {
        "key": key,
        "analysis": str(request.model_dump(mode="json")["analysis"]),
        "version": type(request).version,
        "recipe": request.model_dump(mode="json"),
        "weights": list(weights),
        "path": opened.writer.name,
        "device": str(opened.model.device),
        "dtype": str(opened.model.dtype).removeprefix("torch."),
        "versions": versions(),
        "cpu": torch.backends.cpu.get_cpu_capability(),
        "threads": torch.get_num_threads(),
    }


def norms(plane: Plane) -> dict[str, Json]:
    """Lengths of the plane's axes, and how far C stands from it, in units of activation."""
    return {"ba": plane.across_norm, "cx": plane.up_norm, "off": plane.off}


def moment(card: ModelCard, revision: str) -> dict[str, Json]:
    """Step and tokens of a checkpoint; None where unknown."""
    found = next((moment for moment in card.revisions if moment.revision == revision), None)
    return {"step": found.step if found else None, "tokens_seen": found.tokens if found else None}


def problem(refusal: Refusal) -> Json:
    """Why a part is missing, as a result's metadata keeps it."""
    said = refusal.problem()
    return {name: said[name] for name in ("type", "title", "status", "detail", "next")}


def provisional(refusals: Iterable[Refusal]) -> dict[str, Json]:
    """Metadata of a result with missing parts: that asking again may give more, where a reason is a passing one."""
    return {"provisional": True} if any(refusal.passing for refusal in refusals) else {}


@cache
def _transformers() -> str:
    """Read once: the package's metadata is a long text."""
    return version("transformers")


def versions() -> dict[str, Json]:
    """Versions of what decides the numbers."""
    return {"stable_regions": __version__, "torch": torch.__version__, "transformers": _transformers()}


def units(slice_plane: SlicePlane) -> dict[str, Json]:
    """What each array of a slice is."""
    return {
        "distance": DISTANCES[slice_plane.distance],
        "alpha": "anchor units: multiples of B − A",
        "beta": "anchor units: multiples of C − X, where X is the foot of C on the line AB",
        "anchors": "(α, β) of A, B, C",
        "top_token": "token id",
        "computed": "1 computed, 0 interpolated",
        "curve": "d(α) / d(1) along A→B in A's context, α from 0 to 1",
    }


def names(opened: Opened, tokens: Sequence[int]) -> dict[str, Json]:
    """What a person reads for each token, by its id."""
    return dict(zip(map(str, tokens), opened.model.tokens.strings(tokens), strict=True))


@torch.inference_mode()
def prompts(request: AnalysisRequest, opened: Prompted, extra: Sequence[Clean] = ()) -> list[Json]:
    """Each prompt as the model sees it: tokens, the position written at, words outside the vocabulary, and the likeliest
    tokens of its clean run.

    `extra` are the clean runs of prompts that stand after those which were opened.
    """
    texts, _ = request.prompted()
    rows: list[Json] = []
    for text, clean in zip(texts, (*opened.cleans, *extra), strict=True):
        outcome = log_softmax(opened.writer.logits(clean.final[None]))[0]
        likeliest = outcome.exp().topk(min(TOP, len(outcome)))
        ids = [int(token) for token in likeliest.indices]
        named = zip(opened.model.tokens.strings(ids), ids, likeliest.values.tolist(), strict=True)
        rows.append(
            {
                "text": text,
                "tokens": list[Json](opened.model.tokens.strings(clean.ids)),
                "ids": list[Json](clean.ids),
                "position": len(clean.ids) - 1,
                "unknown": list[Json](opened.model.tokens.unknown_words(text)),
                "top": [{"token": name, "id": token, "probability": share} for name, token, share in named],
            }
        )
    return rows
