"""`python -m stable_regions` is the command `stable-regions`."""

from stable_regions.cli import app

if __name__ == "__main__":
    app(prog_name="stable-regions")
