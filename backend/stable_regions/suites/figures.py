"""The figures on the cards: how much a bundled model knows, how sharp its borders are, and whether meaning is a region.

    python -m stable_regions.suites.figures facts-12l

recomputes them from the shipped weights, for every revision, and writes `figures.json` beside them. All paths are straight,
written at the last position in the context of their first prompt.

Of the facts models, read from the next-token distribution:

- *right*: share of all fact prompts whose most likely next token is the answer;
- *sharpness*: quartiles over pairs of prompts with different answers of the steepest rise of the Hellinger distance along the
  path, at write layer 0 and at about a sixth of the depth;
- *same region*: share of pairs of paraphrases along whose path the answer stays the most likely next token; of models that
  hold one wording of every fact out, the second of each pair is that wording.

Of models of the standard library, over cuts from files that no model has read:

- *loss*: nats per token;
- *sharpness*: quartiles over pairs of cuts of 10 tokens; of the suite `stdlib` as of the facts models, of the suite `library`
  under l2, at write layer 0 and, as a control, in the last block, above which there is the final norm alone.
"""

import json
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import torch
from jaxtyping import Int
from tokenizers import Tokenizer
from torch import Tensor, nn

from stable_regions.engine.families import family_of
from stable_regions.engine.pairs import distances_along, walked
from stable_regions.engine.tail import Tail
from stable_regions.maths.curve import moves, quartiles, sharpness
from stable_regions.models.initialise import Network, load_checkpoint, logits
from stable_regions.schemas.plane import Distance
from stable_regions.suites import facts
from stable_regions.suites.card import Figures, Moment, Sharpness, read_suite
from stable_regions.suites.pairs import FactPair, different_answers, same_meaning
from stable_regions.suites.recipe import home, recipe
from stable_regions.suites.rows import LibraryRows
from stable_regions.suites.train import loss_of

STEPS = 51  # points along a path, both ends included
PAIRS = 208
LIBRARY_PAIRS = 1000
PARAPHRASES = 208
CUT = 10  # tokens of a library prompt, `<bos>` apart: the paper's

Prompt = Int[Tensor, " _"]  # each of its own length
Pair = tuple[Prompt, Prompt]


def write_layers(layers: int) -> tuple[int, ...]:
    """The layers the figures are taken at: the first, and the one at about a sixth of the depth."""
    return tuple(sorted({0, max(1, round(layers / 6))}))


def encoded(tokenizer: Tokenizer, prompt: str) -> Prompt:
    """A prompt's tokens, `<bos>` first."""
    return torch.tensor([0, *tokenizer.encode(prompt).ids])


@torch.no_grad()
def right(model: nn.Module, tokenizer: Tokenizer, asked: Sequence[facts.Fact]) -> float:
    """Share of prompts whose most likely next token is the answer."""
    by_length: dict[int, list[tuple[Prompt, int]]] = {}
    for fact in asked:
        tokens = encoded(tokenizer, fact.prompt)
        by_length.setdefault(len(tokens), []).append((tokens, int(encoded(tokenizer, fact.answer)[-1])))
    hits = 0
    for group in by_length.values():
        top = logits(model, torch.stack([tokens for tokens, _ in group]))[:, -1].argmax(dim=-1)
        hits += int((top == torch.tensor([answer for _, answer in group])).sum())
    return hits / len(asked)


def tail(model: Network, layer: int) -> Tail:
    """The exact writer of a bundled model: all of them are of a family on the fast list."""
    family = family_of(model)
    assert family is not None
    return Tail(model, layer, family)


def sharpness_at(model: Network, pairs: Sequence[Pair], layer: int, distance: Distance = "hellinger") -> Sharpness:
    """Quartiles of the sharpness over pairs; those that cross nothing are left out."""
    writer, ids = tail(model, layer), _ids(pairs)
    parts = [ids[first : first + PAIRS] for first in range(0, len(ids), PAIRS)]
    distances = torch.cat([distances_along(writer, part, STEPS, distance) for part in parts])
    kept = distances[moves(distances)]
    lower, median, upper = (round(q, 3) for q in quartiles(sharpness(kept)))
    return Sharpness(write_layer=layer, pairs=len(kept), lower=lower, median=median, upper=upper)


