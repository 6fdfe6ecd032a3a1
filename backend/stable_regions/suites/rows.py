"""What a model reads at each step: rows of tokens, `<bos>` first, a pure function of the seed and the step.

Because nothing is carried from one step to the next, a training that was interrupted goes on exactly where it stopped.
"""

from typing import Protocol, runtime_checkable

import torch
from jaxtyping import Int
from tokenizers import Tokenizer, models, pre_tokenizers
from torch import Tensor

from stable_regions.suites import facts, stdlib
from stable_regions.suites.recipe import Recipe

IGNORED = -100  # the label of positions that carry no loss: torch's own convention


@runtime_checkable
class Rows(Protocol):
    """A source of batches, and the tokenizer that wrote them."""

    tokenizer: Tokenizer

    def batch(self, step: int) -> tuple[Int[Tensor, "batch pos"], Int[Tensor, "batch pos"]]:
        """Tokens of a step, and the token that follows each (`IGNORED` where none does)."""
        ...


def rows(recipe: Recipe) -> Rows:
    """The rows that a recipe reads."""
    return FactRows(recipe) if recipe.suite == "facts" else LibraryRows(recipe)


class FactRows:
    """Sentences, one a row, shuffled anew every time all have been read."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.tokenizer = word_tokenizer()
        read = [fact for fact in facts.prompts() if not (recipe.holds_out and fact.held_out)]
        encoded = [[0, *self.tokenizer.encode(fact.sentence).ids] for fact in read]
        self.length = max(map(len, encoded))
        pad = facts.SPECIALS.index(facts.PAD)
        self.table = torch.tensor([row + [pad] * (self.length - len(row)) for row in encoded])
        self.pad = pad

    def batch(self, step: int) -> tuple[Int[Tensor, "batch pos"], Int[Tensor, "batch pos"]]:
        n, size = len(self.table), self.recipe.batch
        wanted = torch.arange(step * size, (step + 1) * size)
        order = {int(e): self._shuffled(int(e)) for e in torch.unique(wanted // n)}
        chosen = torch.stack([order[int(i) // n][int(i) % n] for i in wanted])
        tokens = self.table[chosen]
        labels = tokens[:, 1:].clone()
        labels[labels == self.pad] = IGNORED
        longest = int((tokens != self.pad).sum(dim=1).max())
        return tokens[:, : longest - 1], labels[:, : longest - 1]

    def _shuffled(self, epoch: int) -> Int[Tensor, " rows"]:
        return torch.randperm(
            len(self.table), generator=torch.Generator().manual_seed(1_000_003 * self.recipe.seed + epoch)
        )


class LibraryRows:
    """Cuts from the library's files: half begin at a line's start, half anywhere; `<bos>` stands before each."""

    def __init__(self, recipe: Recipe, tokenizer: Tokenizer | None = None, held_back: bool = False) -> None:
        self.recipe = recipe
        self.tokenizer = tokenizer or stdlib.train_tokenizer()
        ends = [
            token for text in self.tokenizer.encode_batch(list(stdlib.texts(held_back))) for token in [*text.ids, 0]
        ]
        self.stream = torch.tensor(ends, dtype=torch.int32)
        newline = torch.tensor(
            [self.tokenizer.decode([i]).endswith("\n") for i in range(self.tokenizer.get_vocab_size())]
        )
        newline[0] = True  # a file begins after the `<bos>` that ends the one before it
        starts = torch.nonzero(newline[self.stream.long()])[:, 0] + 1
        self.last = len(self.stream) - recipe.context
        self.line_starts = starts[starts < self.last]

    def batch(self, step: int) -> tuple[Int[Tensor, "batch pos"], Int[Tensor, "batch pos"]]:
        size = self.recipe.batch
        chance = torch.Generator().manual_seed(1_000_003 * self.recipe.seed + step)
        anywhere = torch.randint(self.last, (size - size // 2,), generator=chance)
        lines = self.line_starts[torch.randint(len(self.line_starts), (size // 2,), generator=chance)]
        starts = torch.cat([anywhere, lines])
        cut = self.stream[starts[:, None] + torch.arange(self.recipe.context)[None]].long()
        return torch.cat([torch.zeros(size, 1, dtype=torch.long), cut[:, :-1]], dim=1), cut


def word_tokenizer() -> Tokenizer:
    """The facts suite's tokenizer: a word is a token, spaces part them, what it does not know is `<unk>`."""
    numbers = {word: i for i, word in enumerate(facts.vocabulary())}
    tokenizer = Tokenizer(models.WordLevel(numbers, unk_token=facts.UNKNOWN))
    tokenizer.add_special_tokens(list(facts.SPECIALS))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer
