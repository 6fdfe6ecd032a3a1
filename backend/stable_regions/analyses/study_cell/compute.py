"""Computing one cell: the prompts are cut, then their pairs are measured in chunks."""

from collections.abc import Iterator, Mapping, Sequence

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from stable_regions.analyses.load_checkpoint import opened
from stable_regions.analyses.report import PartReady, Progress, Report
from stable_regions.analyses.study_cell.corpus import prompts, source
from stable_regions.analyses.study_cell.schema import StudyCellRequest
from stable_regions.engine.pair_shapes import Pairs, Shapes, shapes
from stable_regions.engine.provenance import provenance
from stable_regions.engine.writers import writer_for
from stable_regions.maths.curve import STILL, quartiles
from stable_regions.maths.intervals import interval
from stable_regions.models.model_cache import ModelCache
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.path import CONTROLS
from stable_regions.schemas.plane import CURVE_DISTANCES
from stable_regions.schemas.result import Json, Result


def compute(request: StudyCellRequest, models: ModelCache, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """The cell's result; there are no parts."""
    done, total = 0, request.work().points
    weights = (models.catalogue.weights(request.model),)
    model = yield from opened(models, request.model, 0, total)
    yield Progress("cut", done, total)
    cut = prompts(request, model.tokens)
    pairs = Pairs(
        model=model,
        writer=writer_for(model, request.write_layer),
        write_layer=request.write_layer,
        prompts=[model.tokens.encode(prompt, bool(request.prepend_bos)) for prompt in cut],
        steps=request.steps,
        distance=request.distance,
    )
    for step in shapes(pairs, models.settings.chunk_seconds):
        if isinstance(step, Shapes):
            metadata = provenance(request, key_of(request, weights), weights, pairs)
            yield PartReady(request, recorded(request, pairs, step, cut, metadata))
        else:
            done += step
            yield Progress("points", done, total)


def recorded(
    request: StudyCellRequest, pairs: Pairs, found: Shapes, cut: Sequence[str], metadata: Mapping[str, Json]
) -> Result:
    """The cell's arrays, its quartiles and controls, and who is left out."""
    own = found.own
    kept = ~own.sharpness.isnan()
    cards = pairs.model.card.revisions
    moment = next((card for card in cards if card.revision == request.model.revision), None)
    controls = list(found.controls.values())
    return Result(
        arrays={
            "sharpness": own.sharpness.numpy(),
            "width": own.width.numpy(),
            "end_distance": own.end.numpy(),
            "quartiles": three(own.sharpness[kept]).numpy(),
            "interval": interval(own.sharpness[kept]).numpy(),
            "width_quartiles": three(own.width[kept]).numpy(),
            "control": torch.stack(controls).numpy(),
            "control_quartiles": torch.stack([three(values[~values.isnan()]) for values in controls]).numpy(),
        },
        metadata={
            **metadata,
            "prompts": list[Json](cut),
            "controls": list[Json](CONTROLS),
            "units": {
                "sharpness": "largest slope of the curve, 1 for a straight line; NaN: left out",
                "width": "α from 10 % to 90 % of the curve; NaN: left out",
                "end_distance": f"d(1): {CURVE_DISTANCES[request.distance]}",
                "quartiles": "of sharpness: lower, median, upper",
                "interval": "95 % bootstrap interval of the median of sharpness, in blocks of pairs that share prompts",
                "width_quartiles": "of width: lower, median, upper",
                "control": "sharpness of each of `controls`: "
                + "; ".join(f"{n}, {what}" for n, what in CONTROLS.items()),
                "control_quartiles": "of each of `controls`: lower, median, upper",
            },
            "source": source(request),
            "parameters": pairs.model.card.parameters,
            "step": moment.step if moment else None,
            "tokens": moment.tokens if moment else None,
            "left_out": left_out(pairs.prompts, kept),
            "seconds": round(found.seconds, 4),
        },
    )


def three(values: Float[Tensor, " n"]) -> Float[Tensor, "3"]:
    """Lower quartile, median and upper quartile; NaN of nothing."""
    return torch.tensor(quartiles(values)) if len(values) else torch.full((3,), torch.nan)


def left_out(prompts: Sequence[list[int]], kept: Bool[Tensor, " pairs"]) -> dict[str, Json]:
    """How many pairs are left out, and why."""
    out = [pair for pair, here in enumerate(kept.tolist()) if not here]
    same = sum(prompts[pair] == prompts[pair + 1] for pair in out)
    reasons: dict[str, int] = {
        "both prompts are the same tokens": same,
        f"the path ends within {STILL:g} of the output's own scale of where it began": len(out) - same,
    }
    why: dict[str, Json] = {reason: count for reason, count in reasons.items() if count}
    return {"count": len(out), "why": why}
