import json
from pathlib import Path

import numpy as np
import pytest

from cli.conftest import Shell
from stable_regions.pictures.image import png_file, recipe_of
from stable_regions.schemas.result import Result
from tiny import PROMPTS

TINY = ("--model", "tiny-neox", "--resolution", "9")


def test_three_prompts_give_a_picture_with_its_recipe(shell: Shell):
    done = shell("render", *PROMPTS, *TINY, "-o", "slice.png")
    assert done.exit_code == 0, done.output
    recipe = recipe_of(Path("slice.png").read_bytes())
    assert recipe
    assert recipe["prompts"] == list(PROMPTS)
    assert recipe["model"] == {"name": "tiny-neox", "revision": "step16-tokens2K", "dtype": "float32"}
    assert "slice.png" in done.stdout


def test_a_picture_gives_the_same_picture_again(shell: Shell):
    assert shell("render", *PROMPTS, *TINY, "--distance", "l2", "-o", "a.png").exit_code == 0
    done = shell("render", "--from-recipe", "a.png", "-o", "b.png")
    assert done.exit_code == 0, done.output
    assert Path("a.png").read_bytes() == Path("b.png").read_bytes()


def test_options_change_what_a_recipe_asks(shell: Shell):
    shell("render", *PROMPTS, *TINY, "-o", "a.safetensors")
    words = ("--from-recipe", "a.safetensors", "--revision", "step0", "--layer", "1", "--alpha", "0", "1")
    assert shell("render", *words, "-o", "b.json").exit_code == 0
    recipe = json.loads(Path("b.json").read_text())
    assert recipe["model"]["revision"] == "step0"
    assert recipe["write_layer"] == 1
    assert recipe["window"] == {"alpha": [0, 1], "beta": [-0.25, 1.25]}


def test_a_tilt_is_asked_for_in_degrees_with_a_seed(shell: Shell):
    assert shell("render", *PROMPTS, *TINY, "--tilt", "30", "2", "-o", "a.json").exit_code == 0
    assert json.loads(Path("a.json").read_text())["tilt"] == {"degrees": 30, "seed": 2}
    assert shell("render", *PROMPTS, *TINY, "-o", "b.json").exit_code == 0
    assert "tilt" not in json.loads(Path("b.json").read_text())


@pytest.mark.parametrize("analysis", ["regions", "timeline"])
def test_a_recipe_of_regions_gives_the_slice_below_them(shell: Shell, analysis: str):
    regions = {
        "analysis": "regions",
        "model": {"name": "tiny-neox", "revision": "step8"},
        "prompts": PROMPTS,
        "write_layer": 1,
        "resolution": 9,
        "by": "token",
        "gradient": True,
    }
    recipe = regions if analysis == "regions" else {"analysis": "timeline", "regions": regions, "revisions": ["step8"]}
    Path("recipe.json").write_text(json.dumps(recipe))
    done = shell("render", "--from-recipe", "recipe.json", "-o", "a.safetensors")
    assert done.exit_code == 0, done.output
    found = Result.from_bytes(Path("a.safetensors").read_bytes())
    assert (found.recipe["analysis"], found.recipe["write_layer"]) == ("slice", 1)


def test_words_that_the_model_does_not_have_are_named(shell: Shell):
    done = shell("render", "The capital of Klingon is", *PROMPTS[1:], *TINY, "-o", "a.npz")
    assert done.exit_code == 0
    assert "'Klingon' in 'The capital of Klingon is' is not in this model's vocabulary" in done.stderr
    assert "vocabulary" not in shell("render", *PROMPTS, *TINY, "-o", "b.npz").stderr


def test_arrays_are_written_as_asked(shell: Shell):
    shell("render", *PROMPTS, *TINY, "-o", "a.safetensors")
    shell("render", *PROMPTS, *TINY, "-o", "a.npz")
    result = Result.from_bytes(Path("a.safetensors").read_bytes())
    with np.load("a.npz", allow_pickle=False) as arrays:
        assert np.array_equal(arrays["distance"], result["distance"])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("one prompt",), "1 prompts; give three prompts, or --preset NAME, or --from-recipe FILE."),
        ((), "0 prompts; give three prompts"),
        ((*PROMPTS, "--preset", "einstein"), "3 prompts, a preset; give three prompts"),
        ((*PROMPTS, *TINY, "-o", "slice.bmp"), "ends in '.bmp'; this can be saved as .png, .npz"),
        ((*PROMPTS, *TINY, "-o", "no/slice.png"), "The folder 'no' of 'slice.png' does not exist"),
        ((*PROMPTS, "--model", "tiny-nox"), "tiny-neox"),
        ((*PROMPTS, *TINY, "--revision", "step9"), "step8"),
        ((*PROMPTS, *TINY, "--layer", "14"), "layer 14: tiny-neox has 3 blocks. Choose 0 to 2."),
        ((*PROMPTS, "--model", "tiny-neox", "--resolution", "10"), "resolution: found 10; expected 9, 17"),
        ((PROMPTS[0], PROMPTS[0], PROMPTS[1], *TINY), "Prompts A and B are the same"),
        (("--preset", "einstain"), "No preset 'einstain'; there are "),
        (("--from-recipe", "nothing.png"), "nothing.png"),
        ((*PROMPTS, *TINY, "--url", "http://127.0.0.1:9"), "No server answers at http://127.0.0.1:9"),
    ],
)
def test_a_refusal_is_a_sentence_without_a_traceback(shell: Shell, words: tuple[str, ...], sentence: str):
    done = shell("render", *words)
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert done.stderr.startswith("stable-regions: ")
    assert "Traceback" not in done.stderr


def test_a_file_without_a_recipe_is_refused(shell: Shell):
    from PIL import Image

    Path("other.png").write_bytes(png_file(Image.new("RGB", (3, 3)), {"kind": "cat"}))
    done = shell("render", "--from-recipe", "other.png")
    assert (done.exit_code, "other.png holds no recipe of a slice" in done.stderr) == (2, True)


def test_an_unknown_palette_is_refused_by_name(shell: Shell):
    done = shell("render", *PROMPTS, *TINY, "--palette", "viridis")
    assert done.exit_code == 2
    assert "viridis" in done.output


def test_what_is_computed_in_can_be_chosen(shell: Shell):
    assert shell("render", *PROMPTS, *TINY, "--dtype", "float64", "-o", "a.safetensors").exit_code == 0
    found = Result.from_bytes(Path("a.safetensors").read_bytes())
    assert (found.metadata["dtype"], found["distance"].dtype) == ("float64", np.float64)
    assert shell("render", *PROMPTS, *TINY, "--dtype", "float16", "-o", "a.png").exit_code == 2
