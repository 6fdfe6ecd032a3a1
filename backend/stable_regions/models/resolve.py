"""From what is asked to what is computed: defaults written out, prompts and limits checked, weights named.

Everything that can be refused without loading a model is refused here, so the web process says no at the door. No
torch.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from stable_regions.errors import ModelUnavailable, PromptRefused, TooCostly, UnknownRevision
from stable_regions.models import memory
from stable_regions.models.catalogue import Catalogue
from stable_regions.schemas.key import Key, key_of
from stable_regions.schemas.model import ModelCard, ModelRef
from stable_regions.schemas.model_request import ModelRequest, checkpoints
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.settings import Settings

ABSENT = "absent"
"""Stands for the weights of a checkpoint that cannot be had, where a request names several."""


@dataclass(frozen=True)
class Resolved:
    """A request ready to be computed: its key, and weights and cards in the order of its checkpoints; none without a model."""

    request: AnalysisRequest
    key: Key
    weights: tuple[str, ...]
    cards: tuple[ModelCard, ...]

    @cached_property
    def by_checkpoint(self) -> Mapping[ModelRef, tuple[str, ModelCard]]:
        """The weights and the card of each checkpoint."""
        return dict(zip(checkpoints(self.request), zip(self.weights, self.cards, strict=True), strict=True))


def resolve(request: AnalysisRequest, catalogue: Catalogue, settings: Settings) -> Resolved:
    """Check a request and write its defaults out. Resolving what is resolved changes nothing.

    Raises:
        Refusal: whatever speaks against it: unknown model, checkpoint or layer, a prompt that is empty, too long or the
            same as another once tokenised, or more work than the settings allow.
    """
    if not isinstance(request, ModelRequest):
        for one in (request, *request.parts()):
            _check_limits(one, settings)
        return Resolved(request=request, key=key_of(request, ()), weights=(), cards=())
    by_name = {name: catalogue.card(name) for name in dict.fromkeys(ref.name for ref in request.checkpoints())}
    cards = tuple(by_name[ref.name] for ref in request.checkpoints())
    request.check(cards)
    resolved = request.resolved(cards)
    # Written out, it may need a checkpoint more: the model's last.
    cards = tuple(by_name[ref.name] for ref in resolved.checkpoints())
    _check_work(resolved, settings)
    for ref, card in zip(resolved.checkpoints(), cards, strict=True):
        memory.admit(card, ref.dtype, settings.model_bytes)
    lengths = {card.name: _check_prompts(resolved, card, catalogue, settings) for card in by_name.values()}
    for ref, card in zip(resolved.checkpoints(), cards, strict=True):
        memory.admit_work(card, lengths[card.name], ref.dtype, resolved.work().points, settings.model_bytes)
    weights = _weights(resolved.checkpoints(), catalogue)
    return Resolved(request=resolved, key=key_of(resolved, weights), weights=weights, cards=cards)


def resolve_part(part: AnalysisRequest, whole: Resolved) -> Resolved:
    """A part of a resolved request, under its own key: the one it has when it is asked for by itself."""
    found = [whole.by_checkpoint[ref] for ref in checkpoints(part)]
    weights, cards = tuple(weight for weight, _ in found), tuple(card for _, card in found)
    return Resolved(part, key_of(part, weights), weights, cards)


def _weights(refs: Sequence[ModelRef], catalogue: Catalogue) -> tuple[str, ...]:
    """Names of the weights; where several checkpoints are asked for, those that cannot be had are `ABSENT`.

    Raises:
        UnknownRevision: none of the checkpoints is there.
        ModelUnavailable: none of the checkpoints can be had.
    """
    found: list[str] = []
    refused: UnknownRevision | ModelUnavailable | None = None
    for ref in refs:
        try:
            found.append(catalogue.weights(ref))
        except (UnknownRevision, ModelUnavailable) as refusal:
            refused = refused or refusal
            found.append(ABSENT)
    if refused and set(found) == {ABSENT}:
        raise refused
    return tuple(found)


def _check_prompts(request: ModelRequest, card: ModelCard, catalogue: Catalogue, settings: Settings) -> Sequence[int]:
    """How many tokens each prompt is."""
    prompts, prepend_bos = request.prompted()
    tokens = catalogue.tokens(card.name)
    most = min(card.context, settings.prompt_tokens)
    seen: dict[tuple[int, ...], str] = {}
    for prompt in prompts:
        ids = tuple(tokens.encode(prompt, prepend_bos, most))
        if max(ids) >= card.d_vocab:
            beyond = tokens.strings([max(ids)])[0]
            raise PromptRefused(
                f"The prompt {prompt!r} holds {beyond!r}, for which {card.name} has no row among its {card.d_vocab:,}.",
                "Leave it out, or copy the tokenizer that belongs to these weights.",
            )
        if ids in seen:
            unknown = " Both hold words outside the model's vocabulary." if tokens.unknown in ids else ""
            raise PromptRefused(
                f"The prompts {seen[ids]!r} and {prompt!r} are the same tokens to {card.name}.{unknown}",
                "Write prompts that differ in a token.",
            )
        seen[ids] = prompt
    return [len(ids) for ids in seen]


def _check_work(request: ModelRequest, settings: Settings) -> None:
    work = request.work()
    if work.passes > settings.max_frames:
        raise TooCostly(
            f"{work.passes} checkpoints; this server takes at most {settings.max_frames} in one request.",
            "Choose fewer checkpoints; the word `log-8` chooses eight over all of training.",
        )
    if work.points > settings.max_points:
        raise TooCostly(
            f"{work.points:,} points; this server computes at most {settings.max_points:,} in one request.",
            "Choose a lower resolution, or fewer pairs, steps, layers or checkpoints.",
        )


def _check_limits(request: AnalysisRequest, settings: Settings) -> None:
    """Refuse what is more than its analysis allows, or than the server has memory for."""
    work, limits = request.work(), request.limits
    if work.points > limits.points:
        raise TooCostly(
            f"{work.points:,} {work.unit}; a request for {request.name()!r} takes at most {limits.points:,}.",
            "Ask for less at once.",
        )
    room = min(limits.memory_bytes, settings.model_bytes)
    if work.memory_bytes > room:
        raise TooCostly(
            f"This holds {memory.amount(work.memory_bytes)} in memory; a request for {request.name()!r} takes at most "
            f"{memory.amount(room)}.",
            "Ask for less at once, or raise STABLE_REGIONS_MODEL_BYTES."
            if room < limits.memory_bytes
            else "Ask for less at once.",
        )