def same_region(model: Network, tokenizer: Tokenizer, pairs: Sequence[FactPair], layer: int) -> float:
    """Share of pairs of paraphrases along whose path the answer stays the most likely next token."""
    writer = tail(model, layer)
    asked = [(encoded(tokenizer, a.prompt), encoded(tokenizer, b.prompt)) for a, b in pairs]
    finals = walked(writer, _ids(asked), STEPS).finals
    said = writer.logits(finals.flatten(0, 1)).argmax(dim=-1).unflatten(0, finals.shape[:2])
    answers = torch.tensor([tokenizer.token_to_id(a.answer) for a, _ in pairs])
    return float((said == answers[:, None]).all(dim=-1).double().mean())


def _ids(pairs: Sequence[Pair]) -> list[tuple[list[int], list[int]]]:
    return [(a.tolist(), b.tolist()) for a, b in pairs]


def fact_figures(folder: Path, moment: Moment) -> Figures:
    """The figures of one revision of a facts model."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    model = load_checkpoint(folder, moment["revision"])
    suite = read_suite(folder)
    layers = write_layers(suite["layers"])
    alike = same_meaning(PARAPHRASES, held_out=suite.get("holds_out", False))
    pairs = [(encoded(tokenizer, a.prompt), encoded(tokenizer, b.prompt)) for a, b in different_answers(PAIRS)]
    return Figures(
        revision=moment["revision"],
        step=moment["step"],
        tokens=moment["tokens"],
        sharpness=[sharpness_at(model, pairs, layer) for layer in layers],
        right=round(right(model, tokenizer, facts.prompts()), 4),
        same_region=round(same_region(model, tokenizer, alike, layers[-1]), 4),
    )


def library_figures(folder: Path) -> Callable[[Path, Moment], Figures]:
    """What measures a revision of a library model, the text being read once for all of them."""
    name = read_suite(folder)["name"]
    source = LibraryRows(recipe(name), Tokenizer.from_file(str(folder / "tokenizer.json")), held_back=True)
    layers, deep = read_suite(folder)["layers"], source.recipe.suite == "library"
    count = LIBRARY_PAIRS if deep else PAIRS
    distance: Distance = "l2" if deep else "hellinger"
    measured = (0, layers - 1) if deep else write_layers(layers)
    batches = range(count // source.recipe.batch + 1)
    prompts = [row[: CUT + 1] for step in batches for row in source.batch(step)[0]]
    pairs = list(pairwise(prompts[: count + 1]))

    @torch.no_grad()
    def measure(folder: Path, moment: Moment) -> Figures:
        model = load_checkpoint(folder, moment["revision"])
        losses = torch.stack([loss_of(model, *source.batch(step)) for step in range(20)])
        return Figures(
            revision=moment["revision"],
            step=moment["step"],
            tokens=moment["tokens"],
            sharpness=[sharpness_at(model, pairs, layer, distance) for layer in measured],
            loss=round(float(losses.mean()), 4),
        )

    return measure


def figures(folder: Path, report: Callable[[Figures], None] = lambda row: None) -> list[Figures]:
    """The figures of every revision of a model, written to its `figures.json`."""
    suite = read_suite(folder)
    measure = fact_figures if suite["suite"] == "facts" else library_figures(folder)
    found: list[Figures] = []
    for moment in suite["revisions"]:
        found.append(measure(folder, moment))
        report(found[-1])
    (folder / "figures.json").write_text("[\n" + ",\n".join(json.dumps(row) for row in found) + "\n]\n", "utf-8")
    return found


if __name__ == "__main__":
    torch.set_num_threads(1)
    for wanted in sys.argv[1:]:
        there = Path(wanted)
        figures(there if there.is_dir() else home() / wanted, lambda row: print(json.dumps(row), flush=True))  # noqa: T201
