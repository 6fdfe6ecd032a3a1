"""One request at many checkpoints and layers: curves over training, contact sheets, small multiples."""
