"""Computing a presentation."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from time import perf_counter

import numpy as np

from stable_regions.analyses.presentation.schema import PresentationRequest
from stable_regions.analyses.report import PartReady, Progress, Report
from stable_regions.maths.belief_graph import BeliefGraph, belief_graph
from stable_regions.maths.hidden_markov import hidden_markov
from stable_regions.maths.presentation import entropy_rate, presentation
from stable_regions.schemas.key import Key
from stable_regions.schemas.provenance import recorded
from stable_regions.schemas.result import Array, Json

UNITS = {
    "word": "token numbers; -1 beyond a history's end",
    "size": "tokens",
    "probability": "of the history",
    "belief": "probability of each state after it",
    "next": "probability of each token after it",
    "entropy": "nats, by tokens seen: the least mean loss there",
    "entropy_error": "its standard error, nats; 0 where every history was followed",
    "rate": "nats a token",
    "distinct": "probability of each state: every different belief, the prior first",
    "depth": "tokens after which a belief is first reached",
    "recurrent": "1: met again and again",
    "edge": "numbers of a belief, the one after it, and the token between them",
    "edge_probability": "of that token there",
}


def compute(request: PresentationRequest, models: object, known: Mapping[Key, bytes]) -> Iterator[Report]:
    """The presentation; there are no parts."""
    began, total = perf_counter(), request.work().points
    yield Progress("histories", 0, total)
    process = hidden_markov(request.process)
    rows = presentation(process, request.length)
    yield Progress("beliefs", min(total, len(rows.word)), total)
    graph, rate = belief_graph(request.process), entropy_rate(process, rows.entropy)
    arrays: dict[str, Array] = {
        "word": rows.word,
        "size": rows.size,
        "probability": rows.probability,
        "belief": rows.belief,
        "next": rows.next,
        "entropy": rows.entropy,
        "entropy_error": rows.error,
        "rate": np.array([rate.value]),
        **(_graph(graph) if graph else {}),
    }
    more: dict[str, Json] = {
        "tokens": list[Json](process.tokens),
        "states": list[Json](process.states),
        "start": list[Json](process.start.tolist()),
        "sampled": rows.sampled,
        "rate_bracket": [rate.lower, rate.upper],
        "distinct_beliefs": None if graph is None else len(graph.beliefs),
        "exact_beliefs": None if graph is None or not graph.exact else _spelled(graph),
    }
    units = {name: UNITS[name] for name in arrays}
    yield PartReady(request, recorded(request, arrays, units, perf_counter() - began, more))


def _graph(graph: BeliefGraph) -> dict[str, Array]:
    return {
        "distinct": np.array([[float(part) for part in belief] for belief in graph.beliefs]),
        "depth": np.array(graph.depth, dtype=np.int32),
        "recurrent": np.array(graph.recurrent, dtype=np.uint8),
        "edge": np.array([(edge.before, edge.after, edge.token) for edge in graph.edges], dtype=np.int32),
        "edge_probability": np.array([edge.probability for edge in graph.edges]),
    }


def _spelled(graph: BeliefGraph) -> Json:
    """Beliefs as fractions in words: `1/3`."""
    return [[str(Fraction(part)) for part in belief] for belief in graph.beliefs]
