import numpy as np
import pytest

from stable_regions.maths import presentation as module
from stable_regions.maths.belief_graph import belief_graph
from stable_regions.maths.hidden_markov import hidden_markov, trace
from stable_regions.maths.presentation import draw, entropy_rate, presentation
from stable_regions.schemas.process import RRXOR, Z1R, Even, GoldenMean, Mess3, Process

LN2 = np.log(2)
ENTROPY: dict[str, tuple[Process, dict[int, float], dict[int, float]]] = {
    "mess3": (
        Mess3(),
        {0: 1.098612289, 1: 0.857718984, 2: 0.813355685, 3: 0.798117613, 5: 0.793782848, 10: 0.793457934},
        {8: 0.804775097, 9: 0.803517757, 10: 0.802511775},
    ),
    "mess3, blurred": (
        Mess3(x=0.15, alpha=0.6),
        {0: 1.098612289, 1: 1.091067795, 2: 1.089391493, 3: 1.089003771, 5: 1.088894307, 10: 1.088888213},
        {8: 1.089242319, 9: 1.089202975, 10: 1.089171499},
    ),
    "rrxor": (
        RRXOR(),
        {0: 0.693147181, 1: 0.693147181, 2: 0.636514168, 3: 0.628487207, 5: 0.577622650, 10: 0.503337410},
        {8: 0.595336780, 9: 0.586501487, 10: 0.578185079},
    ),
    "z1r": (
        Z1R(),
        {0: 0.693147181, 1: 0.636514168, 2: 0.462098120, 3: 0.231049060, 5: 0.231049060, 10: 0.231049060},
        {8: 0.310613331, 9: 0.301772857, 10: 0.294700477},
    ),
}
"""Each process with h_t by tokens seen, and the mean of h_1 … h_t; nats."""

WORDS = (1, 2, 4, 8, 16, 28, 52, 92, 148, 260, 436, 676, 1156)
"""RRXOR's words by length."""


@pytest.mark.parametrize("name", ENTROPY)
def test_entropies_are_the_known_ones(name: str) -> None:
    process, at, means = ENTROPY[name]
    found = presentation(hidden_markov(process), 10).entropy
    assert {t: found[t] for t in at} == pytest.approx(at, abs=1e-9)
    assert {t: found[1 : t + 1].mean() for t in means} == pytest.approx(means, abs=1e-9)


def test_the_rate_of_mess3_lies_in_its_bracket() -> None:
    made = hidden_markov(Mess3())
    rate = entropy_rate(made, presentation(made, 10).entropy)
    assert rate.lower < 0.7934575457 < rate.upper
    assert rate.value == pytest.approx(0.7934575457, abs=3e-9)
    assert rate.upper - rate.lower < 1e-6


@pytest.mark.parametrize(
    ("process", "rate"),
    [(RRXOR(), 2 / 3 * LN2), (Z1R(), LN2 / 3), (GoldenMean(), 2 / 3 * LN2), (Even(), 2 / 3 * LN2)],
    ids=str,
)
def test_the_rate_of_a_unifilar_process_is_exact(process: Process, rate: float) -> None:
    made = hidden_markov(process)
    found = entropy_rate(made, presentation(made, 4).entropy)
    assert (found.value, found.lower, found.upper) == pytest.approx((rate, rate, rate), abs=1e-12)


def test_rows_of_mess3_are_counted() -> None:
    assert len(presentation(hidden_markov(Mess3()), 8).word) == 9840
    assert len(presentation(hidden_markov(Mess3()), 10).word) == 88_572


def test_words_of_rrxor_are_counted_by_length() -> None:
    found = presentation(hidden_markov(RRXOR()), 12)
    assert tuple(np.bincount(found.size)) == (0, *WORDS[1:])
    ten = found.probability[found.size == 10]
    assert (ten.min(), ten.max()) == pytest.approx((1 / 768, 5 / 768), rel=1e-9)
    assert np.sum(found.size <= 10) == 1046


def test_z1r_has_134_histories_to_length_ten() -> None:
    assert len(presentation(hidden_markov(Z1R()), 10).word) == 134


