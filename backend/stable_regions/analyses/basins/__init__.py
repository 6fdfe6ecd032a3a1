"""Basins on a plane: a block of a model iterated from every point of it, and where that leads."""
