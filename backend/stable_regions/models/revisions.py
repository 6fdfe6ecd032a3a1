"""What the name of a checkpoint tells: stage, step and tokens. The one place that reads such names.

Every family writes them differently; the raw name is what loads, so it is always kept. The forms below are read; any
other name is a checkpoint of which neither step nor tokens are known, and those stand in natural order (`b2` before `b10`).

    step512  step_512  step-512  global_step512  checkpoint-400  ckpt-400  iter_512  epoch=10-step=5500
    step1000-tokens4B  step-001000-2BT  step-480k-1T  step-50k-105b
    stage1-step150-tokens1B  stage2-ingredient1-step1000-tokens5B  stage1-step-40000  lc-4k-to-32k-step-4000
    100  2000 (of a folder of numbers)
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

UNITS = {"": 1, "k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}

LONG_CONTEXT = {"4k-to-32k": 4, "32k-to-64k": 5}
"""Stages of SmolLM3 after its third, in which its context grows. Source: the page of HuggingFaceTB/SmolLM3-3B-checkpoints."""

_EDGE = r"(?:^|[-_.])"
_STAGE = re.compile(rf"{_EDGE}stage[-_]?(\d+)(?=[-_.]|$)", re.IGNORECASE)
_LONG = re.compile(r"(?:^|[-_.])lc-(\d+k-to-\d+k)(?=[-_.]|$)")
_STEP = re.compile(
    rf"{_EDGE}(?:(?:global[-_])?steps?|checkpoint|ckpt|iter|iteration)[-_=]?(\d+)([km]?)(?=[-_.]|$)", re.IGNORECASE
)
_TOKENS = re.compile(
    rf"{_EDGE}(?:tokens[-_=]?(\d+(?:\.\d+)?)([kmbt]?)|(\d+(?:\.\d+)?)(?:([kmb])t|([kmbt])))$", re.IGNORECASE
)
_EPOCH = re.compile(rf"{_EDGE}epoch[-_=]?(\d+)(?=[-_.]|$)", re.IGNORECASE)
_LAST = ("main", "final", "last")


@dataclass(frozen=True)
class Moment:
    """A moment of training, as far as a revision's name tells it; None where it does not."""

    revision: str
    stage: int | None
    step: int | None
    tokens: int | None

    @property
    def known(self) -> bool:
        """Whether the name tells when it was."""
        return self.step is not None or self.tokens is not None

    @property
    def order(self) -> tuple[int, int, int, int, tuple[tuple[int, int, str], ...]]:
        """Sorts by stage, step and tokens; then come names that tell nothing, in natural order; the end of training last."""
        group = 0 if self.known else 2 if self.revision in _LAST else 1
        return (group, self.stage or 0, self.step or 0, self.tokens or 0, natural(self.revision))


def moment(revision: str) -> Moment:
    """The moment a revision's name tells.

    Source: METHOD of the families: Pythia `stepN`, OLMo `stepN-tokensMB`, OLMo-2 `stage1-stepN-tokensMB`, stanford-crfm
    GPT-2 `checkpoint-N`, FineWeb ablations `step-001000-2BT`, TinyLlama `step-480k-1T`, SmolLM3 `lc-4k-to-32k-step-N`;
    Hugging Face's Trainer and Lightning for folders.
    """
    stage, long, step = _STAGE.search(revision), _LONG.search(revision), _STEP.search(revision)
    tokens, epoch = _TOKENS.search(revision), _EPOCH.search(revision)
    count = None
    if tokens and not (step and tokens.end() == step.end()):  # `step-480k` alone is a step
        number, unit = (tokens[1], tokens[2]) if tokens[1] else (tokens[3], tokens[4] or tokens[5])
        count = round(float(number) * UNITS[unit.lower()])
    at = int(step[1]) * UNITS[step[2].lower()] if step else None
    if at is None and revision.isdigit():
        at = int(revision)
    if at is None and epoch:
        at = int(epoch[1])
    at_last = max(LONG_CONTEXT.values()) + 1
    numbered = LONG_CONTEXT.get(long[1], at_last) if long else int(stage[1]) if stage else None
    return Moment(revision=revision, stage=numbered, step=at, tokens=count)


def in_order(revisions: Iterable[str]) -> list[str]:
    """Checkpoints in the order of training, as far as their names tell it."""
    return sorted(revisions, key=lambda name: moment(name).order)


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts the numbers in names as numbers: `b2` before `b10`."""
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", name) if part)
