"""The outermost door: which hosts are answered, who may ask, and the headers that keep the page to itself.

A server on this machine can be reached by every page in the user's browser. The Host allow-list stops a foreign name
that points here (DNS rebinding); there are no CORS headers, so no foreign page reads an answer; the body must be JSON,
so no foreign form posts one; and the content security policy lets the page load and talk to nothing but its own origin.
"""

import hmac
import logging
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stable_regions.errors import Problem, WorkerLost
from stable_regions.routes.problems import answer
from stable_regions.settings import Settings

log = logging.getLogger(__name__)

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # the chart library sets styles of its own
        "img-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)

OWN: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

FRAMES: Mapping[tuple[str, ...], str] = {("'self'",): "SAMEORIGIN", ("'none'",): "DENY"}
"""What old browsers are told of frames. Of other pages they know no word, and a wrong one would overrule the policy."""


def headers_for(ancestors: Sequence[str]) -> Mapping[str, str]:
    """What every answer carries.

    Args:
        ancestors: pages in whose frames the page may stand, as a content security policy names them.
    """
    policy = f"{POLICY}; frame-ancestors {' '.join(ancestors)}"
    old = FRAMES.get(tuple(ancestors))
    return {"Content-Security-Policy": policy, **OWN, **({"X-Frame-Options": old} if old else {})}


GUARDED = ("/api/", "/metrics", "/openapi.json")
"""What a token guards. The page itself, and the signs of life, hold nothing."""


class Guard:
    """ASGI middleware around everything."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._hosts = [host.lower() for host in settings.allowed_hosts]
        said = headers_for(settings.frame_ancestors)
        self._headers = [(name.lower().encode(), value.encode()) for name, value in said.items()]
        self._token = None if settings.token is None else settings.token.get_secret_value().encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        _without_token(scope)
        started = False

        async def send_guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = [*message["headers"], *self._headers]
            await send(message)

        refused = self._refused(scope)
        if refused is not None:
            extra = {"WWW-Authenticate": "Bearer"} if refused["status"] == 401 else None
            await answer(refused, extra)(scope, receive, send_guarded)
            return
        try:
            await self._app(scope, receive, send_guarded)
        except Exception:
            log.exception("a request failed: %s", scope["path"])
            if started:
                raise
            await answer(WorkerLost("The server failed.", "Try again; its log says why.").problem())(
                scope, receive, send_guarded
            )

    def _refused(self, scope: Scope) -> Problem | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        if not any(_matches(name, pattern) for pattern in self._hosts):
            return _problem(
                400, "Unknown host", "This server does not answer to that Host.", "STABLE_REGIONS_ALLOWED_HOSTS"
            )
        if self._token is not None and scope["path"].startswith(GUARDED) and not _sent(headers, self._token):
            return _problem(401, "No access", "This server asks for a token.", "STABLE_REGIONS_TOKEN")
        return None


def _sent(headers: Headers, token: bytes) -> bool:
    """Whether `Authorization: Bearer` holds the whole token. An address never does: it is logged, copied and shared."""
    kind, _, sent = headers.get("authorization", "").partition(" ")
    return kind.lower() == "bearer" and hmac.compare_digest(sent.strip().encode("latin-1"), token)


def _without_token(scope: Scope) -> None:
    """Take `token=` out of the address, if somebody put one there, before the access log writes it down."""
    query = scope["query_string"]
    if b"token" in query:
        kept = [(name, value) for name, value in parse_qsl(query.decode("latin-1"), True) if name != "token"]
        scope["query_string"] = urlencode(kept).encode()


def _matches(name: str, pattern: str) -> bool:
    return pattern in ("*", name) or (pattern.startswith("*.") and name.endswith(pattern[1:]))


def _problem(status: int, title: str, found: str, setting: str) -> Problem:
    return Problem(
        type="about:blank", title=title, status=status, detail=found, next=f"Whoever runs it sets {setting}."
    )