def test_rows_go_by_length_then_in_the_order_of_the_tokens() -> None:
    found = presentation(hidden_markov(RRXOR()), 6)
    rows = [tuple(int(token) for token in row[:size]) for row, size in zip(found.word, found.size, strict=True)]
    assert rows == sorted(rows, key=lambda row: (len(row), row))
    assert all((row[size:] == -1).all() for row, size in zip(found.word, found.size, strict=True))


def test_every_row_is_what_following_its_word_gives() -> None:
    made = hidden_markov(RRXOR(p=0.3, q=0.6))
    found = presentation(made, 5)
    for row in range(len(found.word)):
        followed = trace(made, found.word[row, : found.size[row]].tolist())
        assert found.belief[row] == pytest.approx(followed.belief[-1], abs=1e-12)
        assert found.next[row] == pytest.approx(followed.next[-1], abs=1e-12)
        assert found.probability[row] == pytest.approx(followed.probability[-1], abs=1e-12)
        assert (found.word[found.parent[row]][: found.size[row] - 1] == found.word[row][: found.size[row] - 1]).all()


VARIANCE = {
    "uniform": (0.111150507, 0.111571444, 0.082742055),
    "probability": (0.161140265, 0.159962708, 0.074562500),
    "prefix": (0.109466512, 0.109468400, 0.133260855),
}


@pytest.mark.parametrize("kind", VARIANCE)
def test_variance_of_beliefs_under_each_weighting(kind: str) -> None:
    found = []
    for process, length in ((Mess3(), 10), (Mess3(), 8), (RRXOR(), 10)):
        rows = presentation(hidden_markov(process), length)
        weight = rows.weights(kind)
        assert weight.sum() == pytest.approx(1, abs=1e-9)
        found.append((weight @ (rows.belief - weight @ rows.belief) ** 2).mean())
    assert found == pytest.approx(VARIANCE[kind], abs=1e-9)


def test_words_too_many_are_drawn_and_their_beliefs_are_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    made = hidden_markov(Mess3())
    whole = presentation(made, 7)
    monkeypatch.setattr(module, "MOST_WORDS", 1000)
    drawn = presentation(made, 7)
    assert drawn.sampled
    assert not whole.sampled
    row_of = {tuple(row): n for n, row in enumerate(whole.word.tolist())}
    rows = [row_of[tuple(row)] for row in drawn.word.tolist()]
    assert rows == sorted(rows)
    assert drawn.belief == pytest.approx(whole.belief[rows], abs=1e-12)
    assert (np.abs(drawn.entropy - whole.entropy) <= 5 * drawn.error + 1e-12).all()
    for kind in VARIANCE:
        assert drawn.weights(kind).sum() == pytest.approx(1, abs=1e-9)


def test_drawn_words_come_as_often_as_they_should() -> None:
    made = hidden_markov(RRXOR())
    word, following = draw(made, 40_000, 3, np.random.default_rng(3))
    whole = presentation(made, 3)
    full = whole.size == 3
    count = [np.sum((word == row).all(axis=1)) / len(word) for row in whole.word[full]]
    assert count == pytest.approx(whole.probability[full], abs=0.012)  # five standard errors
    assert following[:, 0] == pytest.approx(np.broadcast_to([0.5, 0.5], (40_000, 2)))


def test_rrxor_has_36_beliefs_and_z1r_7_exactly() -> None:
    rrxor, z1r = belief_graph(RRXOR()), belief_graph(Z1R())
    assert rrxor is not None
    assert z1r is not None
    assert (len(rrxor.beliefs), sum(rrxor.recurrent), rrxor.exact) == (36, 5, True)
    assert [rrxor.depth.count(tokens) for tokens in range(7)] == [1, 2, 4, 8, 12, 7, 2]
    assert all(edge.after != 0 for edge in rrxor.edges), "the prior is never revisited"
    assert (len(z1r.beliefs), sum(z1r.recurrent)) == (7, 3)
    emission = hidden_markov(RRXOR()).emission
    nexts = {round(float(np.array(belief, dtype=np.float64) @ emission[:, 0]), 9) for belief in rrxor.beliefs}
    assert sorted(nexts) == pytest.approx(
        [0, 1 / 4, 1 / 3, 3 / 8, 2 / 5, 1 / 2, 3 / 5, 5 / 8, 2 / 3, 3 / 4, 1], abs=1e-9
    )


def test_infinitely_many_beliefs_are_said_to_be_so() -> None:
    assert belief_graph(Mess3()) is None
