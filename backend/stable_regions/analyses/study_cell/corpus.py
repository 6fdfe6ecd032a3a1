"""The texts that prompts are cut from, and the prompts."""

from collections.abc import Sequence
from functools import lru_cache

from stable_regions.analyses.study_cell.schema import SampledRequest
from stable_regions.models.cuts import beginnings, cuts
from stable_regions.models.tokens import Tokens
from stable_regions.suites import facts, stdlib


def passages(corpus: str, texts: Sequence[str]) -> Sequence[str]:
    """The text that a request names: no cut reaches from one passage into the next."""
    return stdlib.texts(held_back=True) if corpus == "stdlib" else texts


def source(request: SampledRequest) -> str:
    """The text in words, and how it is cut."""
    match request.corpus:
        case "facts":
            return f"the facts suite's sentences from their beginning to before the answer, at most {request.prompt_tokens} words"
        case "stdlib":
            return stdlib.unread()
        case "texts":
            return f"{len(request.texts)} texts given with the request"


def prompts(request: SampledRequest, tokens: Tokens) -> list[str]:
    """The request's prompts, one more than its pairs: the same at every layer, and for models with the same tokens.

    Raises:
        PromptRefused: the text is too short, or of words that the model does not know.
    """
    return list(_prompts(tokens, request.corpus, request.texts, request.pairs + 1, request.prompt_tokens, request.seed))


@lru_cache(maxsize=4)
def _prompts(
    tokens: Tokens, corpus: str, texts: tuple[str, ...], count: int, length: int, seed: int
) -> tuple[str, ...]:
    if corpus == "facts":  # as the suite's models are trained: one sentence a row
        return tuple(beginnings(tokens, [fact.prompt for fact in facts.prompts()], count, length, seed))
    return tuple(cuts(tokens, passages(corpus, texts), count, length, seed))
