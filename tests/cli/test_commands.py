import subprocess
import sys

from cli.conftest import Shell
from stable_regions import __version__


def test_the_version_is_said(shell: Shell):
    done = shell("--version")
    assert (done.exit_code, done.output.strip()) == (0, __version__)


def test_help_names_every_command_and_hides_what_is_for_the_house(shell: Shell):
    said = shell("--help").output
    for name in ("serve", "render", "animate", "train", "doctor"):
        assert f" {name} " in said
    assert "bundle" not in said


def test_the_package_is_a_command_too():
    said = subprocess.run(
        [sys.executable, "-m", "stable_regions", "--version"], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == __version__
