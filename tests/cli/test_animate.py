import json
from pathlib import Path

from PIL import Image

from cli.conftest import Shell
from stable_regions.pictures.image import recipe_of
from tiny import PROMPTS

TINY = ("--model", "tiny-neox", "--resolution", "9", "--size", "120")


def test_every_checkpoint_is_a_frame(shell: Shell):
    done = shell("animate", *PROMPTS, *TINY, "-o", "training.gif")
    assert done.exit_code == 0, done.output
    assert Image.open("training.gif").n_frames == 3


def test_checkpoints_can_be_named(shell: Shell):
    assert shell("animate", *PROMPTS, *TINY, "--revisions", "step0, step8", "-o", "a.json").exit_code == 0
    recipe = json.loads(Path("a.json").read_text())
    assert recipe["revisions"] == ["step0", "step8"]
    assert recipe["slice"]["model"]["revision"] == "step8"


def test_a_strip_can_be_animated_again_from_its_recipe(shell: Shell):
    assert shell("animate", *PROMPTS, *TINY, "-o", "strip.png").exit_code == 0
    recipe = recipe_of(Path("strip.png").read_bytes())
    assert recipe
    assert recipe["model"] == {"name": "tiny-neox", "revision": "step16-tokens2K", "dtype": "float32"}
    assert shell("animate", "--from-recipe", "strip.png", "--size", "120", "-o", "training.mp4").exit_code == 0


def test_a_page_with_no_picture_is_not_offered(shell: Shell):
    done = shell("animate", *PROMPTS, *TINY, "-o", "training.html")
    assert done.exit_code == 2
    assert ".gif" in done.stderr
    assert ".html" not in done.stderr.partition("saved as")[2]
    assert not Path("training.html").exists()


def test_checkpoints_that_are_not_there_are_refused(shell: Shell):
    done = shell("animate", *PROMPTS, *TINY, "--revisions", "step1,step2")
    assert done.exit_code == 2
    assert "step8" in done.stderr
