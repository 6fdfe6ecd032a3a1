"""The results that some requests need: those that are in the store, and the others computed here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import JsonValue

from stable_regions.analyses import compute
from stable_regions.analyses.report import PartReady, Progress
from stable_regions.models.catalogue import Catalogue
from stable_regions.models.model_cache import ModelCache
from stable_regions.models.resolve import resolve, resolve_part
from stable_regions.schemas.key import Key
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.schemas.result import is_provisional
from stable_regions.service.offer import whole_parts
from stable_regions.settings import Settings

Fetch = Callable[[Key], bytes | None]
Keep = Callable[[Key, bytes], None]
Tell = Callable[[str, int, int], None]


@dataclass
class Collected:
    """Result files by key, and which of them answers what.

    Attributes:
        results: safetensors files by key.
        answers: by each request's JSON fields, the key of its answer; a request may stand under several.
        gaps: parts that could not be had, in words.
    """

    results: dict[Key, bytes] = field(default_factory=dict[Key, bytes])
    answers: list[tuple[Mapping[str, JsonValue], Key]] = field(
        default_factory=list[tuple[Mapping[str, JsonValue], Key]]
    )
    gaps: list[str] = field(default_factory=list[str])


class Collector:
    """Collects results.

    Args:
        settings: of models and limits.
        catalogue: what models there are.
        fetch: looks a result up.
        keep: keeps one that was computed, so that packing again is quick.
        show: told stage, points done and points in all.
    """

    def __init__(self, settings: Settings, catalogue: Catalogue, fetch: Fetch, keep: Keep, show: Tell) -> None:
        self._settings, self._catalogue = settings, catalogue
        self._fetch, self._keep, self._show = fetch, keep, show
        self._models: ModelCache | None = None
        self.found = Collected()

    def close(self) -> None:
        """Let go of loaded models."""
        if self._models:
            self._models.close()

    def take(self, request: AnalysisRequest) -> list[Key]:
        """Collect what answers a request: its own result and those of its parts; the keys, its own first.

        Raises:
            Refusal: what speaks against the request, in words.
        """
        whole = resolve(request, self._catalogue, self._settings)
        parts = [resolve_part(part, whole) for part in whole_parts(whole.request)]
        keys = [whole.key, *(part.key for part in parts)]
        self._answer(request, whole.key)
        self._answer(whole.request, whole.key)
        for part, asked in zip(parts, whole_parts(request) or [part.request for part in parts], strict=True):
            self._answer(part.request, part.key)
            self._answer(asked, part.key)
        files = {key: file for key in keys if (file := self.found.results.get(key) or self._fetch(key))}
        if not set(keys) <= set(files) or is_provisional(files[whole.key]):
            coarser = {resolve_part(part, whole).key for part in whole.request.parts()} - set(files)
            known = {**files, **{key: file for key in coarser if (file := self._fetch(key))}}
            known.pop(whole.key, None)
            files |= self._computed(whole.request, known, set(keys))
        self.found.results.update(files)
        return [key for key in keys if key in files]

    def _answer(self, request: AnalysisRequest, key: Key) -> None:
        entry = (request.model_dump(mode="json"), key)
        if entry not in self.found.answers:
            self.found.answers.append(entry)

    def _computed(self, request: AnalysisRequest, known: Mapping[Key, bytes], wanted: set[Key]) -> dict[Key, bytes]:
        self._models = self._models or ModelCache(self._catalogue, self._settings)
        made: dict[Key, bytes] = {}
        for report in compute(request, self._models, known):
            if isinstance(report, Progress):
                self._show(report.stage, report.done, report.total)
            elif isinstance(report, PartReady):
                key, file = str(report.result.metadata["key"]), report.result.to_bytes()
                self._keep(key, file)
                if key in wanted:
                    made[key] = file
            else:
                self.found.gaps.append(str(report.problem["detail"]))
        return made


def asked_over(film: Sequence[str], request: AnalysisRequest) -> list[AnalysisRequest]:
    """A request about the checkpoint on screen, at every checkpoint of the view's film: so that scrubbing shows it, too."""
    fields = request.model_dump(mode="json")
    model = fields.get("model")
    if not isinstance(model, dict) or len(film) < 2 or model.get("revision") not in film:
        return [request]
    return [
        type(request).model_validate({**fields, "model": {**model, "revision": revision}}, strict=False)
        for revision in film
    ]
