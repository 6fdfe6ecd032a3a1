"""What a link of the page asks, for views that do not say it themselves.

The page is the one that knows: a story made on it carries each view's requests. A bare link is read here, which is a twin
of `frontend/src/subject/view.ts` (`requestOf`) for the slice room; `tests/packs/test_links.py` holds the two together. Of
the rooms whose results are shipped, those are taken; of the others a story must say what they ask.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from stable_regions.analyses.animation.schema import AnimationRequest
from stable_regions.analyses.line.schema import LineRequest
from stable_regions.analyses.point.schema import PointRequest
from stable_regions.analyses.projection.schema import ProjectionRequest
from stable_regions.analyses.regions.schema import RegionsRequest
from stable_regions.analyses.slice.schema import SliceRequest
from stable_regions.analyses.sweep.schema import SweepRequest
from stable_regions.analyses.veil.schema import VeilRequest
from stable_regions.models.catalogue import Catalogue
from stable_regions.schemas.model import ModelCard
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.suites import presets, shipped

MOST_FRAMES = 24
"""Checkpoints that a model brings by itself; a link may name more."""

SWEEP = 129
"""The finest grid on which all frames are asked."""

OWN_NUMBERS = ("dynamics", "memories")
"""Rooms whose first numbers the page computes itself."""


def requests_of(link: str, catalogue: Catalogue) -> list[AnalysisRequest]:
    """The requests whose results a link's view shows.

    Args:
        link: from its `#` on.
        catalogue: the models there are.

    Raises:
        ValueError: the link is of a room that only a story's own requests can say.
        ValidationError: it asks what cannot be asked.
    """
    rows = dict(parse_qsl(link.removeprefix("#"), keep_blank_values=True))
    room = rows.get("room", "slice")
    if room == "slice":
        return list(_slice_room(rows, catalogue))
    if room == "study":
        return [*shipped.studies(catalogue), *shipped.comparisons(catalogue)]
    if room == "belief":
        return list(shipped.belief_films(catalogue))
    if room in OWN_NUMBERS:
        return []
    raise ValueError(
        f"A link of room={room} does not say what it asks. Add the view to a talk on the page (T), save the story, and pack that."
    )


def _slice_room(rows: Mapping[str, str], catalogue: Catalogue) -> Iterator[AnalysisRequest]:
    film = animation_of(rows, catalogue)
    resolution = _whole(rows, "n", film.slice.resolution)
    fine = film.slice.model_copy(update={"resolution": resolution})
    if resolution > SWEEP and len(film.revisions) > 1:
        yield film.model_copy(update={"slice": film.slice.model_copy(update={"resolution": SWEEP})})
        yield fine
    else:
        yield film.model_copy(update={"slice": fine})
    plane = fine.model_dump(mode="json", exclude={"analysis", "window", "resolution", "exact"})
    for revision in film.order():
        at = {**plane, "model": {**plane["model"], "revision": revision}}
        yield from _beside(rows, at, fine)
    ends = rows.get("line", "AB")
    if ends != "AB":
        line = LineRequest.model_validate({**plane, "ends": _ends(ends)})
        yield SweepRequest(request=line, revisions=film.revisions)


def _beside(rows: Mapping[str, str], at: Mapping[str, Any], fine: SliceRequest) -> Iterator[AnalysisRequest]:
    """What is shown beside the picture of one checkpoint."""
    span = {**at, "window": fine.window.model_dump(mode="json")}
    over = rows.get("over", "none")
    if rows.get("beside") == "regions" or over == "edges":
        asked = {"resolution": min(fine.resolution, SWEEP), "polytopes": True, "mlps": _whole(rows, "mlps", 1)}
        yield RegionsRequest.model_validate({**span, **asked})
    if over == "gradient":
        yield RegionsRequest.model_validate({**span, "resolution": min(fine.resolution, 65), "gradient": True})
    if over == "veil":
        kept = {name: value for name, value in span.items() if name not in ("distance", "contexts")}
        yield VeilRequest.model_validate({**kept, "resolution": 65})
    if "pin" in rows:
        alpha, beta = _numbers(rows["pin"], 2)
        yield PointRequest.model_validate({**at, "alpha": alpha, "beta": beta, "top": 10})
    extra = [rows[name] for name in ("p4", "p5", "p6", "p7") if name in rows]
    if extra:
        yield ProjectionRequest.model_validate({**at, "extra": extra})


def animation_of(rows: Mapping[str, str], catalogue: Catalogue) -> AnimationRequest:
    """The film that a link's rows ask, as `requestOf` of the page makes it."""
    first = presets.default_request(catalogue)
    card = catalogue.card(rows.get("model", first.slice.model.name))
    own = card.name == first.slice.model.name
    revision = rows.get("step", first.slice.model.revision if own else card.revisions[-1].revision)
    tilt = _numbers(rows["tilt"], 2) if "tilt" in rows else None
    prompts = [rows.get(letter, prompt) for letter, prompt in zip("abc", first.slice.prompts, strict=True)]
    asked: dict[str, Any] = {
        "model": {"name": card.name, "revision": revision, "dtype": rows.get("dtype", "float32")},
        "prompts": prompts,
        "write_layer": _whole(rows, "layer", first.slice.write_layer if own else card.write_layer),
        "distance": rows.get("d", first.slice.distance),
        "contexts": rows.get("ctx", first.slice.contexts),
        "resolution": _whole(rows, "n", first.slice.resolution),
        "exact": rows.get("exact", "0") == "1",
        "prepend_bos": {"0": False, "1": True}.get(rows.get("bos", "")),
    }
    if tilt and tilt[0] > 0:
        asked["tilt"] = {"degrees": tilt[0], "seed": int(tilt[1])}
    if "w" in rows:
        a0, a1, b0, b1 = _numbers(rows["w"], 4)
        asked["window"] = {"alpha": [a0, a1], "beta": [b0, b1]}
    named = [name for name in rows.get("revs", "").split(",") if name]
    return AnimationRequest(slice=SliceRequest.model_validate(asked), revisions=tuple(named or _frames(card, revision)))


