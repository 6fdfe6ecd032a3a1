"""The only reader of the environment.

One frozen `Settings`, made once by whoever starts a process and handed down. Every field can be set as an environment
variable with the prefix `STABLE_REGIONS_` (`STABLE_REGIONS_PORT=9000`); docs/settings.md lists them, and a test keeps
that list true.
"""

import json
import re
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_cache_path
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

GIB = 2**30
MIB = 2**20

TOKEN_LETTERS = 16
"""Fewest letters of an access token: what is shorter can be guessed."""


ANCESTOR = re.compile(r"'self'|'none'|https?://(\*\.)?[A-Za-z0-9.\-]+(:(\d{1,5}|\*))?")
"""What may stand in `frame_ancestors`."""


class Settings(BaseSettings):
    """What a person may set. Bytes are bytes, times are seconds."""

    model_config = SettingsConfigDict(
        env_prefix="STABLE_REGIONS_", frozen=True, extra="ignore", hide_input_in_errors=True
    )

    host: str = Field(default="127.0.0.1", description="Address the server listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port the server listens on; 0 lets the system choose.")
    allowed_hosts: tuple[str, ...] = Field(
        default=("127.0.0.1", "localhost", "[::1]", "testserver"),
        description="Host headers that are answered; `*` answers all. Guards a local server against DNS rebinding.",
    )
    token: SecretStr | None = Field(
        default=None,
        description=f"Access token of at least {TOKEN_LETTERS} letters; required when the server listens beyond loopback, "
        "unless `open` is set.",
    )
    open: bool = Field(default=False, description="Serve beyond loopback without a token (behind a proxy that checks).")

    frame_ancestors: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("'self'",),
        description="Pages in whose frames the page may stand: `'self'`, `'none'`, or origins such as `https://example.org`, "
        "blank between.",
    )

    store: str = Field(
        default="sqlite",
        description="`sqlite` (a file in the cache folder) or a Redis URL such as `redis://localhost:6379/0`.",
    )
    cache_folder: Path = Field(
        default_factory=lambda: user_cache_path("stable-regions"), description="Folder of the result cache."
    )
    cache_bytes: int = Field(
        default=2 * GIB, ge=MIB, description="The result cache drops least recently used results above this."
    )

    recent_bytes: int = Field(
        default=64 * MIB,
        ge=0,
        description="Memory of a web process for the results it was asked for last, and as much again for them as they are sent.",
    )

    device: str = Field(default="auto", description="`auto` (CUDA when there, else CPU), `cpu`, `cuda`, `cuda:1` …")
    threads: int = Field(default=0, ge=0, le=1024, description="Torch threads of the worker; 0 takes all cores.")
    model_bytes: int = Field(
        default=4 * GIB, ge=MIB, description="Memory for loaded checkpoints; least recently used leave first."
    )
    model_folders: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(),
        description="Folders of models in the Hugging Face layout, or such models themselves: one path, or a JSON list of paths.",
    )
    offline: bool = Field(default=False, description="Never ask the model hub; use only what is on disk.")
    hub_models: tuple[str, ...] = Field(
        default=(
            "EleutherAI/*",
            "allenai/*",
            "stanford-crfm/*",
            "HuggingFaceTB/*",
            "Qwen/*",
            "meta-llama/*",
            "google/gemma*",
            "openai-community/*",
            "microsoft/phi*",
            "mistralai/*",
        ),
        description="Patterns of hub repositories that may be loaded.",
    )
    hub_keep: Literal["keep", "cache-limit", "delete-after-use"] = Field(
        default="keep",
        description="What becomes of downloaded checkpoints: `keep`; `cache-limit`: the least recently used leave above "
        "`STABLE_REGIONS_HUB_BYTES`; `delete-after-use`: each leaves when its frame is done. What others downloaded stays.",
    )
    hub_bytes: int = Field(default=100 * GIB, ge=1, description="Disk for downloaded checkpoints under `cache-limit`.")

    body_bytes: int = Field(default=64 * 1024, ge=1024, description="Largest request body that is read.")
    prompt_tokens: int = Field(default=256, ge=2, description="Most tokens of a prompt, whatever the model's context.")
    max_frames: int = Field(default=64, ge=1, description="Most checkpoints of one animation.")
    max_points: int = Field(default=5_000_000, ge=1, description="Most grid points, times contexts, of one request.")
    queue: int = Field(
        default=32, ge=1, description="Most requests computed or waiting at once; more are answered 503."
    )
    streams: int = Field(default=64, ge=1, description="Most event streams open at once.")
    streams_per_client: int = Field(
        default=32, ge=1, description="Most event streams that one address keeps open; raise it behind a shared proxy."
    )
    chunk_seconds: float = Field(
        default=0.1, gt=0, le=5, description="Aim for one chunk of work: the unit of progress and cancel."
    )
    stuck_seconds: float = Field(
        default=120.0, gt=0, description="A worker silent for this long on one chunk is replaced."
    )
    log: Literal["debug", "info", "warning", "error"] = Field(default="info", description="Log level.")

    @property
    def places_of_models(self) -> tuple[Path, ...]:
        """Folders of models: those that a person named, and what was trained here."""
        return (*self.model_folders, self.trained_folder)

    @property
    def trained_folder(self) -> Path:
        """Where models are that were trained from the page: listed beside those of `model_folders`, deleted by hand alone."""
        return self.cache_folder / "trained"

    @field_validator("model_folders", mode="before")
    @classmethod
    def _one_path_or_a_list(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        if given.lstrip().startswith("["):
            try:
                return json.loads(given)
            except ValueError as error:
                raise ValueError(f"this is no JSON list of paths ({error}); one path needs no brackets") from error
        return (given,) if given else ()

    @field_validator("frame_ancestors", mode="before")
    @classmethod
    def _origins(cls, given: object) -> object:
        """A header is made of them: nothing passes that could say more than an origin."""
        named = tuple(given.split()) if isinstance(given, str) else given
        for one in named if isinstance(named, tuple | list) else ():
            if not (isinstance(one, str) and ANCESTOR.fullmatch(one)):
                raise ValueError(
                    f"{str(one)[:60]!r} is no page's origin; expected 'self' or 'none' in quotes, or such as https://example.org"
                )
        if isinstance(named, tuple) and "'none'" in named and len(named) > 1:
            raise ValueError("'none' stands alone")
        return named or ("'self'",)

    @field_validator("token")
    @classmethod
    def _is_no_token(cls, token: SecretStr | None) -> SecretStr | None:
        """The one place that says what a token is: everywhere else there is one, or None."""
        if token is None:
            return None
        text = token.get_secret_value()
        if len(text) < TOKEN_LETTERS or text != text.strip() or not text.isascii():
            raise ValueError(
                f"a token is at least {TOKEN_LETTERS} letters of ASCII without spaces at its ends, and this one has "
                f"{len(text)} letters; choose another, or unset it to ask for none"
            )
        return token
