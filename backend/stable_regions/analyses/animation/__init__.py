"""The same slice at many checkpoints: training as a film."""
