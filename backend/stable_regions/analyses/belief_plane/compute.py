"""Computing the beliefs of a plane: a probe is fitted to the process' histories and reads the grid's final residuals."""

from collections.abc import Generator, Iterator, Mapping
from time import perf_counter

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor

from stable_regions.analyses.belief_plane.schema import BeliefPlaneRequest, name_length, probe_length
from stable_regions.analyses.load_checkpoint import opened
from stable_regions.analyses.report import PartReady, Progress, Report
from stable_regions.engine.grid_outputs import GridOutputs, grid_outputs
from stable_regions.engine.histories import walk_of
from stable_regions.engine.provenance import moment, names, norms, prompts, provenance
from stable_regions.engine.slice_plane import open_slice_plane
from stable_regions.maths import probe
from stable_regions.maths.hidden_markov import HiddenMarkov, hidden_markov
from stable_regions.maths.presentation import Presentation, presentation
from stable_regions.maths.probe import Probe
from stable_regions.models.loading import LoadedModel
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.result import Array, Json, Result


def compute(request: BeliefPlaneRequest, models: ModelCache, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """The plane's result; there are no parts."""
    assert request.process is not None
    total = request.work().points
    weights = (models.catalogue.weights(request.model),)
    model = yield from opened(models, request.model, 0, total)
    start = perf_counter()
    process = hidden_markov(request.process)
    context = model.card.context
    fitted, r2 = yield from _fitted(
        model, process, presentation(process, probe_length(request.process, context)), total
    )
    slice_plane = open_slice_plane(model, request)
    read: GridOutputs | None = None
    done = 0
    for step in grid_outputs(slice_plane, request.window, request.resolution, models.settings.chunk_seconds):
        if isinstance(step, GridOutputs):
            read = step
        else:
            done += step
            yield Progress("points", min(done, total), total)
    assert read is not None
    belief = fitted.decoded(read.final.flatten(0, 1).cpu())
    words = presentation(process, name_length(request.process, context))
    naming = torch.from_numpy(words.belief)
    word = torch.cdist(belief, naming).argmin(dim=1)
    arrays: dict[str, Array] = {
        "alpha": read.alpha.float().numpy(),
        "beta": read.beta.float().numpy(),
        "anchors": np.array(slice_plane.plane.anchors, dtype=np.float32),
        "belief": belief.float().unflatten(0, (read.n, read.n)).numpy(),
        "distance": read.distance.float().numpy(),
        "name": read.name.to(torch.int32).numpy(),
        "word": word.to(torch.int32).unflatten(0, (read.n, read.n)).numpy(),
        "word_belief": words.belief,
        "r2": np.array([r2]),
    }
    metadata: dict[str, Json] = {
        **provenance(request, key_of(request, weights), weights, slice_plane),
        **moment(model.card, request.model.revision),
        "prompts": prompts(request, slice_plane),
        "tokens": names(slice_plane, sorted({int(token) for token in read.name.unique()})),
        "norms": norms(slice_plane.plane),
        "states": list[Json](process.states),
        "words": list[Json](_spelled(process, words)),
        "units": {
            "alpha": "anchor units: multiples of B − A",
            "beta": "anchor units: multiples of C − X, where X is the foot of C on the line AB",
            "anchors": "(α, β) of A, B and C, or C's projection",
            "belief": "probability of each state, as read off the final residual; unbounded",
            "distance": f"{request.distance}, to each clean output",
            "name": "token id that names the point",
            "word": "place among `words` of the history whose belief is nearest",
            "word_belief": "probability of each state after that history",
            "r2": "of the probe, in sample, every word and position alike",
        },
        "seconds": round(perf_counter() - start, 4),
    }
    yield PartReady(request, Result(arrays, metadata))


def _fitted(
    model: LoadedModel, process: HiddenMarkov, rows: Presentation, total: int
) -> Generator[Progress, None, tuple[Probe, float]]:
    """The probe of the final residual, and its R² in sample."""
    walk = walk_of(model, process, rows)
    for _ in walk.passes():
        yield Progress("histories", 0, total)
    activation: Float[Tensor, "rows d_model"] = walk.found().at("final").double()
    belief, weight = torch.from_numpy(rows.belief), torch.from_numpy(np.ascontiguousarray(rows.weights("uniform")))
    fitted = probe.least_squares(activation, belief, weight)
    return fitted, probe.fit_of(fitted.decoded(activation), belief, weight).r2


def _spelled(process: HiddenMarkov, rows: Presentation) -> list[str]:
    """Each history's tokens, one after another."""
    return [
        "".join(process.tokens[token] for token in word[:size]) for word, size in zip(rows.word, rows.size, strict=True)
    ]
