"""The same regions at many checkpoints: which are born, split and merge, how alike they become, and how sharp their borders."""
