"""What became of regions from frame to frame: the arrays of a timeline, its events, and the frames of greatest change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from stable_regions.analyses.regions.schema import RegionsRequest
from stable_regions.maths.matching import Match, events, matched, overlap, tracks
from stable_regions.maths.regions import Ids
from stable_regions.schemas.key import Key
from stable_regions.schemas.result import Array, Json, Result

Told: TypeAlias = "tuple[dict[str, Array], dict[str, Json]]"
"""Arrays, and metadata."""

OF_A_REGION = ("token", "area", "spread", "centre")
OF_A_FRAME = ("count", "within", "between", "overall")
"""Arrays of a frame's result that are kept: one row a counted region, one number."""

MARKS = {"within": -1, "between": 1, "count": 0}
"""Of which the greatest change is marked: a fall, a rise, a change either way."""


@dataclass(frozen=True, eq=False)
class Frame:
    """What a timeline keeps of a frame's result."""

    key: Key
    request: RegionsRequest
    arrays: Mapping[str, Array]
    names: Mapping[str, Json]
    step: int
    tokens: int
    sharpness: float
    seconds: float

    @classmethod
    def of(cls, key: Key, request: RegionsRequest, result: Result) -> "Frame":
        """The kept part of a result."""
        names = result.metadata["tokens"]
        assert isinstance(names, dict)
        kept = {name: result[name] for name in ("label", "name", *OF_A_REGION, *OF_A_FRAME)}
        kept["largest"] = result["distance"].max(axis=(1, 2))
        step, tokens = (_number(result.metadata[name], -1) for name in ("step", "tokens_seen"))
        sharpness, seconds = _number(result.metadata["sharpness"], np.nan), _number(result.metadata["seconds"], 0)
        return cls(key, request, kept, names, int(step), int(tokens), sharpness, seconds)

    @property
    def label(self) -> Ids:
        """The region of each point."""
        return self.arrays["label"].astype(np.int32)

    @property
    def count(self) -> int:
        """Counted regions."""
        return int(self.arrays["count"][0])

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Points of each counted region."""
        return np.bincount(self.arrays["label"].reshape(-1))[: self.count]


def history(frames: Sequence[Frame]) -> Told:
    """The timeline's arrays, and what its metadata says of what happened."""
    matches = [_match(before, after) for before, after in pairwise(frames)]
    counts = [frame.count for frame in frames]
    track = tracks(matches, counts)
    frame = np.repeat(np.arange(len(frames), dtype=np.int32), counts)
    region = np.concatenate([np.arange(count, dtype=np.int32) for count in counts])
    rows = {name: np.concatenate([f.arrays[name][: f.count] for f in frames]) for name in OF_A_REGION}
    areas = np.zeros((max(int(numbers.max(initial=-1)) for numbers in track) + 1, len(frames)), dtype=np.float32)
    areas[np.concatenate(track), frame] = rows["area"]
    changed = [float((a.arrays["name"] != b.arrays["name"]).mean()) for a, b in pairwise(frames)]
    arrays: dict[str, Array] = {
        "step": np.array([f.step for f in frames], dtype=np.int64),
        "tokens": np.array([f.tokens for f in frames], dtype=np.int64),
        **{name: np.concatenate([f.arrays[name] for f in frames]) for name in OF_A_FRAME},
        "sharpness": np.array([f.sharpness for f in frames], dtype=np.float32),
        "change": np.array([np.nan, *changed], dtype=np.float32),
        "largest": np.stack([f.arrays["largest"] for f in frames]),
        "frame": frame,
        "region": region,
        "track": np.concatenate(track),
        **rows,
        "areas": areas,
    }
    happened: list[Json] = []
    for place, (match, old, new) in enumerate(zip(matches, counts, counts[1:], strict=False), 1):
        for event in events(match, old, new):
            before, after = list[Json](event.before), list[Json](event.after)
            happened.append({"frame": place, "kind": event.kind, "before": before, "after": after})
    marks = {name: _greatest(arrays[name].astype(np.float64), sign) for name, sign in MARKS.items()}
    return arrays, {"events": happened, "marks": marks}


def _match(before: Frame, after: Frame) -> Match:
    shared = overlap(before.label, after.label, before.count, after.count)
    return matched(shared, before.sizes, after.sizes)


def _greatest(values: NDArray[np.float64], sign: int) -> Json:
    """The frame into which a value changes most, the first of equal ones: down, up, or (0) either way; None if never."""
    change = np.diff(values)
    counted = np.abs(change) if sign == 0 else sign * change
    if not (np.nan_to_num(counted) > 0).any():
        return None
    place = int(np.nanargmax(counted))
    return {"frame": place + 1, "change": float(change[place])}


def _number(value: Json, unknown: float) -> float:
    return float(value) if isinstance(value, int | float) else unknown