def _frames(card: ModelCard, revision: str) -> Sequence[str]:
    """The checkpoints that the scrubber shows; of a model of the hub only the one on screen, since each is a download."""
    if card.source == "hub":
        return [revision]
    names = [row.revision for row in card.revisions]
    if len(names) <= MOST_FRAMES:
        return names
    step = (len(names) - 1) / (MOST_FRAMES - 1)
    thin = {names[int(place * step + 0.5)] for place in range(MOST_FRAMES)} | {revision}
    return [name for name in names if name in thin]


def _whole(rows: Mapping[str, str], name: str, plain: int) -> int:
    text = rows.get(name, str(plain))
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"{name}={text} in the link: expected a whole number")
    return int(text)


def _numbers(text: str, count: int) -> list[float]:
    try:
        found = [float(part) for part in text.split(",")]
    except ValueError:
        found = []
    if len(found) != count:
        raise ValueError(f"{text!r} in the link: expected {count} numbers, comma between")
    return found


def _ends(text: str) -> list[object]:
    """The ends of a line as a link writes them: `BC`, `0.1,0.2,0.8,0.3`, `A,0.8,0.3`."""
    parts = list(text) if "," not in text else text.split(",")
    ends: list[object] = []
    while parts:
        head = parts.pop(0)
        ends.append(head if head in ("A", "B", "C") else _numbers(",".join([head, *parts[:1]]), 2))
        parts = parts[1:] if head not in ("A", "B", "C") else parts
    return ends


def gallery(catalogue: Catalogue) -> tuple[tuple[str, str, str], ...]:
    """Link, title and text of every preset."""
    return tuple((_link(row, catalogue), row.title, row.text) for row in presets.rows())


def _link(row: presets.PresetRow, catalogue: Catalogue) -> str:
    asked = presets.animation(row, catalogue).slice
    named = {
        "v": "1",
        "model": asked.model.name,
        "step": asked.model.revision,
        **dict(zip("abc", asked.prompts, strict=True)),
        "layer": str(asked.write_layer),
        "dtype": asked.model.dtype,
        "d": asked.distance,
        "ctx": asked.contexts,
        "n": str(asked.resolution),
        "exact": "0",
        "w": ",".join(f"{x:g}" for x in (*asked.window.alpha, *asked.window.beta)),
    }
    return f"#{urlencode(named, safe=',/:;')}"
