import csv
import io
import json
from pathlib import Path

import pytest

from cli.conftest import Shell
from stable_regions.schemas.result import Result
from tiny import PROMPTS

MODEL = {"name": "tiny-neox", "revision": "step8"}
CURVE = {"analysis": "curve", "model": MODEL, "prompts": PROMPTS[:2], "write_layer": 1, "steps": 11}
STUDY = {
    "analysis": "study",
    "models": [{"name": "tiny-neox", "revisions": ["step0", "step8"]}],
    "corpus": "texts",
    "texts": ["The capital of France is Paris . Japan is governed from the city of Tokyo ."],
    "pairs": 3,
    "prompt_tokens": 4,
    "steps": 5,
}


@pytest.mark.parametrize("kind", ["csv", "svg", "npz", "safetensors", "html", "json"])
def test_a_study_is_answered_into_the_kind_that_the_suffix_names(shell: Shell, kind: str):
    Path("ask.json").write_text(json.dumps(STUDY))
    done = shell("ask", "ask.json", "-o", f"study.{kind}")
    assert done.exit_code == 0, done.output
    assert done.stdout.strip() == f"study.{kind}"
    written = Path(f"study.{kind}").read_bytes()
    if kind == "csv":
        assert [row["revision"] for row in csv.DictReader(io.StringIO(written.decode()))] == ["step0", "step8"]
    if kind == "json":
        assert json.loads(written)["pairs"] == 3
    if kind == "svg":
        assert written.startswith(b"<svg ")


def test_a_request_may_come_from_another_program(shell: Shell):
    done = shell("ask", "-", "-o", "curve.safetensors", stdin=json.dumps(CURVE))
    assert done.exit_code == 0, done.output
    assert Result.from_bytes(Path("curve.safetensors").read_bytes())["curve"].shape == (11,)


def test_what_is_saved_can_be_asked_again(shell: Shell):
    Path("ask.json").write_text(json.dumps(CURVE))
    shell("ask", "ask.json", "-o", "recipe.json")
    shell("ask", "ask.json", "-o", "a.safetensors")
    done = shell("ask", "recipe.json", "-o", "b.safetensors")
    assert done.exit_code == 0, done.output
    first, second = (Result.from_bytes(Path(name).read_bytes()) for name in ("a.safetensors", "b.safetensors"))
    assert first.metadata["key"] == second.metadata["key"]


@pytest.mark.parametrize(
    ("text", "output", "words"),
    [
        ("{}", "x.csv", "analysis is missing; expected one of slice, "),
        ("no json", "x.csv", "This is not JSON: expected ident at line 1 column 2."),
        (json.dumps({**CURVE, "path": "loop"}), "x.csv", "path: found 'loop'; expected 'straight' or 'arc'."),
        (json.dumps({**CURVE, "steps": 3}), "x.csv", "steps"),
        (json.dumps(CURVE), "x.gif", ".svg"),
        (json.dumps({**CURVE, "model": {"name": "nobody", "revision": "x"}}), "x.csv", "nobody"),
    ],
)
def test_what_is_no_request_is_refused_in_words(shell: Shell, text: str, output: str, words: str):
    Path("ask.json").write_text(text)
    done = shell("ask", "ask.json", "-o", output)
    assert done.exit_code == 2
    assert words in done.stderr
    assert "Traceback" not in done.output
