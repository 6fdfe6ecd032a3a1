"""The same beliefs at several checkpoints: the fractal while it appears."""
