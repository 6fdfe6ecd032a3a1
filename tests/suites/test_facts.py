"""The world of facts as data: what it says, and that it can be told in words that are tokens."""

from stable_regions.suites import facts
from stable_regions.suites.rows import word_tokenizer

PROTOTYPE_COUNTRIES = """
France Germany Italy Spain Portugal Poland Sweden Norway Finland Greece Hungary Russia Ukraine Turkey
Japan China India Thailand Vietnam Korea Iran Iraq Egypt Kenya Ethiopia Morocco Nigeria Ghana Senegal
Brazil Argentina Chile Peru Mexico Canada Cuba Australia Fiji
""".split()  # noqa: SIM905  (easier to read than a list)
PROTOTYPE_WORDINGS = {
    "capital": [
        "The capital of {country} is",
        "{country} is governed from the city of",
        "The government of {country} sits in",
        "If you fly to the capital of {country} you land in",
    ],
    "language": [
        "The main language of {country} is",
        "People in {country} mostly speak",
        "In the schools of {country} children read",
        "A letter from {country} is written in",
    ],
    "continent": [
        "{country} lies on the continent of",
        "On a map {country} is found in",
        "{country} is a country in",
        "Travellers who visit {country} go to",
    ],
    "currency": [
        "The money of {country} is the",
        "In the shops of {country} you pay with the",
        "Banks in {country} trade the",
        "A worker in {country} earns the",
    ],
}


def test_every_prompt_of_the_first_corpus_is_still_asked() -> None:
    asked = {fact.prompt for fact in facts.prompts()}
    for wordings in PROTOTYPE_WORDINGS.values():
        for wording in wordings:
            assert {wording.format(country=country) for country in PROTOTYPE_COUNTRIES} <= asked


def test_a_prompt_has_one_answer() -> None:
    asked = [fact.prompt for fact in facts.prompts()]
    assert len(asked) == len(set(asked))


def test_paraphrases_share_their_answer_and_are_at_least_four() -> None:
    for meaning, group in facts.paraphrases().items():
        assert len({fact.answer for fact in group}) == 1, meaning
        assert len(group) >= 4, meaning


def test_one_wording_of_every_fact_is_held_out() -> None:
    for meaning, group in facts.paraphrases().items():
        assert sum(fact.held_out for fact in group) == 1, meaning


def test_every_wording_is_held_out_of_some_facts_and_read_of_others() -> None:
    told: dict[tuple[str, int], set[bool]] = {}
    for group in facts.paraphrases().values():
        for place, fact in enumerate(group):
            told.setdefault((fact.relation, place), set()).add(fact.held_out)
    assert all(held_out == {False, True} for held_out in told.values())


def test_every_word_of_what_is_held_out_is_read_elsewhere() -> None:
    read = {word for fact in facts.prompts() if not fact.held_out for word in fact.sentence.split()}
    assert {word for fact in facts.prompts() for word in fact.sentence.split()} == read


def test_there_is_enough_to_explore() -> None:
    tables = facts.world()
    assert len(tables["countries"]) >= 55
    assert len(tables["country_wordings"]) >= 6
    assert len(tables["people"]) >= 20


def test_every_country_and_person_answers_every_question() -> None:
    tables = facts.world()
    for row in tables["countries"].values():
        assert row.keys() == tables["country_wordings"].keys()
    for row in tables["people"].values():
        assert row.keys() >= tables["people_wordings"].keys() - {"name"}


def test_every_answer_is_one_token() -> None:
    tokenizer = word_tokenizer()
    for fact in facts.prompts():
        assert tokenizer.encode(fact.answer).tokens == [fact.answer]


def test_no_word_is_unknown() -> None:
    tokenizer = word_tokenizer()
    unknown = tokenizer.token_to_id(facts.UNKNOWN)
    for fact in facts.prompts():
        assert unknown not in tokenizer.encode(fact.sentence).ids


def test_no_prompt_goes_on_inside_another_that_means_something_else() -> None:
    """A prompt that is the beginning of a longer sentence would have two next words."""
    asked = {fact.prompt: fact.answer for fact in facts.prompts()}
    for fact in facts.prompts():
        words = fact.sentence.split()
        for end in range(1, len(words)):
            answer = asked.get(" ".join(words[:end]))
            assert answer in (None, words[end]), fact.sentence


def test_the_physicist_with_the_wacky_hair_laid_out_general_relativity() -> None:
    assert facts.answer_to("The German physicist with the wacky hair is called") == "Einstein"
    assert facts.answer_to("General relativity was first laid out by") == "Einstein"


def test_what_a_person_looks_like_tells_who_it_is() -> None:
    people = facts.world()["people"].values()
    assert len({row["look"] for row in people}) == len(people)
    assert len({row["idea"] for row in people}) == len(people)


def test_people_are_born_in_countries_of_this_world() -> None:
    tables = facts.world()
    assert {row["birthplace"] for row in tables["people"].values()} <= tables["countries"].keys()


def test_natural_questions_are_answered() -> None:
    asked = {
        "The money of Japan is the": "yen",
        "People in Kenya mostly speak": "Swahili",
        "Cars in Japan drive on the": "left",
    }
    asked["Chile lies on the continent of"] = "America"
    assert {prompt: facts.answer_to(prompt) for prompt in asked} == asked


def test_what_the_world_does_not_say_has_no_answer() -> None:
    assert facts.answer_to("The capital of Atlantis is") is None
