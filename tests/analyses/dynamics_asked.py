"""Requests about mean-field dynamics, computed in place."""

from collections.abc import Mapping

from stable_regions.analyses import REQUEST, compute
from stable_regions.analyses.report import PartReady
from stable_regions.schemas.key import Key
from stable_regions.schemas.result import Result
from stable_regions.settings import Settings

NETWORK = {"construction": "segments", "seed": 1}


def ready(known: Mapping[Key, bytes] | None = None, **fields: object) -> list[PartReady]:
    """Every part, and at last the result."""
    request = REQUEST.validate_python({"network": NETWORK, **fields})
    return [report for report in compute(request, Settings(), known or {}) if isinstance(report, PartReady)]


def result(**fields: object) -> Result:
    return ready(**fields)[-1].result
