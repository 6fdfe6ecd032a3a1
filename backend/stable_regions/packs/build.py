"""From a story to a pack: its views' results collected, and all that the page needs beside them."""

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from stable_regions.analyses import REQUEST
from stable_regions.analyses.animation.schema import AnimationRequest
from stable_regions.errors import Refusal
from stable_regions.models.catalogue import Catalogue
from stable_regions.packs.collect import Collector, asked_over
from stable_regions.packs.links import requests_of
from stable_regions.packs.manifest import Manifest, PackedAnswer, PackedResult, PackedView, defaults, path_of
from stable_regions.packs.story import Story, View
from stable_regions.schemas.model_request import checkpoints
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.version import __version__


@dataclass(frozen=True)
class Pack:
    """A pack in memory.

    Attributes:
        manifest: what it says of itself.
        catalogue: the catalogue document, as the page reads it.
        files: compressed results by their path in the pack's folder.
    """

    manifest: Manifest
    catalogue: bytes
    files: Mapping[str, bytes]

    @property
    def stored(self) -> int:
        """Bytes of all results as they are stored."""
        return sum(len(file) for file in self.files.values())

    @property
    def gaps(self) -> int:
        """How many things could not be had."""
        return sum(len(view.gaps) for view in self.manifest.views)


def build(
    story: Story, catalogue: Catalogue, document: Mapping[str, JsonValue], collector: Collector
) -> Iterator[str | Pack]:
    """Build a pack; yields a sentence before each view is collected, and the pack at last.

    Args:
        story: the views.
        catalogue: the models there are.
        document: the catalogue as the page reads it.
        collector: finds or computes results.

    Raises:
        ValueError: there is one view, and nothing of it can be had.
    """
    views: list[PackedView] = []
    names: set[str] = set()
    for place, view in enumerate(story.views, 1):
        yield f"View {place} of {len(story.views)}: {view.title or view.link[:60]}"
        before = len(collector.found.gaps)
        keys: dict[str, None] = {}
        gaps: list[str] = []
        for request in _requests(view, catalogue):
            names |= {ref.name for ref in checkpoints(request)}
            try:
                keys |= dict.fromkeys(collector.take(request))
            except Refusal as refusal:
                gaps.append(str(refusal))
        gaps += collector.found.gaps[before:]
        if not keys and gaps and len(story.views) == 1:
            raise ValueError(f"Nothing of this view can be had. {gaps[0]}")
        views.append(PackedView(**view.model_dump(), keys=tuple(keys), gaps=tuple(dict.fromkeys(gaps))))
    found = collector.found
    stored = {key: gzip.compress(file, 9, mtime=0) for key, file in found.results.items()}
    answers = [PackedAnswer(request=dict(request), key=key) for request, key in found.answers if key in stored]
    manifest = Manifest(
        made_by=__version__,
        title=story.title,
        views=tuple(views),
        results={
            key: PackedResult(bytes=len(file), stored=len(stored[key]), sha256=hashlib.sha256(file).hexdigest())
            for key, file in found.results.items()
        },
        answers=tuple(answers),
        defaults=defaults(),
        documents={name: catalogue.document(name).model_dump(mode="json") for name in sorted(names) if "/" in name},
    )
    shown = json.dumps(_within(document, found.results), ensure_ascii=False, separators=(",", ":")).encode()
    yield Pack(manifest, shown, {path_of(key): file for key, file in stored.items()})


def _requests(view: View, catalogue: Catalogue) -> Iterator[AnalysisRequest]:
    """What a view asks: what its story says, else what its link does; about one checkpoint at all those of its film."""
    asked = [REQUEST.validate_python(request, strict=False) for request in view.requests]
    # The page leaves out what it had answered before; of the slice room the link says all.
    if not asked or "room=" not in view.link:
        asked += requests_of(view.link, catalogue)
    film = next((one.revisions for one in asked if isinstance(one, AnimationRequest)), ())
    seen: set[str] = set()
    for request in asked:
        over = [request] if isinstance(request, AnimationRequest) or not view.requests else asked_over(film, request)
        for one in over:
            text = one.model_dump_json()
            if text not in seen:
                seen.add(text)
                yield one


def _within(document: Mapping[str, JsonValue], results: Mapping[str, bytes]) -> dict[str, JsonValue]:
    """The catalogue of a pack: presets whose pictures it holds, and a hub that is never asked."""
    listed = document["presets"]
    hub = document["hub"]
    assert isinstance(listed, list)
    assert isinstance(hub, dict)
    kept: list[JsonValue] = [row for row in listed if isinstance(row, dict) and row["thumbnail"] in results]
    return {**document, "presets": kept, "hub": {**hub, "allowed": [], "offline": True}}
