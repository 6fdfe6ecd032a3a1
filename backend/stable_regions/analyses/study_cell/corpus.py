"""The texts that prompts are cut from, and the prompts."""

from collections.abc import Sequence
from functools import lru_cache
from random import Random

from stable_regions.analyses.study_cell.schema import SampledRequest
from stable_regions.models.cuts import cuts
from stable_regions.models.tokens import Tokens
from stable_regions.suites import facts, stdlib


def passages(corpus: str, texts: Sequence[str], seed: int) -> Sequence[str]:
    """The text that a request names: no cut reaches from one passage into the next."""
    match corpus:
        case "facts":
            sentences = [fact.sentence for fact in facts.prompts()]
            Random(seed).shuffle(sentences)  # noqa: S311  (a draw, no secret)
            return [" ".join(sentences)]
        case "stdlib":
            return stdlib.texts(held_back=True)
        case _:
            return texts


def source(request: SampledRequest) -> str:
    """The text in words."""
    match request.corpus:
        case "facts":
            return "the facts suite's sentences in random order"
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
    return tuple(cuts(tokens, passages(corpus, texts, seed), count, length, seed))
