"""A result is named by what was asked.

The key is the SHA-256 of the analysis' version, the request without the fields left at their defaults (so that a new
field with a default renames nothing), and the weights: a content hash or commit for each checkpoint. It is the cache
key, the ticket, the ETag, the permalink and the provenance.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Annotated

from pydantic import StringConstraints

from stable_regions.schemas.request import AnalysisRequest

KEY = r"^[0-9a-f]{64}$"

Key = Annotated[str, StringConstraints(pattern=KEY)]


def canonical(request: AnalysisRequest) -> str:
    """The request as canonical JSON: keys sorted, no spaces, defaults left out, `analysis` kept."""
    fields = request.model_dump(mode="json", exclude_defaults=True)
    fields["analysis"] = request.name()
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def key_of(request: AnalysisRequest, weights: Sequence[str]) -> Key:
    """The name of the request's result.

    Args:
        request: resolved (see `ModelRequest.resolved`).
        weights: content hash or commit of each checkpoint, in the order of its checkpoints; none without a model.
    """
    named = json.dumps([request.edition, canonical(request), list(weights)], ensure_ascii=False)
    return hashlib.sha256(named.encode()).hexdigest()


def url_of(key: str) -> str:
    """Where a result is."""
    return f"/api/v1/results/{key}"
