"""What the name of a checkpoint tells: stage, step and tokens.

Every family writes them differently; the raw name is what loads, so it is always kept. The forms below are read, any
other name is a checkpoint of which neither step nor tokens are known.

    step512  step1000-tokens4B  checkpoint-400  step-001000-2BT
    stage1-step150-tokens1B  stage2-ingredient1-step1000-tokens5B
"""

import re
from dataclasses import dataclass

UNITS = {"": 1, "K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}

_STAGE = re.compile(r"(?:^|-)stage(\d+)(?:-|$)")
_STEP = re.compile(r"(?:^|-)(?:step|checkpoint)-?(\d+)(?:-|$)")
_TOKENS = re.compile(r"(?:^|-)(?:tokens(\d+(?:\.\d+)?)([KMBT]?)|(\d+(?:\.\d+)?)([KMB]?)T)$")


@dataclass(frozen=True)
class Moment:
    """A moment of training, as far as a revision's name tells it; None where it does not."""

    revision: str
    stage: int | None
    step: int | None
    tokens: int | None

    @property
    def order(self) -> tuple[int, int, int, str]:
        """Sorts by stage, step, tokens, name; names that tell nothing come last (`main` is the end of training)."""
        unknown = self.step is None and self.tokens is None
        return (10**9 if unknown else self.stage or 0, self.step or 0, self.tokens or 0, self.revision)


def moment(revision: str) -> Moment:
    """The moment a revision's name tells.

    Source: METHOD of the families: Pythia `stepN`, OLMo `stepN-tokensMB`, OLMo-2 `stage1-stepN-tokensMB`, stanford-crfm
    GPT-2 `checkpoint-N`, FineWeb ablations `step-001000-2BT`.
    """
    stage, step, tokens = _STAGE.search(revision), _STEP.search(revision), _TOKENS.search(revision)
    count = None
    if tokens:
        number, unit = (tokens[1], tokens[2]) if tokens[1] else (tokens[3], tokens[4])
        count = round(float(number) * UNITS[unit])
    return Moment(
        revision=revision,
        stage=int(stage[1]) if stage else None,
        step=int(step[1]) if step else None,
        tokens=count,
    )
