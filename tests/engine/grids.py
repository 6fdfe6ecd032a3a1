"""A small sheet of a slice plane, for the tests of what is measured over sheets."""

from stable_regions.engine.grid_outputs import GridOutputs, Outputs, grid_outputs
from stable_regions.engine.slice_plane import SlicePlane
from stable_regions.schemas.plane import Window


def read(slice_plane: SlicePlane, n: int = 9) -> tuple[GridOutputs, Outputs]:
    """The sheet over the usual window, and its outputs."""
    *_, found = grid_outputs(slice_plane, Window(), n, 0.1)
    assert isinstance(found, GridOutputs)
    return found, Outputs(slice_plane, found.final.flatten(0, 1))
