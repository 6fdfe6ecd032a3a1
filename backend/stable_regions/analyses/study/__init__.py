"""How sharp borders are over training, over sizes and over layers: many random pairs, in every cell."""
