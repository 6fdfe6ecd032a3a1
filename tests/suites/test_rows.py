"""What models read: sentences and cuts, the same for the same step."""

from dataclasses import replace

import torch

from stable_regions.suites import facts, stdlib
from stable_regions.suites.recipe import recipe
from stable_regions.suites.rows import IGNORED, FactRows, rows


def test_the_same_step_reads_the_same_rows() -> None:
    first, second = (rows(recipe("facts-4l")).batch(7) for _ in range(2))
    assert torch.equal(first[0], second[0])
    assert torch.equal(first[1], second[1])


def test_every_sentence_is_read_once_before_any_is_read_again() -> None:
    small = recipe("facts-4l")
    source = FactRows(small)
    n = len(facts.prompts())
    seen = [tuple(row.tolist()) for step in range(n // small.batch) for row in _padded(source, step)]
    assert len(set(seen)) == len(seen)


def test_what_is_held_out_is_never_read() -> None:
    small = replace(recipe("facts-4l"), holds_out=True)
    source = FactRows(small)
    read = {tuple(row[row != source.pad].tolist()) for row in source.table}
    for fact in facts.prompts():
        assert ((0, *source.tokenizer.encode(fact.sentence).ids) in read) is not fact.held_out


def test_a_row_begins_with_bos_and_its_labels_are_the_next_tokens() -> None:
    source = FactRows(recipe("facts-4l"))
    tokens, labels = source.batch(0)
    assert (tokens[:, 0] == 0).all()
    shifted, kept = tokens[:, 1:], labels[:, :-1] != IGNORED
    assert torch.equal(shifted[kept], labels[:, :-1][kept])


def test_padding_carries_no_loss() -> None:
    source = FactRows(recipe("facts-4l"))
    _, labels = source.batch(0)
    assert (labels != source.pad).all()
    assert (labels == IGNORED).any()


def test_the_full_stop_is_the_last_thing_learned() -> None:
    source = FactRows(recipe("facts-4l"))
    _, labels = source.batch(0)
    last = [row[row != IGNORED][-1].item() for row in labels]
    assert {source.tokenizer.id_to_token(token) for token in last} == {facts.STOP}


def test_the_library_is_split_into_what_is_read_and_what_is_held_back() -> None:
    read, held_back = set(stdlib.texts()), set(stdlib.texts(held_back=True))
    assert len(read) > 10 * len(held_back) > 0
    assert not any("idle_test" in file.parts for file in stdlib.files())


def _padded(source: FactRows, step: int) -> torch.Tensor:
    tokens, labels = source.batch(step)
    both = torch.cat([tokens, labels.clamp(min=0)[:, -1:]], dim=1)
    return torch.nn.functional.pad(both, (0, source.length - both.shape[1]), value=source.pad)
