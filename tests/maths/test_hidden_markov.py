import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from stable_regions.errors import InvalidFields
from stable_regions.maths.hidden_markov import hidden_markov, trace
from stable_regions.schemas.process import RRXOR, Z1R, Even, GoldenMean, Matrices, Mess3, Process, Product, size_of

MESS3 = {
    "A": (0.85, 0.075, 0.075),
    "AA": (3502 / 3593, 45.5 / 3593, 45.5 / 3593),
    "AB": (1854 / 5221, 3094 / 5221, 273 / 5221),
    "ABC": (0.178061720696, 0.280229473555, 0.541708805749),
    "AAAAA": (0.989300069221, 0.005349965389, 0.005349965389),
    "ACBBACABCA": (0.714341334784, 0.089573151281, 0.196085513935),
    "ABCABCABCA": (0.665144424132, 0.104297514494, 0.230558061374),
}
PROBABILITY = {
    "AB": 0.054385416667,
    "ACBBACABCA": 1.147247265e-07,
    "ABCABCABCA": 6.684058060895e-08,
    "CCCCCCCCCC": 0.026100109520864,
}
Z1R_BELIEFS = ((1 / 3, 2 / 3, 0), (0, 0, 1), (1, 0, 0), (0, 1, 0), (0, 0, 1))
PROCESSES = (
    Mess3(),
    RRXOR(),
    RRXOR(p=0.3, q=0.8),
    Z1R(),
    GoldenMean(),
    Even(p=0.4),
    Product(of=(Mess3(), Z1R())),
)


def belief_after(process: Process, word: str) -> np.ndarray:
    made = hidden_markov(process)
    return trace(made, made.numbers(word)).belief[-1]


@pytest.mark.parametrize("word", MESS3)
def test_beliefs_of_mess3_are_those_worked_out_by_hand(word: str) -> None:
    assert belief_after(Mess3(), word) == pytest.approx(MESS3[word], abs=1e-9)


@pytest.mark.parametrize("word", PROBABILITY)
def test_probabilities_of_words_of_mess3(word: str) -> None:
    made = hidden_markov(Mess3())
    assert trace(made, made.numbers(word)).probability[-1] == pytest.approx(PROBABILITY[word], rel=1e-9)


def test_matrices_of_mess3_are_the_papers() -> None:
    a = hidden_markov(Mess3()).transitions[0]
    assert a == pytest.approx(
        np.array([[0.765, 0.00375, 0.00375], [0.0425, 0.0675, 0.00375], [0.0425, 0.00375, 0.0675]])
    )


def test_what_follows_a_in_mess3() -> None:
    made = hidden_markov(Mess3())
    assert trace(made, [0]).next[-1] == pytest.approx([0.6736875, 0.16315625, 0.16315625], abs=1e-12)


def test_the_same_token_for_ever_leads_to_the_leading_eigenvector() -> None:
    """The limit of Aⁿ is the left eigenvector of T[A] of the largest eigenvalue, 0.765459155569."""
    values, vectors = np.linalg.eig(hidden_markov(Mess3()).transitions[0].T)
    leading = vectors[:, values.argmax()].real
    assert values.max() == pytest.approx(0.765459155569, abs=1e-9)
    assert belief_after(Mess3(), "A" * 60) == pytest.approx(leading / leading.sum(), abs=1e-12)
    assert belief_after(Mess3(), "A" * 60) == pytest.approx((0.989311811111, 0.005344094445, 0.005344094445), abs=1e-9)


def test_beliefs_of_z1r_along_a_word() -> None:
    made = hidden_markov(Z1R())
    assert trace(made, made.numbers("01101")).belief[1:] == pytest.approx(np.array(Z1R_BELIEFS), abs=1e-12)


def test_an_impossible_word_is_refused_with_its_first_impossible_token() -> None:
    made = hidden_markov(Z1R())
    with pytest.raises(InvalidFields, match=r"Token 3 of the word, '1', cannot follow 11"):
        trace(made, made.numbers("1110"))


def test_a_word_in_other_letters_is_refused_with_the_place() -> None:
    with pytest.raises(InvalidFields, match=r"goes on with 'xB' at token 2; the tokens are A, B, C"):
        hidden_markov(Mess3()).numbers("AxB")


@pytest.mark.parametrize("process", PROCESSES, ids=str)
def test_rows_sum_to_one_and_the_start_stands_still(process: Process) -> None:
    made = hidden_markov(process)
    moved = made.transitions.sum(axis=0)
    assert moved.sum(axis=1) == pytest.approx(1, abs=1e-12)
    assert made.start @ moved == pytest.approx(made.start, abs=1e-12)
    assert size_of(process) == (len(made.states), len(made.tokens))


def test_a_product_believes_of_each_factor_what_it_would_alone() -> None:
    made = hidden_markov(Product(of=(Mess3(), RRXOR())))
    belief = trace(made, made.numbers("A0B1C1")).belief[-1].reshape(3, 5)
    assert belief.sum(axis=1) == pytest.approx(MESS3["ABC"], abs=1e-9)
    assert belief.sum(axis=0) == pytest.approx(belief_after(RRXOR(), "011"), abs=1e-12)
    assert np.linalg.matrix_rank(belief, tol=1e-12) == 1


@given(x=st.floats(0.01, 0.5), alpha=st.floats(0, 1), word=st.text("ABC", min_size=1, max_size=12))
def test_matrices_typed_in_are_the_named_process(x: float, alpha: float, word: str) -> None:
    named = hidden_markov(Mess3(x=x, alpha=alpha))
    typed = Matrices(matrices=named.transitions.tolist(), tokens="ABC", states=("A", "B", "C"))
    if float(trace(named, named.numbers(word)).probability[-1]) > 1e-9:
        assert belief_after(typed, word) == pytest.approx(belief_after(Mess3(x=x, alpha=alpha), word), abs=1e-9)


HALF = [[0.5, 0.0], [0.0, 0.5]]
REFUSED = {
    "sum to 0.9": {"matrices": [[[0.4, 0.0], [0.0, 0.5]], HALF], "tokens": "ab"},
    "is not 2 × 2": {"matrices": [HALF, [[0.5, 0.0]]], "tokens": "ab"},
    "negative": {"matrices": [[[-0.5, 1.0], [0.5, 0.0]], HALF], "tokens": "ab"},
    "one each": {"matrices": [HALF, HALF], "tokens": "abc"},
    "twice": {"matrices": [HALF, HALF], "tokens": "aa"},
    "never reached": {"matrices": [HALF, HALF], "tokens": "ab"},
    "no distribution": {"matrices": [HALF, HALF], "tokens": "ab", "start": [0.5, 0.6]},
}


@pytest.mark.parametrize("words", REFUSED)
def test_matrices_that_are_no_process_are_refused_in_words(words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Matrices.model_validate({"name": "matrices", **REFUSED[words]})


def test_a_reducible_process_is_taken_with_a_start() -> None:
    given = Matrices.model_validate({"name": "matrices", **REFUSED["never reached"], "start": [0.25, 0.75]})
    assert hidden_markov(given).start.tolist() == [0.25, 0.75]


def test_a_product_too_large_is_refused() -> None:
    with pytest.raises(ValidationError, match="27 states and 27 tokens"):
        TypeAdapter(Process).validate_python({"name": "product", "of": [{"name": "mess3"}] * 3})
