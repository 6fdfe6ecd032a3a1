"""A small sheet of a scene, for the tests of what is measured over sheets."""

from stable_regions.engine.scene import Scene
from stable_regions.engine.sheet import Outputs, Sheet, sheet
from stable_regions.schemas.plane import Window


def read(scene: Scene, n: int = 9) -> tuple[Sheet, Outputs]:
    """The sheet over the usual window, and its outputs."""
    *_, found = sheet(scene, Window(), n, 0.1)
    assert isinstance(found, Sheet)
    return found, Outputs(scene, found.final.flatten(0, 1))
