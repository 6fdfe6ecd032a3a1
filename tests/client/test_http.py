from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest

from client.served import served
from near import near
from stable_regions import AnimationRequest, Client, Settings, SliceRequest, compute
from stable_regions.errors import NotFound, Refusal, UnknownLayer
from tiny import PROMPTS


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, tiny_folder: Path) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("server"), tiny_folder) as url:
        yield url


@pytest.fixture
def client(server: str) -> Iterator[Client]:
    with Client(server) as client:
        yield client


def asked(**changes: object) -> SliceRequest:
    model = {"name": "tiny-neox", "revision": "step8"}
    fields = {"model": model, "prompts": PROMPTS, "write_layer": 0, "resolution": 9}
    return SliceRequest.model_validate(fields | changes)


def test_a_server_gives_the_same_arrays_as_this_process(client: Client, settings: Settings):
    there, here = client.compute(asked(resolution=17)), compute(asked(resolution=17), settings)
    near(there, here)
    assert there.recipe == here.recipe


def test_progress_is_told_over_http(client: Client):
    told: list[tuple[str, int, int]] = []
    client.compute(asked(resolution=33), lambda stage, done, total: told.append((stage, done, total)))
    assert told
    assert told[-1][2] >= told[-1][1] > 0


def test_asking_again_computes_nothing(client: Client):
    first, again = client.compute(asked()), client.compute(asked())
    assert first.metadata == again.metadata  # the seconds it took among it: nothing was computed again
    assert np.array_equal(first["distance"], again["distance"])


def test_an_animation_brings_its_frames(client: Client, tmp_path: Path):
    answer = client.compute(AnimationRequest(slice=asked(), revisions=("step0", "step8")))
    assert len(answer.frames) == 2
    assert answer.save(tmp_path / "film.gif").stat().st_size > 1000


def test_a_refusal_is_the_same_as_in_this_process(client: Client, settings: Settings):
    with pytest.raises(UnknownLayer) as there:
        client.compute(asked(write_layer=14))
    with pytest.raises(UnknownLayer) as here:
        compute(asked(write_layer=14), settings)
    assert str(there.value) == str(here.value)


def test_a_result_that_nobody_asked_for_is_not_there(client: Client):
    with pytest.raises(NotFound):
        client.result("0" * 64)


def test_the_catalogue_lists_models_and_presets(client: Client):
    catalogue = client.catalogue()
    models = catalogue["models"]
    assert isinstance(models, list)
    assert {"tiny-neox", "tiny-gpt2"} <= {str(card["name"]) for card in models if isinstance(card, dict)}


def test_where_no_server_is_a_sentence_says_so():
    with pytest.raises(ConnectionError, match=r"No server answers at http://127\.0\.0\.1:9 .*stable-regions serve"):
        Client("http://127.0.0.1:9/").catalogue()


def test_a_token_is_sent_and_its_absence_is_refused(tmp_path: Path, tiny_folder: Path):
    with served(tmp_path, tiny_folder, STABLE_REGIONS_TOKEN="secret-enough-for-us") as url:
        with pytest.raises(Refusal, match="token"):
            Client(url).catalogue()
        assert Client(url, token="secret-enough-for-us").catalogue()["models"]


def test_an_answer_that_is_no_problem_document_is_quoted():
    proxy = httpx.MockTransport(lambda _: httpx.Response(502, text="Bad gateway"))
    with Client(transport=proxy) as client, pytest.raises(Refusal, match="The server answered 502: Bad gateway"):
        client.catalogue()


def test_a_lost_stream_of_events_is_taken_up_where_it_broke(server: str):
    """The line is cut after each event; every event is heard once, and the answer comes."""
    heard: list[str] = []

    class Cut(httpx.BaseTransport):
        """A real line that breaks after the first event of each stream."""

        def __init__(self) -> None:
            self._line = httpx.HTTPTransport()

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            response = self._line.handle_request(request)
            if not request.url.path.endswith("/events"):
                return response
            heard.append(request.headers.get("Last-Event-ID", ""))
            return httpx.Response(response.status_code, headers=response.headers, stream=_Broken(response))

        def close(self) -> None:
            self._line.close()

    class _Broken(httpx.SyncByteStream):
        def __init__(self, response: httpx.Response) -> None:
            self._response = response

        def __iter__(self) -> Iterator[bytes]:
            text = b""
            for part in self._response.stream:  # type: ignore[union-attr]  (a real transport's stream is synchronous)
                text += part
                yield part
                if b"data:" in text and text.endswith(b"\n\n"):
                    raise httpx.ReadError("cut")

        def close(self) -> None:
            self._response.close()

    with Client(server, transport=Cut()) as client:
        answer = client.compute(asked(resolution=65, write_layer=1))
    assert answer["distance"].shape == (3, 65, 65)
    assert len(heard) > 1
    assert len(set(heard)) == len(heard)
