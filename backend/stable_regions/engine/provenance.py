"""How a result that was read off checkpoints was made, and what its tokens and prompts are."""

from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from typing import Protocol, runtime_checkable

import torch

from stable_regions.engine.outputs import log_softmax
from stable_regions.engine.writer import Clean, Writer
from stable_regions.maths.plane import Plane
from stable_regions.models.loading import LoadedModel
from stable_regions.schemas.model import ModelCard
from stable_regions.schemas.model_request import ModelRequest
from stable_regions.schemas.provenance import named
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.schemas.result import Json
from stable_regions.version import __version__

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


def provenance(request: AnalysisRequest, key: str, weights: Sequence[str], opened: Opened) -> dict[str, Json]:
    """What any result that was written into a checkpoint says of how it was made."""
    return provenance_of_model(request, key, weights, opened.model, opened.writer.name)


def provenance_of_model(
    request: AnalysisRequest, key: str, weights: Sequence[str], model: LoadedModel, path: str
) -> dict[str, Json]:
    """What any result read off a checkpoint says of how it was made; `path` names the way it was run."""
    return {
        **named(request, key, weights),
        "path": path,
        "device": str(model.device),
        "dtype": str(model.dtype).removeprefix("torch."),
        "versions": _versions(),
        "cpu": torch.backends.cpu.get_cpu_capability(),
        "threads": torch.get_num_threads(),
    }


def provenance_of_parts(request: AnalysisRequest, key: str, weights: Sequence[str], seconds: float) -> dict[str, Json]:
    """What a result made of other results says of how it was made; `seconds` is the sum of theirs."""
    return {
        **named(request, key, weights),
        "seconds": round(seconds, 4),
        "versions": _versions(),
        "cpu": torch.backends.cpu.get_cpu_capability(),
    }


def norms(plane: Plane) -> dict[str, Json]:
    """Lengths of the plane's axes, and how far C stands from it, in units of activation."""
    return {"ba": plane.across_norm, "cx": plane.up_norm, "off": plane.off}


def moment(card: ModelCard, revision: str) -> dict[str, Json]:
    """Step and tokens of a checkpoint; None where unknown."""
    found = next((moment for moment in card.revisions if moment.revision == revision), None)
    return {"step": found.step if found else None, "tokens_seen": found.tokens if found else None}


@cache
def _transformers() -> str:
    """Read once: the package's metadata is a long text."""
    return version("transformers")


def _versions() -> dict[str, Json]:
    """Versions of what decides the numbers."""
    return {"stable_regions": __version__, "torch": torch.__version__, "transformers": _transformers()}


def names(opened: Opened, tokens: Sequence[int]) -> dict[str, Json]:
    """What a person reads for each token, by its id."""
    return dict(zip(map(str, tokens), opened.model.tokens.strings(tokens), strict=True))


@torch.inference_mode()
def prompts(request: ModelRequest, opened: Prompted, extra: Sequence[Clean] = ()) -> list[Json]:
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
