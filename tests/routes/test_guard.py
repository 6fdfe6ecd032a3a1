"""Who is answered, and the headers that keep the page to itself."""

import logging
from collections.abc import Callable

import httpx
import pytest
from pydantic import ValidationError

from serving import Serving, a_slice, events, serving
from stable_regions.routes.guard import headers_for
from stable_regions.settings import Settings

HEADERS = headers_for(("'self'",))
"""What every answer carries where nothing else is set."""

ROUTES = [
    ("GET", "/"),
    ("GET", "/openapi.json"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
    ("GET", "/api/v1/catalogue"),
    ("POST", "/api/v1/requests"),
    ("GET", f"/api/v1/requests/{'0' * 64}/events"),
    ("GET", f"/api/v1/results/{'0' * 64}"),
    ("GET", "/nothing"),
    ("PUT", "/"),
]


async def test_every_answer_carries_the_headers(http: httpx.AsyncClient) -> None:
    for method, path in ROUTES:
        answer = await http.request(method, path)
        assert {name: answer.headers.get(name) for name in HEADERS} == dict(HEADERS), path
        assert "access-control-allow-origin" not in answer.headers


def test_the_policy_allows_no_foreign_origin_and_no_inline_script() -> None:
    rules = dict(rule.split(" ", 1) for rule in HEADERS["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == "'self'"
    assert rules["script-src"] == "'self'"
    assert rules["frame-ancestors"] == "'self'"
    assert "http" not in HEADERS["Content-Security-Policy"]
    assert "*" not in HEADERS["Content-Security-Policy"]


def test_pages_that_are_named_may_hold_the_page_in_a_frame_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STABLE_REGIONS_FRAME_ANCESTORS", "'self' https://slides.example.org https://*.example.edu:8443")
    said = headers_for(Settings().frame_ancestors)
    assert said["Content-Security-Policy"].endswith(
        "; frame-ancestors 'self' https://slides.example.org https://*.example.edu:8443"
    )
    assert "X-Frame-Options" not in said
    assert headers_for(("'self'",))["X-Frame-Options"] == "SAMEORIGIN"
    assert headers_for(("'none'",))["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "given",
    [
        "*",
        "example.org",
        "https://a.org; script-src *",
        "'unsafe-inline'",
        "https://a.org,https://b.org",
        "'none' 'self'",
    ],
)
def test_what_is_no_origin_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STABLE_REGIONS_FRAME_ANCESTORS", given)
    with pytest.raises(ValidationError, match=r"origin|stands alone"):
        Settings()


async def test_a_foreign_host_is_not_answered(http: httpx.AsyncClient) -> None:
    for host in ("evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "localhost.evil", "evil:1:2"):
        for method, path in ROUTES:
            answer = await http.request(method, path, headers={"Host": host})
            assert answer.status_code == 400, (host, path)
            assert answer.headers["content-type"] == "application/problem+json"


async def test_a_local_name_is_answered(http: httpx.AsyncClient) -> None:
    for host in ("localhost", "LOCALHOST:8000", "127.0.0.1:9", "[::1]:8000", "[::1]"):
        assert (await http.get("/healthz", headers={"Host": host})).status_code == 200, host


async def test_a_pattern_allows_its_subdomains_only(make_settings: Callable[..., Settings]) -> None:
    async with serving(make_settings(allowed_hosts=("*.lab.example",))) as served:
        assert (await served.http.get("/healthz", headers={"Host": "a.lab.example"})).status_code == 200
        assert (await served.http.get("/healthz", headers={"Host": "alab.example"})).status_code == 400


SECRET = "a long secret of ours"
WRONG = [
    "Bearer",
    "Bearer wrong",
    f"Basic {SECRET}",
    f"Bearer {SECRET[:3]}",
    f"Bearer {SECRET[:-1]}",
    f"Bearer {SECRET}x",
    f"Bearer x{SECRET}",
    f"Bearer {SECRET.upper()}",
    f"Bearer {SECRET[:-1]}x",
]
"""Near misses: what begins or ends as the token does is not the token."""


@pytest.fixture
async def guarded(make_settings: Callable[..., Settings]):
    async with serving(make_settings(token=SECRET)) as served:
        yield served


async def test_a_token_guards_the_interface(guarded: Serving) -> None:
    for method, path in [route for route in ROUTES if route[1].startswith(("/api", "/metrics", "/openapi"))]:
        for headers in ({}, *({"Authorization": wrong} for wrong in WRONG)):
            answer = await guarded.http.request(method, path, headers=headers)
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"] == "Bearer"
            assert "secret" not in answer.text
        right = {"Authorization": f"Bearer {SECRET}"}
        assert (await guarded.http.request(method, path, headers=right)).status_code not in (401, 500)


@pytest.mark.parametrize("token", ["", " ", "short", "x" * 15, " " * 40, f" {'x' * 20}", "ü" * 20])
def test_what_is_no_token_is_refused_and_never_taken_for_none(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STABLE_REGIONS_TOKEN", token)
    with pytest.raises(ValidationError, match="at least 16 letters") as refused:
        Settings()
    assert not token.strip() or token not in str(refused.value)


async def test_a_token_in_an_address_opens_nothing_and_stands_in_no_log(
    make_settings: Callable[..., Settings], caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(make_settings(token=SECRET), access_log=True) as served:
        logging.getLogger("uvicorn.access").addHandler(caplog.handler)
        try:
            for path in ("/api/v1/catalogue", "/"):
                query = {"one": "1", "token": SECRET, "two": "&"}
                answer = await served.http.get(path, params=query)
                assert answer.status_code == (401 if path.startswith("/api") else answer.status_code)
        finally:
            logging.getLogger("uvicorn.access").removeHandler(caplog.handler)
    lines = [record.getMessage() for record in caplog.records if record.name == "uvicorn.access"]
    assert len(lines) == 2
    assert all("one=1&two=%26" in line and "secret" not in line for line in lines)


async def test_a_token_does_not_guard_the_page_and_the_signs_of_life(guarded: Serving) -> None:
    for path in ("/", "/healthz", "/readyz"):
        assert (await guarded.http.get(path)).status_code != 401


async def test_behind_a_token_results_are_cached_by_the_browser_only(guarded: Serving) -> None:
    headers = {"Authorization": "Bearer a long secret of ours"}
    key = (await guarded.http.post("/api/v1/requests", json=a_slice(), headers=headers)).json()["key"]
    await events(guarded.http, key, extra=headers)
    answer = await guarded.http.get(f"/api/v1/results/{key}", headers=headers)
    assert answer.headers["cache-control"].startswith("private")


async def test_a_failure_inside_is_a_problem_without_the_inside(served: Serving) -> None:
    del served.app.state.settings
    answer = await served.http.post("/api/v1/requests", json=a_slice())
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "settings" not in answer.text
