import json
from pathlib import Path

from PIL import Image

from cli.conftest import Shell
from stable_regions.pictures.image import recipe_of
from tiny import PROMPTS

TINY = ("--model", "tiny-neox", "--resolution", "9", "--size", "120")


def test_every_layer_and_checkpoint_is_a_cell(shell: Shell) -> None:
    done = shell("sheet", *PROMPTS, *TINY, "-o", "sheet.png")
    assert done.exit_code == 0, done.output
    recipe = recipe_of(Path("sheet.png").read_bytes())
    assert recipe is not None
    assert recipe["analysis"] == "sweep"
    assert recipe["revisions"] == ["step0", "step8", "step16-tokens2K"]
    assert recipe["write_layers"] == [0, 1, 2]
    wide, tall = Image.open("sheet.png").size
    assert wide > 3 * 27
    assert tall > 3 * 27


def test_layers_and_checkpoints_can_be_named_and_asked_again_from_the_picture(shell: Shell) -> None:
    named = ("--revisions", "step0, step8", "--layers", "0,2", "--distance", "l2")
    assert shell("sheet", *PROMPTS, *TINY, *named, "-o", "sheet.png").exit_code == 0
    again = shell("sheet", "--from-recipe", "sheet.png", "--layers", "1", "-o", "other.json")
    assert again.exit_code == 0, again.output
    recipe = json.loads(Path("other.json").read_text())
    assert recipe["write_layers"] == [1]
    assert recipe["request"]["distance"] == "l2"


def test_a_layer_that_is_no_number_is_refused_in_words(shell: Shell) -> None:
    done = shell("sheet", *PROMPTS, *TINY, "--layers", "0,two")
    assert done.exit_code == 2
    assert "layer 'two'" in done.stderr
