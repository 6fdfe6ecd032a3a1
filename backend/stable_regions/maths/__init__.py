"""Pure functions of tensors: planes, grids, distances."""
