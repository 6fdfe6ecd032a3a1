"""What cannot be answered, each in words: the table of bad inputs."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from serving import a_slice, serving
from stable_regions.schemas.result import Json
from stable_regions.settings import Settings
from tiny import PROMPTS

A, B, C = PROMPTS

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def http(tmp_path_factory: pytest.TempPathFactory, tiny_folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    """One server for all of them."""
    folder = tmp_path_factory.mktemp("cache")
    async with serving(
        Settings(cache_folder=folder, model_folders=(tiny_folder,), offline=True, body_bytes=20_000)
    ) as served:
        yield served.http


async def refused(http: httpx.AsyncClient, content: bytes, kind: str = "application/json") -> dict[str, Json]:
    """The problem a body is answered with; it is a proper one."""
    answer = await http.post("/api/v1/requests", content=content, headers={"Content-Type": kind})
    return problem_of(answer)


def problem_of(answer: httpx.Response) -> dict[str, Json]:
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(problem) == {"type", "title", "status", "detail", "next"}
    assert problem["status"] == answer.status_code
    assert 400 <= answer.status_code < 500
    assert problem["detail"]
    assert "Traceback" not in answer.text
    return problem


FIELDS: list[tuple[str, dict[str, Json], int, str]] = [
    ("identical prompts", {"prompts": [A, A, C]}, 422, "Prompts A and B are the same: 'The capital of France is'"),
    ("the same tokens", {"prompts": [A, f"{A} ", C]}, 422, "are the same tokens to tiny-neox"),
    ("two prompts", {"prompts": [A, B]}, 422, "prompts.2 is missing"),
    ("four prompts", {"prompts": [A, B, C, "Paris"]}, 422, "prompts: found 4 values"),
    ("an empty prompt", {"prompts": ["", B, C]}, 422, "prompts.0 is empty; expected at least one character."),
    ("a prompt that is a number", {"prompts": [1, B, C]}, 422, "prompts.0: found 1; expected string"),
    ("too many tokens", {"prompts": ["The " * 100, B, C]}, 422, "tokens"),
    ("unknown model", {"model": {"name": "tiny-neo"}}, 404, "No model is called 'tiny-neo'. Did you mean tiny-neox"),
    ("unknown revision", {"model": {"name": "tiny-neox", "revision": "step9"}}, 404, "step9"),
    ("a path", {"model": {"name": "../../etc/passwd"}}, 422, "model.name"),
    ("a climbing path", {"model": {"name": "a/../../b"}}, 422, "'..'"),
    ("a URL", {"model": {"name": "https://example.org/model"}}, 422, "model.name"),
    ("unlisted repository", {"model": {"name": "nobody/nothing"}}, 404, "nobody/nothing"),
    ("a layer too high", {"write_layer": 3}, 422, "layer 3: tiny-neox has 3 blocks."),
    ("a layer below", {"write_layer": -1}, 422, "write_layer: found -1; expected greater than or equal to 0"),
    ("a layer that is true", {"write_layer": True}, 422, "write_layer: found True; expected integer"),
    ("a layer that is text", {"write_layer": "1"}, 422, "write_layer: found '1'; expected integer"),
    ("a resolution between", {"resolution": 66}, 422, "resolution: found 66; expected 9, 17, 33, 65, 129, 257 or 513"),
    ("an unknown distance", {"distance": "manhattan"}, 422, "distance: found 'manhattan'; expected"),
    ("an unknown field", {"colour": "red"}, 422, "colour is not a field of this request."),
    ("a window upside down", {"window": {"alpha": [1, 0]}}, 422, "the low end 1.0 is not below the high end 0.0"),
    ("a window too wide", {"window": {"alpha": [-1000, 1]}}, 422, "window.alpha.0: found -1000"),
    ("another analysis", {"analysis": "dance"}, 422, "analysis: found 'dance'; expected one of slice, point"),
    ("a long name", {"model": {"name": "a" * 300}}, 422, "model.name: found 300 characters; expected at most 200."),
    ("a name with a space", {"model": {"name": "tiny neox"}}, 422, "expected letters, digits and . _ - / +"),
    ("no name", {"model": {"name": ""}}, 422, "model.name is empty; expected at least one character."),
    ("a wide field name", {"x" * 5000: 1}, 422, "is not a field of this request"),
]


@pytest.mark.parametrize(("fields", "status", "words"), [row[1:] for row in FIELDS], ids=[row[0] for row in FIELDS])
async def test_a_wrong_field_is_named_with_what_was_found_and_expected(
    http: httpx.AsyncClient, fields: dict[str, Json], status: int, words: str
) -> None:
    problem = await refused(http, json.dumps(a_slice() | fields).encode())
    assert problem["status"] == status
    assert words in str(problem["detail"])
    assert len(str(problem["detail"])) < 2000


LINE: dict[str, Json] = {**{k: v for k, v in a_slice().items() if k != "resolution"}, "analysis": "line"}
CURVE: dict[str, Json] = {"analysis": "curve", "model": {"name": "tiny-neox"}, "prompts": [A, B], "write_layer": 0}
WHOLE: list[tuple[str, dict[str, Json], str]] = [
    (
        "a sweep of a slice names the fields that were written",
        {"analysis": "sweep", "request": a_slice() | {"write_layer": -1}},
        "request.write_layer: found -1; expected greater than or equal to 0.",
    ),
    (
        "a sweep of nothing that is known",
        {"analysis": "sweep", "request": {}},
        "request.analysis is missing; expected one of slice, curve, line, meaning.",
    ),
    (
        "a sweep of sweeps",
        {"analysis": "sweep", "request": {"analysis": "sweep", "request": a_slice()}},
        "request.analysis: found 'sweep'; expected one of slice, curve, line, meaning.",
    ),
    (
        "an animation of a wrong slice",
        {"analysis": "animation", "slice": a_slice() | {"resolution": 66}, "revisions": ["step0"]},
        "slice.resolution: found 66; expected 9, 17, 33, 65, 129, 257 or 513.",
    ),
    (
        "a field called path",
        CURVE | {"path": "loop"},
        "path: found 'loop'; expected 'straight' or 'arc'.",
    ),
    (
        "an end that is no anchor",
        LINE | {"ends": ["A", "D"]},
        "ends.1: found 'D'; expected 'A', 'B', 'C' or (α, β), each from -100 to 100.",
    ),
    (
        "an end that is nowhere",
        LINE | {"ends": [[0, 1e9], "A"]},
        "ends.0: found [0, 1000000000.0]; expected 'A', 'B', 'C' or (α, β), each from -100 to 100.",
    ),
    (
        "one wrong value makes no list too short",
        {"analysis": "study", "models": [{"name": "tiny-neox", "revisions": ["../x"]}]},
        "models.0.revisions.0: found '../x'; expected letters, digits and . _ - / +, a letter or digit first.",
    ),
    (
        "no models",
        {"analysis": "study", "models": []},
        "models: found 0 values; expected at least 1.",
    ),
    (
        "too many values",
        {"analysis": "animation", "slice": a_slice(), "revisions": [f"step{i}" for i in range(600)]},
        "revisions: found 600 values; expected at most 512.",
    ),
]


@pytest.mark.parametrize(("asked", "words"), [row[1:] for row in WHOLE], ids=[row[0] for row in WHOLE])
async def test_a_refusal_names_the_field_as_it_was_written_and_nothing_else(
    http: httpx.AsyncClient, asked: dict[str, Json], words: str
) -> None:
    problem = await refused(http, json.dumps(asked).encode())
    assert problem["detail"] == words
    assert problem["next"]


def body(**texts: str) -> bytes:
    """A slice whose fields are JSON texts, so that what JSON cannot say can be sent too."""
    fields = {name: json.dumps(value) for name, value in a_slice().items()} | texts
    return ("{" + ",".join(f'"{name}":{text}' for name, text in fields.items()) + "}").encode("utf-8", "surrogatepass")


RAW: list[tuple[str, bytes, int, str]] = [
    ("NaN", body(window='{"alpha":[NaN,1]}'), 422, "expected a finite number"),
    ("Infinity", body(window='{"alpha":[0,Infinity]}'), 422, "expected a finite number"),
    ("NaN for a layer", body(write_layer="NaN"), 422, "write_layer"),
    ("a huge integer", body(write_layer="9" * 6000), 400, "This is not JSON"),
    ("a huge exponent", body(write_layer="1e999"), 422, "write_layer"),
    ("an escaped lone surrogate", body(prompts='["\\ud800","b","c"]'), 400, "This is not JSON"),
    ("a raw lone surrogate", body(prompts='["\ud800","b","c"]'), 400, "This is not JSON"),
    ("a lone surrogate as a field", body(**{"\\ud800": "1"}), 400, "This is not JSON"),
    ("not UTF-8", b'{"analysis":"\xff\xfe"}', 400, "This is not JSON"),
    ("nothing", b"", 400, "This is not JSON"),
    ("half of it", b'{"analysis": "sli', 400, "This is not JSON"),
    ("a list", b"[]", 422, "the request"),
    ("a number", b"3", 422, "the request"),
    ("null", b"null", 422, "the request"),
    ("deeply nested", b"[" * 9000, 400, "This is not JSON"),
    ("no analysis", b"{}", 422, "analysis is missing"),
]


@pytest.mark.parametrize(("content", "status", "words"), [row[1:] for row in RAW], ids=[row[0] for row in RAW])
async def test_what_is_hardly_json_is_refused_in_words(
    http: httpx.AsyncClient, content: bytes, status: int, words: str
) -> None:
    problem = await refused(http, content)
    assert problem["status"] == status
    assert words in str(problem["detail"])
    assert problem["next"]


JSON = {"Content-Type": "application/json"}


async def test_of_a_field_named_twice_the_last_one_counts_as_in_every_browser(http: httpx.AsyncClient) -> None:
    twice = body().replace(b'"write_layer"', b'"write_layer":99,"write_layer"')
    assert (await http.post("/api/v1/requests", content=twice, headers=JSON)).status_code == 202


async def test_a_body_that_says_it_is_too_large_is_not_read(http: httpx.AsyncClient) -> None:
    problem = await refused(http, b" " * 20_001)
    assert problem["status"] == 413
    assert "20,000 bytes" in str(problem["detail"])


async def test_a_body_that_grows_too_large_is_not_read_on(http: httpx.AsyncClient) -> None:
    async def pieces():
        for _ in range(30):
            yield b" " * 1000

    answer = await http.post("/api/v1/requests", content=pieces(), headers=JSON)
    assert "content-length" not in answer.request.headers
    assert problem_of(answer)["status"] == 413


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonp"])
async def test_only_json_is_taken_so_no_foreign_form_can_post(http: httpx.AsyncClient, kind: str) -> None:
    problem = await refused(http, json.dumps(a_slice()).encode(), kind)
    assert problem["status"] == 400
    assert "expected application/json" in str(problem["detail"])


async def test_json_with_a_charset_is_json(http: httpx.AsyncClient) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    answer = await http.post("/api/v1/requests", content=json.dumps(a_slice()).encode(), headers=headers)
    assert answer.status_code in (200, 202)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing/here", 404),
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/assets/../app.py", 404),
        ("GET", "/..%2f..%2fapp.py", 404),
        ("GET", f"/api/v1/results/{'0' * 64}", 404),
        ("GET", f"/api/v1/results/{'0' * 64}.npz", 404),
        ("GET", f"/api/v1/requests/{'0' * 64}", 404),
        ("GET", f"/api/v1/requests/{'0' * 64}/events", 404),
        ("DELETE", f"/api/v1/requests/{'0' * 64}", 404),
        ("GET", "/api/v1/results/short", 422),
        ("GET", f"/api/v1/results/{'0' * 63}%00", 422),
        ("GET", f"/api/v1/results/{'0' * 64}.png?size=9", 422),
        ("GET", f"/api/v1/results/{'0' * 64}.png?palette=%ED%A0%80", 422),
        ("PUT", "/api/v1/requests", 405),
        ("GET", "/api/v1/requests", 405),
        ("POST", "/api/v1/catalogue", 405),
    ],
)
async def test_every_other_wrong_turn_is_a_problem_too(
    http: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    answer = await http.request(method, path)
    assert problem_of(answer)["status"] == status
    assert (status == 405) == ("allow" in answer.headers)


async def test_a_405_names_all_methods_of_the_address(http: httpx.AsyncClient) -> None:
    answer = await http.put(f"/api/v1/requests/{'0' * 64}")
    assert answer.headers["allow"] == "DELETE, GET"
    assert problem_of(answer)["detail"] == "PUT is not answered at this address; it takes DELETE, GET."
