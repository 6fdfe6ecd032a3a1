"""From Python: `compute` in this process, `Client` over HTTP. The same requests, the same arrays.

    from stable_regions import Client, SliceRequest, compute
    request = SliceRequest(model={"name": "facts-12l", "revision": "step1536"}, prompts=[...], write_layer=2)
    compute(request)["distance"]
    Client("http://127.0.0.1:8000").compute(request)["distance"]

Neither imports torch before something is computed in this process.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Self

import httpx

from stable_regions.answers.answer import Answer
from stable_regions.answers.shown import brings
from stable_regions.errors import Refusal, WorkerLost, from_problem
from stable_regions.schemas.events import Ticket
from stable_regions.schemas.model_request import ModelRequest
from stable_regions.schemas.request import AnalysisRequest
from stable_regions.schemas.result import Json, Result
from stable_regions.settings import Settings

if TYPE_CHECKING:
    from stable_regions.models.model_cache import ModelCache

Progress = Callable[[str, int, int], None]
"""Told the stage, and how many of how many points are done."""

ATTEMPTS = 5
"""Times in a row that a lost stream of events is taken up again without hearing anything new."""


def compute(request: AnalysisRequest, settings: Settings | None = None, progress: Progress | None = None) -> Answer:
    """Compute a request in this process. Loaded checkpoints stay loaded for the next one.

    Args:
        request: a slice, its regions, a curve, a study, or any other of the public requests.
        settings: device, threads, model folders, limits; from the environment if not given.
        progress: called as work goes on.

    Raises:
        Refusal: what speaks against it, in words.
    """
    from stable_regions.analyses import compute as reports
    from stable_regions.analyses.report import PartReady
    from stable_regions.analyses.report import Progress as Went
    from stable_regions.models.catalogue import Catalogue
    from stable_regions.models.resolve import resolve

    settings = settings or Settings()
    models = _models(settings.model_dump_json(exclude={"token"})) if isinstance(request, ModelRequest) else settings
    catalogue = Catalogue(settings) if isinstance(models, Settings) else models.catalogue
    resolved = resolve(request, catalogue, settings)
    ready: dict[str, Result] = {}
    last: Result | None = None
    for report in reports(resolved.request, models, {}):
        if isinstance(report, Went):
            if progress:
                progress(report.stage, report.done, report.total)
            time.sleep(report.rest)
        elif isinstance(report, PartReady):
            last = report.result
            ready[str(last.metadata.get("key"))] = last
    assert last is not None  # an analysis ends with its own result, or raises
    return _answer(last, ready.__getitem__)


@lru_cache(maxsize=1)
def _models(chosen: str) -> "ModelCache":
    """One cache of models for the latest settings (as JSON, which can be compared), so that asking twice loads once."""
    from stable_regions.models.catalogue import Catalogue
    from stable_regions.models.model_cache import ModelCache

    settings = Settings.model_validate_json(chosen)
    if settings.threads:
        import torch

        torch.set_num_threads(settings.threads)
    return ModelCache(Catalogue(settings), settings)


def _answer(result: Result, part: Callable[[str], Result]) -> Answer:
    """The result with the parts that its analysis brings, as its metadata names them, fetched by key."""
    rows = result.metadata.get(brings(result))
    keys = [str(row["key"]) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    frames = (part(key) for key in keys)
    return Answer(result.arrays, result.metadata, tuple(Answer(frame.arrays, frame.metadata) for frame in frames))


@dataclass(frozen=True)
class _Event:
    """One server-sent event."""

    id: str
    name: str
    data: Mapping[str, Json]


class Client:
    """Asks a running server.

    Args:
        url: where the server is.
        token: its access token, if it has one.
        timeout: seconds without a sign of life after which a connection counts as lost.
        transport: how bytes travel (a proxy, say); httpx's own if not given.
    """

    def __init__(
        self,
        url: str = "http://127.0.0.1:8000",
        token: str | None = None,
        timeout: float = 40.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        waits = httpx.Timeout(timeout, connect=5.0)
        self.url = url.rstrip("/")
        self._http = httpx.Client(base_url=self.url, headers=headers, timeout=waits, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    def catalogue(self) -> dict[str, Json]:
        """What the server has: models with their checkpoints, distances, presets, limits."""
        return self._ask("GET", "/api/v1/catalogue").json()

    def compute(self, request: AnalysisRequest, progress: Progress | None = None) -> Answer:
        """The same as `compute` in this process, done by the server. An interrupt (Ctrl-C) cancels it there.

        Raises:
            Refusal: what speaks against it, in words.
            ConnectionError: no server answers.
        """
        asked = self._ask("POST", "/api/v1/requests", json=request.model_dump(mode="json"))
        ticket = Ticket.model_validate_json(asked.content)
        if ticket.status != "done":
            try:
                self._wait(ticket.key, progress)
            except KeyboardInterrupt:
                self._ask("DELETE", f"/api/v1/requests/{ticket.key}")
                raise
        return _answer(self.result(ticket.key), self.result)

    def result(self, key: str) -> Result:
        """A result by its key.

        Raises:
            Refusal: the server has none under that key.
        """
        return Result.from_bytes(self._ask("GET", f"/api/v1/results/{key}").content)

    def _wait(self, key: str, progress: Progress | None) -> None:
        """Follow the request's events to its end; a lost stream is taken up where it broke."""
        after, silent = "", 0
        while silent < ATTEMPTS:
            try:
                for event in self._events(key, after):
                    after, silent = event.id or after, 0
                    if event.name == "done":
                        return
                    if event.name == "refused":
                        raise _refusal(event.data["problem"])
                    if event.name == "progress" and progress:
                        data = event.data
                        progress(str(data["stage"]), int(str(data["done"])), int(str(data["total"])))
            except httpx.TransportError:
                pass
            ticket = Ticket.model_validate_json(self._ask("GET", f"/api/v1/requests/{key}").content)
            if ticket.status == "done":
                return
            if ticket.problem is not None:
                raise _refusal(ticket.problem.model_dump())
            silent += 1
            time.sleep(0.2 * silent)
        raise WorkerLost("The server stopped telling how far the request is.", "Ask again; what is done is kept.")

    def _events(self, key: str, after: str) -> Iterator[_Event]:
        headers = {"Accept": "text/event-stream", **({"Last-Event-ID": after} if after else {})}
        with self._http.stream("GET", f"/api/v1/requests/{key}/events", headers=headers) as response:
            if response.is_error:
                response.read()
                raise _refused(response)
            fields: dict[str, str] = {}
            for line in response.iter_lines():
                name, _, value = line.partition(":")
                if name:
                    fields[name] = value.removeprefix(" ")
                elif fields:
                    if "data" in fields:
                        yield _Event(fields.get("id", ""), fields.get("event", "message"), json.loads(fields["data"]))
                    fields = {}

    def _ask(self, method: str, path: str, json: Json = None) -> httpx.Response:
        try:
            response = self._http.request(method, path, json=json)
        except httpx.TransportError as error:
            raise ConnectionError(
                f"No server answers at {self.url} ({error}). Start one with `stable-regions serve`, or check the address."
            ) from error
        if response.is_error:
            raise _refused(response)
        return response


def _refusal(problem: Json) -> Refusal:
    """The refusal that a problem document describes."""
    words = problem if isinstance(problem, dict) else {}
    kind, title, detail, step = (str(words.get(name, "")) for name in ("type", "title", "detail", "next"))
    return from_problem(
        {"type": kind, "title": title, "status": int(str(words.get("status", 500))), "detail": detail, "next": step}
    )


def _refused(response: httpx.Response) -> Refusal:
    """The refusal in an answer; an answer that is no problem document (a proxy's, say) is quoted."""
    try:
        return _refusal(response.json())
    except ValueError:
        text = response.text[:200] or response.reason_phrase
        return Refusal(
            f"The server answered {response.status_code}: {text}", "Is this the address of Stable Regions Explorer?"
        )
