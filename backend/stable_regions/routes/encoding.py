"""Bytes as they are sent: in the content coding that the asker takes, under a tag that names what is sent.

Compressing costs more than sending, so it is done once: of the page's files when the page is built, of what a server makes
when it is first asked for. Each coding has a tag of its own, since a strong tag names bytes; whoever has one of them is
told that it has not changed.

Source: RFC 9110, sections 8.8.3 (tags), 12.5.3 (Accept-Encoding) and 12.5.5 (Vary).
"""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from fastapi import Request
from fastapi.responses import Response

PLAIN = "identity"

CODINGS = ("br", "gzip")
"""By preference, where the asker has none: brotli makes scripts a sixth smaller than gzip."""

LEVEL = 6
"""Of gzip, for what is compressed while somebody waits: higher ones take longer and save nothing on results."""

SAMPLE = 2**16
"""Bytes that are tried first."""

WORTH = 0.75
"""Share of its size that a sample must not exceed, or the whole is sent as it is: arrays of noise do not shrink."""

SMALL = 1024
"""Bytes that fit into a packet or so: not compressed."""


@dataclass(frozen=True, eq=False)
class Body:
    """What an address answers with.

    Attributes:
        plain: the bytes.
        coded: the same in content codings.
        digest: names the bytes.
    """

    plain: bytes
    coded: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    digest: str = ""

    def __post_init__(self) -> None:
        if not self.digest:
            object.__setattr__(self, "digest", blake2b(self.plain, digest_size=16).hexdigest())

    @property
    def size(self) -> int:
        """Bytes that it holds."""
        return len(self.plain) + sum(map(len, self.coded.values()))

    def answer(self, request: Request, kind: str | None, headers: Mapping[str, str]) -> Response:
        """The response: 304 to whoever has it, else the bytes in the coding that is taken.

        Args:
            request: what was asked.
            kind: the media type.
            headers: what else is said.
        """
        coding = taken(request.headers.get("accept-encoding"), tuple(self.coded))
        said = {**headers, "ETag": self._tag(coding)}
        if self.coded:
            said["Vary"] = "Accept-Encoding"
        if has_already(request.headers.get("if-none-match", ""), [self._tag(one) for one in (PLAIN, *self.coded)]):
            return Response(status_code=304, headers=said)
        if coding != PLAIN:
            said["Content-Encoding"] = coding
        return Response(self.coded.get(coding, self.plain), media_type=kind, headers=said)

    def _tag(self, coding: str) -> str:
        return f'"{self.digest}"' if coding == PLAIN else f'"{self.digest}-{coding}"'


def compressed(plain: bytes) -> Body:
    """The bytes and, where that is worth it, their gzip."""
    if len(plain) > SMALL and len(gzip.compress(plain[:SAMPLE], LEVEL, mtime=0)) <= WORTH * min(len(plain), SAMPLE):
        return Body(plain, {"gzip": gzip.compress(plain, LEVEL, mtime=0)})
    return Body(plain)


def taken(header: str | None, offered: tuple[str, ...]) -> str:
    """Which of the offered codings an `Accept-Encoding` takes first; `identity` where it takes none, or says nothing."""
    weights: dict[str, float] = {}
    for part in (header or "").lower().split(","):
        name, _, rest = part.partition(";")
        weights[name.strip()] = _weight(rest)
    best = max(offered, key=lambda coding: weights.get(coding, weights.get("*", 0.0)), default=PLAIN)
    return best if weights.get(best, weights.get("*", 0.0)) > 0 else PLAIN


def has_already(sent: str, tags: list[str]) -> bool:
    """Whether an `If-None-Match` names one of the tags, weakly compared."""
    named = {one.strip().removeprefix("W/") for one in sent.split(",")}
    return "*" in named or any(tag.removeprefix("W/") in named for tag in tags)


def _weight(parameter: str) -> float:
    """The `q` of a coding; 1 where it has none, 0 where it is none."""
    name, _, value = parameter.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
