"""Asking the hub: its client's errors as refusals in words.

No sentence holds more of an error than its kind: a client's message may quote an address with a signature in it, or a
header.
"""

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from typing import TypeVar

from huggingface_hub.errors import (
    GatedRepoError,
    HFValidationError,
    LocalEntryNotFoundError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from stable_regions.errors import HubSilent, ModelUnavailable, Refusal, UnknownModel, UnknownRevision
from stable_regions.models.folder import listed
from stable_regions.schemas.model import ModelRef

PATIENCE = 5.0
"""Seconds until the hub must have answered a question."""

Answer = TypeVar("Answer")


def admit(name: str, patterns: Sequence[str]) -> None:
    """Refuse a repository that matches none of the patterns.

    Raises:
        UnknownModel: names the patterns.
    """
    if not any(fnmatchcase(name, pattern) for pattern in patterns):
        raise UnknownModel(
            f"{name!r} is not among the repositories this server loads.",
            f"Choose one that matches {listed(patterns)}, or add a pattern to STABLE_REGIONS_HUB_MODELS.",
        )


def ask(ref: ModelRef, question: Callable[[], Answer]) -> Answer:
    """The hub's answer.

    Raises:
        UnknownModel: it has no such repository.
        UnknownRevision: the repository has no such branch.
        ModelUnavailable: it is gated, or not on this disk.
        HubSilent: the hub does not answer.
    """
    try:
        return question()
    except Refusal:
        raise
    except GatedRepoError as error:
        raise ModelUnavailable(
            f"{ref.name} is gated: its licence must be accepted.",
            f"Accept it on https://huggingface.co/{ref.name}, then set HF_TOKEN.",
        ) from error
    except RevisionNotFoundError as error:
        raise unknown_revision(ref) from error
    except (RepositoryNotFoundError, HFValidationError) as error:
        raise UnknownModel(f"The hub has no repository {ref.name!r}.", "Check its spelling.") from error
    except LocalEntryNotFoundError as error:
        raise absent(ref) from error
    except Exception as error:  # the client's transport raises errors of the HTTP library it happens to be built on
        raise HubSilent(
            f"The hub did not give {ref.name} at {ref.revision}: {type(error).__name__}.",
            "Connect to the internet, or choose a bundled model or one in a model folder.",
        ) from error


def unknown_revision(ref: ModelRef) -> UnknownRevision:
    """The repository has no such branch."""
    return UnknownRevision(f"{ref.name} has no checkpoint {ref.revision!r}.", "Choose another.")


def absent(ref: ModelRef) -> ModelUnavailable:
    """It is not on disk, and the hub is not asked."""
    return ModelUnavailable(
        f"{ref.name} at {ref.revision} is not on this disk, and the hub cannot be reached.",
        "Connect to the internet (and unset STABLE_REGIONS_OFFLINE), or choose a bundled model.",
    )
