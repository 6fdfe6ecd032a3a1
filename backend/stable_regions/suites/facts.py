"""World facts: a small world of countries and scientists, told in several wordings, whose truth is known.

A *fact* has a meaning ("the capital of France"), an answer (one word, one token) and several wordings (prompts). Prompts
of one meaning are paraphrases: whatever a model's regions are, two prompts of one meaning should end in the same one.
Of every fact one wording can be *held out*: never read, though its words are, about other subjects. It is another one from
subject to subject and from question to question, so that each wording is held out of some facts and read of the others.
No public model comes with such a ground truth; here it is data (`facts.json`), and this module only spells it out.

A word is a token. A sentence is prompt, answer, full stop: `The capital of France is Paris .` The world is told as a
schoolbook would; where the real one is subtler, the schoolbook wins (one language a country, one word a city).
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict

BOS, UNKNOWN, PAD, STOP = "<bos>", "<unk>", "<pad>", "."
SPECIALS = (BOS, UNKNOWN, PAD)


class World(TypedDict):
    """The file `facts.json`: tables of what is so, and the wordings each column is asked with."""

    country_wordings: dict[str, list[str]]
    countries: dict[str, dict[str, str]]
    people_wordings: dict[str, list[str]]
    people: dict[str, dict[str, str]]


@dataclass(frozen=True)
class Fact:
    """One prompt, the word that ends it, and what it asks (`capital:France`); equal meanings are paraphrases.

    `held_out`: whether this is the one wording of the fact that recipes which hold wordings out do not read.
    """

    prompt: str
    answer: str
    meaning: str
    held_out: bool = False

    @property
    def relation(self) -> str:
        """What is asked, without of whom: `capital`."""
        return self.meaning.partition(":")[0]

    @property
    def sentence(self) -> str:
        """The row a model is trained on, `<bos>` left out."""
        return f"{self.prompt} {self.answer} {STOP}"


@cache
def world() -> World:
    """The tables, as they are in the file."""
    return json.loads((Path(__file__).parent / "facts.json").read_text("utf-8"))


@cache
def prompts() -> tuple[Fact, ...]:
    """All facts in all their wordings, in the order of the file."""
    tables = world()
    found: list[Fact] = []
    for place, (relation, wordings) in enumerate(tables["country_wordings"].items()):
        for number, (country, row) in enumerate(tables["countries"].items()):
            asked = [wording.format(country=country) for wording in wordings]
            found += _told(asked, row[relation], f"{relation}:{country}", number + place)
    for place, (relation, wordings) in enumerate(tables["people_wordings"].items()):
        for number, (name, row) in enumerate(tables["people"].items()):
            idea = row["idea"]
            words = {**row, "name": name, "Idea": idea[0].upper() + idea[1:]}
            asked = [wording.format(**words) for wording in wordings]
            found += _told(asked, words[relation], f"{relation}:{name}", number + place)
    return tuple(found)


def _told(asked: list[str], answer: str, meaning: str, turn: int) -> list[Fact]:
    """A fact in all its wordings; which of them is held out goes round with the turn."""
    out = (turn - 1) % len(asked)
    return [Fact(prompt, answer, meaning, place == out) for place, prompt in enumerate(asked)]


def sample(count: int) -> list[Fact]:
    """So many prompts, evenly spaced over all."""
    every = prompts()
    return [every[place * len(every) // count] for place in range(count)]


@cache
def vocabulary() -> tuple[str, ...]:
    """Every token, by its number: the specials, then the words in the order in which they first appear."""
    words = dict.fromkeys(SPECIALS)
    for fact in prompts():
        words |= dict.fromkeys(fact.sentence.split())
    return tuple(words)


def paraphrases() -> dict[str, list[Fact]]:
    """The prompts of each meaning."""
    groups: dict[str, list[Fact]] = {}
    for fact in prompts():
        groups.setdefault(fact.meaning, []).append(fact)
    return groups


def answer_to(prompt: str) -> str | None:
    """The word that ends a prompt, or None where the world does not say."""
    return _answers().get(" ".join(prompt.split()))


@cache
def _answers() -> dict[str, str]:
    return {fact.prompt: fact.answer for fact in prompts()}
